"""The folders that whole sites are written to: MkDocs empties them, so they must hold nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from notebinder.base.files import write_if_changed
from notebinder.base.problems import NotebinderError

SITE_MARK = ".notebinder-site"
"""Tells such a folder from one that holds an author's files; no part of the site."""


class SiteFolderError(NotebinderError):
    """A folder that no site may be written to."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"{folder}: {reason}; choose a folder that is new or empty")


@contextmanager
def claimed_site_folder(output: Path, vault: Path) -> Iterator[None]:
    """Claim a folder while a site is built into it; where that is stopped, remove what was made for it."""
    is_new = not output.exists()
    claim_site_folder(output, vault)
    try:
        yield
    except BaseException:
        if is_new and [place.name for place in output.iterdir()] == [SITE_MARK]:
            shutil.rmtree(output)
        raise


def claim_site_folder(output: Path, vault: Path) -> None:
    """Mark a folder as one for sites; refuse one that holds anything else, for MkDocs empties it."""
    if vault.is_relative_to(output):
        raise SiteFolderError(output, "holds the vault, and building a site empties the folder")
    if output.exists() and not output.is_dir():
        raise SiteFolderError(output, "is no folder")
    names = [place.name for place in output.iterdir()] if output.is_dir() else []
    there = sorted(name for name in names if not name.startswith("."))  # MkDocs leaves hidden files alone
    if there and SITE_MARK not in names:
        raise SiteFolderError(output, f"holds {there[0]}, which no site of notebinder put there")
    links = [name for name in there if (output / name).is_symlink()]
    if links:
        raise SiteFolderError(output, f"holds the link {links[0]}, and what it leads to is not ours")
    write_if_changed(output / SITE_MARK, b"notebinder empties this folder whenever it builds a site here.\n")
