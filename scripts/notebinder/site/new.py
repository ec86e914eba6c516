"""Write a project for notes alone, which has notebinder installed instead of holding it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from string import Template
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

import yaml

from notebinder.base.git import ask_git
from notebinder.base.problems import NotebinderError

_TEMPLATES = Path(__file__).parent / "new_project"
_SECONDS = 30


class NewProjectError(NotebinderError):
    """A project that cannot be begun."""


@dataclass(frozen=True, slots=True)
class NewProject:
    """What is asked of whoever begins one."""

    folder: Path
    name: str
    description: str = ""
    vault: str = ""
    """A folder of notes elsewhere; empty where the notes stand in the project."""
    tool: str = ""
    """What `requirements.txt` names, as pip takes it; empty for what is running."""


def begin_project(project: NewProject) -> Iterator[str]:
    """Write the files of a project, none of which may be there; say what was written."""
    files = dict(_files(project))
    there = sorted(path for path in files if (project.folder / path).exists())
    if there:
        raise NewProjectError(f"{project.folder / there[0]}: stands there already; choose another folder")
    for path, text in files.items():
        file = project.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="\n")
        yield f"wrote {path}"


def _files(project: NewProject) -> Iterator[tuple[str, str]]:
    values = _values(project)
    yield "mkdocs.yml", _filled("mkdocs.yml", {key: _quoted(value) for key, value in values.items()})
    yield "README.md", _filled("README.md", values)
    yield "docs/.nav.yml", _text("nav.yml")
    yield "requirements.txt", _requirements(project.tool or running_tool())
    yield "Makefile", _text("Makefile")
    yield ".gitignore", _text("gitignore")
    for workflow in sorted((_TEMPLATES / "workflows").iterdir()):
        yield f".github/workflows/{workflow.name}", workflow.read_text("utf-8")
    if not project.vault:
        ignored = ["docs/", "build/", "site/", "README.md"]
        obsidian = {
            "attachmentFolderPath": "assets",
            "newLinkFormat": "shortest",
            "userIgnoreFilters": ignored,
        }
        yield ".obsidian/app.json", json.dumps(obsidian, indent=2) + "\n"
        yield "notes/First note.md", "Write here. A second note is made by linking it: [[Second note]].\n"
        yield "notes/Second note.md", "Pictures that are pasted into a note are kept in `assets`.\n"
        yield "assets/.gitkeep", ""


def _values(project: NewProject) -> dict[str, str]:
    return {
        "vault": project.vault or ".",
        "notes": "." if project.vault else "notes",
        "attachments": "." if project.vault else "assets",
        "notes_folder": project.vault or "notes",
        "attachments_folder": project.vault or "assets",
        "name": project.name,
        "description": project.description or f"{project.name}: notes as a searchable site.",
    }


def _filled(name: str, values: dict[str, str]) -> str:
    return Template(_text(name)).substitute(values)


def _text(name: str) -> str:
    return (_TEMPLATES / name).read_text("utf-8")


def _quoted(value: str) -> str:
    """Write a value as YAML reads it back."""
    return yaml.safe_dump(value, allow_unicode=True, width=4096).removesuffix("...\n").strip()


def _requirements(tool: str) -> str:
    """Name the tool where its address may have a name: with many a pip, one of this machine may not."""
    named = f"notebinder @ {tool}" if tool.startswith("git+") and not tool.startswith("git+file:") else tool
    return f"# Another version of notebinder stands behind the @ that follows its address.\n{named}\n"


def running_tool() -> str:
    """Return the address that installs this very notebinder elsewhere."""
    try:
        origin = json.loads(distribution("notebinder").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        origin = {}
    address, details = origin.get("url", ""), origin.get("vcs_info", {})
    version = details.get("requested_revision") or details.get("commit_id", "")
    if address.startswith("file:") and not details:
        folder = Path(url2pathname(unquote(urlsplit(address).path)))
        address = ask_git(folder, "remote", "get-url", "origin", seconds=_SECONDS).strip()
        version = ask_git(folder, "rev-parse", "HEAD", seconds=_SECONDS).strip()
    if not address or not version:
        raise NewProjectError(
            "nobody knows from which repository this notebinder comes; name it with "
            "`--tool git+https://github.com/OWNER/notebinder@VERSION`"
        )
    return f"{_as_address(address)}@{version}"


def _as_address(remote: str) -> str:
    """Write the address of a repository as pip takes it.

    >>> _as_address("git@github.com:me/notebinder.git"), _as_address("https://x.example/n")
    ('git+ssh://git@github.com/me/notebinder.git', 'git+https://x.example/n')
    """
    if "://" in remote:
        return f"git+{remote.removeprefix('git+')}"
    if Path(remote).is_absolute():
        return f"git+{Path(remote).as_uri()}"
    host, _, path = remote.partition(":")
    return f"git+ssh://{host}/{path}"
