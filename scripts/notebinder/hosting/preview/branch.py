"""The pages branch in a clone: read it, store files, and push a change even while others push theirs.

The branch is one commit without a parent, so it never grows. It needs no checkout: files are stored as
git objects, and a change is a function from the branch's files to its new files. When somebody else pushed
in between, the same change is made again on what they pushed.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from notebinder.base.git import GitError, Login, run_git
from notebinder.hosting.preview.layout import Files

BranchChange = Callable[[Files], Files]

_REGULAR_FILES = ("100644", "100755")
_AUTHOR = {"NAME": "notebinder", "EMAIL": "notebinder@users.invalid"}


@dataclass(frozen=True, slots=True)
class PagesBranch:
    """Where the pages are deployed."""

    clone: Path
    """A clone of the repository; its checkout is neither needed nor touched."""
    remote: str = "origin"
    name: str = "gh-pages"
    login: Login | None = None


@dataclass(frozen=True, slots=True)
class Tip:
    """The branch as the remote has it."""

    commit: str
    """Empty where the remote has no such branch yet."""
    files: Files


def fetch(branch: PagesBranch) -> Tip:
    """Read the branch from the remote."""
    ref = f"refs/heads/{branch.name}"
    if not _git(branch, "ls-remote", branch.remote, ref):
        return Tip("", {})
    here = f"refs/notebinder/{branch.name}"
    _git(branch, "fetch", "--quiet", "--no-tags", branch.remote, f"+{ref}:{here}")
    commit = _git(branch, "rev-parse", here).decode().strip()
    return Tip(commit, _files(branch, commit))


def store(branch: PagesBranch, folder: Path, paths: tuple[str, ...]) -> Files:
    """Store files of a folder as git objects, byte by byte: no filter, no attribute, no line end changes."""
    listing = "".join(f"{(folder / path).absolute()}\n" for path in paths)
    blobs = _git(branch, "hash-object", "-w", "--no-filters", "--stdin-paths", feed=listing.encode())
    return dict(zip(paths, blobs.decode().split(), strict=True))


def store_text(branch: PagesBranch, text: str) -> str:
    """Store a text as a git object and return its id."""
    return (
        _git(branch, "hash-object", "-w", "--stdin", feed=text.encode(errors="surrogateescape"))
        .decode()
        .strip()
    )


def read_blob(branch: PagesBranch, blob: str) -> str:
    """Read a file of the branch."""
    return _git(branch, "cat-file", "blob", blob).decode(errors="replace")


def push_change(
    branch: PagesBranch,
    change: BranchChange,
    *,
    message: str,
    attempts: int = 10,
    pause: Callable[[float], None] = time.sleep,
) -> Tip:
    """Make a change to the branch, on top of whatever was pushed meanwhile; return what is there now."""
    for attempt in range(1, attempts + 1):
        tip = fetch(branch)
        files = {".nojekyll": store_text(branch, ""), **change(tip.files)}
        if files == tip.files:
            return tip
        commit = _commit(branch, files, message)
        try:
            _push(branch, commit, tip.commit)
        except GitError as error:
            if attempt == attempts or "rejected" not in error.output:
                raise
            pause(attempt / 4)
        else:
            return Tip(commit, files)
    raise AssertionError("the last attempt returns or raises")


def _files(branch: PagesBranch, commit: str) -> Files:
    """List the regular files of a commit."""
    lines = _git(branch, "ls-tree", "-r", "-z", "--full-tree", commit).decode().split("\0")
    entries = (line.partition("\t") for line in lines if line.startswith(_REGULAR_FILES))
    return {path: about.split()[2] for about, _, path in entries}


def _commit(branch: PagesBranch, files: Files, message: str) -> str:
    """Make a commit that has just these files and no parent."""
    rows = "".join(f"100644 {blob}\t{path}\0" for path, blob in sorted(files.items()))
    author = {f"GIT_{who}_{what}": text for who in ("AUTHOR", "COMMITTER") for what, text in _AUTHOR.items()}
    with tempfile.TemporaryDirectory() as folder:
        index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
        _git(branch, "update-index", "-z", "--index-info", feed=rows.encode(), extra=index)
        tree = _git(branch, "write-tree", extra=index).decode().strip()
    return _git(branch, "commit-tree", tree, "-m", message, extra=author).decode().strip()


def _push(branch: PagesBranch, commit: str, expected: str) -> None:
    """Publish a commit if the remote still has the expected one: git compares and swaps in one step."""
    ref = f"refs/heads/{branch.name}"
    lease = f"--force-with-lease={ref}:{expected}"
    _git(branch, "push", "--porcelain", lease, branch.remote, f"{commit}:{ref}")


def _git(
    branch: PagesBranch, *arguments: str, feed: bytes = b"", extra: Mapping[str, str] | None = None
) -> bytes:
    return run_git(branch.clone, *arguments, feed=feed, login=branch.login, extra=extra)
