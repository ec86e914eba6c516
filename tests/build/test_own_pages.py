"""Rules of the pages that no note is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PIL import Image

from notebinder.build.pipeline import build
from tests.support.pictures import encoded
from tests.support.projects import WriteVault, settings_for, text_of


def test_pictures_in_lists_stay_white_at_night_if_the_author_says_so(
    write_vault: WriteVault, tmp_path: Path
) -> None:
    picture = encoded(Image.new("RGB", (40, 30), "white"))
    vault = write_vault({"aws/A.md": "![[a.png]]", "a.png": picture})
    settings = replace(settings_for(vault, tmp_path / "docs"), home="Notes")
    for is_dark in (True, False):
        built = build(replace(settings, dark_pictures=is_dark))
        for page in ("index.md", "aws/index.md"):
            assert ("data-night" in text_of(built, page)) == is_dark
