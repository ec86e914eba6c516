"""Where a file of the project can be edited online. Asks git for the repository if nobody names it."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote, urlsplit

from mkdocs.config.defaults import MkDocsConfig

from notebinder.base.git import ask_git

_EDIT = {"bitbucket.org": "src/{branch}/", "gitlab.com": "-/edit/{branch}/"}
_EDIT_ELSEWHERE = "edit/{branch}/"

# git@github.com:someone/notes.git, https://github.com/someone/notes.git
_REMOTE = re.compile(
    r"(?:ssh://)?(?:https?://)?(?:[^@/\s]+@)?(?P<host>[\w.-]+\.\w+)[:/](?P<path>[^\s:]+?)(?:\.git)?/?"
)


def edit_prefix(repository: str, branch: str) -> str:
    """Return what stands between a repository's address and the path of a file to edit it.

    >>> edit_prefix("https://github.com/someone/notes", "main")
    'edit/main/'
    """
    host = urlsplit(repository).netloc.casefold()
    return _EDIT.get(host, _EDIT_ELSEWHERE).format(branch=quote(branch))


def edit_address(repository: str, branch: str, path: str) -> str:
    """Return the address at which a file of the repository can be edited."""
    return f"{repository.rstrip('/')}/{edit_prefix(repository, branch)}{quote(path)}"


def remote_address(remote: str) -> str:
    """Return the web address of a git remote; empty for one that has none, such as a folder.

    >>> remote_address("git@github.com:someone/notes.git")
    'https://github.com/someone/notes'
    """
    match = _REMOTE.fullmatch(remote)
    return f"https://{match['host']}/{match['path']}" if match else ""


def origin(folder: Path) -> str:
    """Return the web address of the folder's git origin, or an empty text."""
    return remote_address(ask_git(folder, "remote", "get-url", "origin", seconds=5).strip())


def set_edit_links(config: MkDocsConfig) -> None:
    """Complete what the configuration leaves open: the repository is git's origin.

    An empty `edit_uri` says that there are to be no edit links.
    """
    if config.edit_uri == "":
        return
    root, docs = Path(config.config_file_path).parent, Path(config.docs_dir)
    config.repo_url = config.repo_url or origin(root)
    if config.repo_url and docs.is_relative_to(root):
        config.edit_uri = (
            f"{edit_prefix(config.repo_url, _branch(config))}{docs.relative_to(root).as_posix()}/"
        )


def note_edit_address(file: Path, config: MkDocsConfig) -> str | None:
    """The author edits the note, not the page made from it; a vault elsewhere has no address."""
    root = Path(config.config_file_path).parent.resolve()
    if not config.repo_url or not file.is_relative_to(root):
        return None
    return edit_address(config.repo_url, _branch(config), file.relative_to(root).as_posix())


def _branch(config: MkDocsConfig) -> str:
    return str(config.extra.get("edit_branch") or "main")
