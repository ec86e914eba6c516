"""What is only served shows credentials masked; what is written to be published stops at them."""

from __future__ import annotations

from pathlib import Path

import pytest

from notebinder.base.settings import Options, Settings, resolve_settings
from notebinder.public.credentials.masking import CredentialsError
from notebinder.site.conversion import Conversion
from notebinder.site.export import export_docs
from tests.public.credentials.made_up import GITHUB
from tests.support.projects import WriteVault


@pytest.fixture
def settings(write_vault: WriteVault, tmp_path: Path) -> Settings:
    """A project with a note and a page of its own, each with a credential."""
    vault = write_vault({"a.md": f"the token {GITHUB} of a"})
    docs = vault.parent / "docs"
    docs.mkdir()
    given = Options(vault=str(vault), pages="notes")
    made = resolve_settings(given, root=vault.parent, docs=docs, cache=tmp_path / "cache")
    (docs / "index.md").write_text(f"by hand {GITHUB}\n", "utf-8")
    return made


def test_while_serving_it_is_masked_and_told(settings: Settings) -> None:
    """In the terminal and above the page, where errors are told; also at each later change."""
    conversion = Conversion()
    conversion.run(settings, is_served=True)
    pages = [file.read_text("utf-8") for file in settings.output.rglob("*.md")]
    assert any("the token •••• of a" in page for page in pages)
    assert [error.partition(" ")[0] for error in conversion.errors] == ["a.md:1:", "docs/index.md:1:"]
    (settings.vault / "a.md").write_text("no token", "utf-8")
    conversion.run(conversion.settings, is_served=True)
    assert [error.partition(" ")[0] for error in conversion.errors] == ["docs/index.md:1:"]


def test_a_build_stops_at_it_and_says_the_ways_out(settings: Settings) -> None:
    with pytest.raises(CredentialsError) as error:
        Conversion().run(settings)
    ways = ("%% notebinder: allow-credential %%", "credentials_allowed:", "--mask-credentials")
    assert [way for way in ways if way not in str(error.value)] == []


def test_an_export_stops_at_it_in_a_page_written_by_hand(settings: Settings, tmp_path: Path) -> None:
    (settings.vault / "a.md").write_text("no token", "utf-8")
    with pytest.raises(CredentialsError):
        export_docs(settings, tmp_path / "export")
    assert not (tmp_path / "export" / "index.md").exists()
