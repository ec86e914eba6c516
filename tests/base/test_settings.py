"""Rules of the settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from notebinder.base.problems import Level
from notebinder.base.settings import Options, SettingsError, read_options, resolve_settings


def test_options_left_out_have_defaults() -> None:
    assert read_options({"notes": "notes"}) == Options(notes=("notes",))


def test_all_faults_are_told_at_once_with_a_guess() -> None:
    with pytest.raises(SettingsError) as error:
        read_options({"valt": ".", "notes": 3, "pages": ["x"]})
    assert str(error.value) == (
        "mkdocs.yml: notebinder: unknown option 'valt'; did you mean \"vault\"?\n"
        "mkdocs.yml: notebinder: notes must be a folder or a list of folders, not 3\n"
        "mkdocs.yml: notebinder: pages must be a folder, not ['x']"
    )


def test_folders_must_be_there_and_in_the_vault(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"vault: gone is no folder"):
        resolve_settings(Options(vault="gone"), root=tmp_path, docs=tmp_path / "docs")
    with pytest.raises(SettingsError, match=r"notes: \.\. is not in the vault"):
        resolve_settings(Options(notes=("..",)), root=tmp_path, docs=tmp_path / "docs")


def test_the_one_folder_of_notes_is_no_part_of_addresses(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    settings = resolve_settings(
        Options(notes=("notes",), attachments=("assets",)), root=tmp_path, docs=tmp_path / "docs"
    )
    assert (settings.prefix, settings.attachment_folder) == ("notes/", "assets")


def test_a_code_gets_another_level_or_none() -> None:
    """A bare `off` is what YAML calls false."""
    levels = {"missing-note": "error", "alias-link": "off", "missing-attachment": False}
    assert read_options({"levels": levels}).levels == {
        "missing-note": Level.ERROR,
        "alias-link": None,
        "missing-attachment": None,
    }


def test_codes_and_levels_that_are_not_there_are_guessed() -> None:
    with pytest.raises(SettingsError) as error:
        read_options({"levels": {"mising-note": "off", "missing-block": "warn"}})
    assert str(error.value) == (
        "mkdocs.yml: notebinder: levels: no problem has the code 'mising-note'; "
        'did you mean "missing-note"?\n'
        "mkdocs.yml: notebinder: levels: missing-block: no level is called 'warn'; "
        'did you mean "warning"?'
    )
    with pytest.raises(SettingsError, match="levels must map codes to levels, not 'off'"):
        read_options({"levels": "off"})


def test_schemes_and_hosts_are_lists_of_names() -> None:
    options = read_options({"link_schemes": ["Zotero:", "tel"], "frame_hosts": "player.vimeo.com"})
    assert (options.link_schemes, options.frame_hosts) == (("zotero", "tel"), ("player.vimeo.com",))
    with pytest.raises(SettingsError) as raised:
        read_options({"link_schemes": "java script", "frame_hosts": ["https://x.y/z"]})
    assert str(raised.value).split("\n") == [
        "mkdocs.yml: notebinder: link_schemes must be a list of schemes such as mailto, not 'java script'",
        "mkdocs.yml: notebinder: frame_hosts must be a list of hosts such as player.vimeo.com, "
        "not ['https://x.y/z']",
    ]


def test_a_number_of_pages_is_no_less_than_none() -> None:
    assert read_options({"pagefind_above": 0}).pagefind_above == 0
    for value in (-1, True, "many"):
        with pytest.raises(
            SettingsError, match=rf"pagefind_above must be a number, 0 or more, not {value!r}"
        ):
            read_options({"pagefind_above": value})
