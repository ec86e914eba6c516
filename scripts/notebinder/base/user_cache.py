"""Find the folder that keeps things from process to process, this user's, apart from all that others write.

What lies there is trusted, pickles too, so nothing of a vault, of a project or of another user may get there:

    manifest, files/    what was made of each image, by its content
    projects/           of each project: its last build, private notes included; its cards; texts that were
                        searched for credentials, as digests
    locks/, sites/      what keeps two builds from writing one folder; sites that are being built
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from platformdirs import user_cache_path

from notebinder.base.problems import Problem, SourceLocation

_OTHERS_WRITE = 0o022


def find_user_cache(apart_from: Iterable[Path]) -> tuple[Path, tuple[Problem, ...]]:
    """Return the folder, made if need be; where it is not safe one that ends with this process, and why.

    Args:
        apart_from: the folders of a project and its vault, which may come from anywhere.
    """
    folder = user_cache_path("notebinder")
    try:
        if not folder.is_absolute():  # without a home it would lie wherever this is called
            raise OSError(0, "there is no home folder")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fault = _fault(folder.resolve(), apart_from)
    except OSError as error:
        fault = f"cannot be used: {error.strerror}"
    if not fault:
        return folder.resolve(), ()
    hint = "name another folder as XDG_CACHE_HOME" if os.name != "nt" else ""
    message = f"{fault}, so this build keeps nothing for the next one"
    return Path(_passing_folder().name), (Problem(SourceLocation(str(folder)), "no-cache", message, hint),)


def _fault(folder: Path, apart_from: Iterable[Path]) -> str:
    """Say why a folder, named without links, cannot be trusted."""
    home = next((place for place in apart_from if folder.is_relative_to(place.resolve())), None)
    if home:
        return f"lies in {home}"
    state = folder.stat()
    if os.name != "nt" and (state.st_uid != os.geteuid() or state.st_mode & _OTHERS_WRITE):
        return "others than you may write to it"
    folder.chmod(0o700)  # it holds what private notes say
    return ""


@cache
def _passing_folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="notebinder-")
