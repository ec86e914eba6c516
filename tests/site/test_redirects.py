"""An address that has been live is not lost by accident."""

import subprocess
from pathlib import Path

import pytest

from notebinder.base.settings import Options, resolve_settings
from notebinder.build.pipeline import build
from notebinder.pages.redirect_page import REDIRECT_POLICY
from notebinder.site.address_list import (
    check_addresses,
    keep_address_list,
    live_pages,
    read_address_list,
    redirects_of,
)
from notebinder.site.redirects import (
    AddressesError,
    AddressList,
    LivePage,
    check_list,
    keep_list,
    read_list,
    redirect_files,
    write_list,
)
from tests.support.projects import settings_for

RDS = LivePage("Amazon RDS", "notes/AWS.md")
PROXY = LivePage("RDS Proxy", "notes/AWS.md")
AWS = LivePage("AWS", "notes/AWS.md")
HOME = LivePage("Home")


def test_list_is_written_for_people_and_read_back() -> None:
    addresses = AddressList({"": HOME, "aws/rds/": RDS}, {"aws/old/": "aws/rds/", "aws/x/": "gone"})
    text = write_list(addresses)
    assert (
        text.split("\n", 2)[2]
        == """\
pages:
  /:
    title: Home
  /aws/rds/:
    title: Amazon RDS
    note: notes/AWS.md
redirects:
  /aws/old/: /aws/rds/
  /aws/x/: gone
"""
    )
    assert read_list(text) == addresses


@pytest.mark.parametrize("text", ["", "# nothing\n", "pages:\nredirects:\n"])
def test_empty_list_is_a_list(text: str) -> None:
    assert read_list(text) == AddressList()


@pytest.mark.parametrize(
    "text", ["pages: [", "- a", "pages: [a]", "pages: {a: b}", "a: " + "[" * 5_000, "pages: 2026-13-01"]
)
def test_list_that_cannot_be_read_says_how_to_mend_it(text: str) -> None:
    with pytest.raises(AddressesError, match=r"addresses\.yml: cannot be read: (?s:.*)git restore"):
        read_list(text)


@pytest.mark.parametrize(
    "address", ["/../out/", "/a/../../out/", "/..", "/a\\\\..\\\\out/", "/C:/out/", "/./a/"]
)
@pytest.mark.parametrize("text", ['redirects: {"%s": /a/}', 'pages: {"%s": {title: A}}'])
def test_no_address_leads_out_of_the_site(text: str, address: str) -> None:
    """Each one that leads on becomes a file."""
    with pytest.raises(AddressesError, match="leads out of the site"):
        read_list(text % address)


@pytest.mark.parametrize(
    ("old", "live", "renamed", "target"),
    [
        pytest.param(RDS, {"new/": RDS}, {}, "new/", id="same topic of the same note"),
        pytest.param(
            RDS, {"new/": LivePage("Amazon RDS", "notes/x.md")}, {}, "new/", id="only page of that title"
        ),
        pytest.param(
            RDS,
            {"a/": LivePage("Amazon RDS", "notes/x.md"), "b/": LivePage("Amazon RDS", "notes/y.md")},
            {},
            None,
            id="two pages of that title",
        ),
        pytest.param(
            RDS,
            {"a/": LivePage("Amazon RDS", "notes/x.md"), "b/": LivePage("Amazon RDS", "notes/y.md")},
            {"notes/AWS.md": "notes/y.md"},
            "b/",
            id="the one in the renamed note",
        ),
        pytest.param(
            RDS, {"new/": LivePage("Amazon RDS!", "notes/AWS.md")}, {}, "new/", id="topic retitled slightly"
        ),
        pytest.param(RDS, {"new/": PROXY}, {}, None, id="another topic"),
        pytest.param(
            AWS,
            {"cloud/": LivePage("Cloud", "notes/Cloud.md"), "cloud/rds/": LivePage("RDS", "notes/Cloud.md")},
            {"notes/AWS.md": "notes/Cloud.md"},
            "cloud/",
            id="the page of a renamed note",
        ),
        pytest.param(LivePage("About"), {"": LivePage("About")}, {}, "", id="what is the home page now"),
        pytest.param(LivePage("About"), {"x/": RDS}, {}, None, id="hand-written page that is gone"),
    ],
)
def test_moved_page_is_found(
    old: LivePage, live: dict[str, LivePage], renamed: dict[str, str], target: str | None
) -> None:
    """Only where there is one candidate; a guess between two would send readers to the wrong page."""
    kept = keep_list(AddressList({"old/": old}), live, renamed)
    assert kept.redirects == ({} if target is None else {"old/": target})
    assert kept.pages == ({"old/": old, **live} if target is None else live)


def test_address_of_a_note_that_became_private_is_gone_and_no_loss() -> None:
    """Not even where another page has its title: the address itself may say what the note is called."""
    twin = {"other/rds/": LivePage("Amazon RDS", "notes/Other.md")}
    old = AddressList({"aws/rds/": RDS}, {"older/": "aws/rds/"})
    assert check_list(old, twin, {"notes/AWS.md"}) == check_list(AddressList(), twin)
    kept = keep_list(old, twin, {}, {"notes/AWS.md"})
    assert kept == AddressList(twin, {"older/": "aws/rds/", "aws/rds/": "gone"})
    assert check_list(kept, twin) == ()
    assert redirect_files(kept, twin) == {}


def test_page_that_is_back_needs_no_redirect() -> None:
    kept = keep_list(AddressList({}, {"aws/rds/": "x/"}), {"aws/rds/": RDS})
    assert kept == AddressList({"aws/rds/": RDS}, {})


def messages(addresses: AddressList, live: dict[str, LivePage]) -> list[str]:
    return [str(problem) for problem in check_list(addresses, live)]


def test_lost_address_is_a_problem() -> None:
    addresses = AddressList({"aws/rds/": RDS, "aws/proxy/": PROXY}, {"old/": "aws/rds/", "x/": "gone"})
    assert messages(addresses, {"aws/proxy/": PROXY}) == [
        "addresses.yml: warning[lost-address] /aws/rds/ was live and leads nowhere now; "
        "run `notebinder redirects`, or write its new address (or `gone`) under `redirects:`",
        "addresses.yml: warning[lost-address] /old/ was live and leads nowhere now; "
        "run `notebinder redirects`, or write its new address (or `gone`) under `redirects:`",
    ]


def test_redirects_that_go_round_in_circles_are_lost() -> None:
    addresses = AddressList({}, {"a/": "b/", "b/": "a/"})
    assert len(messages(addresses, {})) == 2
    assert redirect_files(addresses, {}) == {}


def test_unlisted_pages_are_mentioned_once() -> None:
    assert messages(AddressList(), {"": HOME, "rds/": RDS}) == [
        "addresses.yml: info[unlisted-address] 2 pages not listed yet, such as /; "
        "run `notebinder redirects` before you publish, and commit the list"
    ]


def test_redirect_leads_on_at_once_and_keeps_the_place() -> None:
    """Also through several redirects, on any host and below any folder."""
    addresses = AddressList({}, {"a/old/": "a/older/", "a/older/": "b/c d/", "home/": "", "x/": "gone"})
    live = {"b/c d/": LivePage("C & <D>"), "": HOME}
    files = redirect_files(addresses, live)
    assert sorted(files) == ["a/old/index.html", "a/older/index.html", "home/index.html"]
    assert (
        files["a/old/index.html"].decode()
        == f"""\
<!doctype html>
<html data-made-by="notebinder" lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{REDIRECT_POLICY}">
<title>C &amp; &lt;D&gt;</title>
<link rel="canonical" href="../../b/c%20d/">
<meta name="robots" content="noindex">
<script src="../../assets/notebinder/moved.js"></script>
<meta http-equiv="refresh" content="0; url=../../b/c%20d/">
</head>
<body>
<p dir="auto">This page has moved to <a href="../../b/c%20d/">C &amp; &lt;D&gt;</a>.</p>
</body>
</html>
"""
    )
    assert b'href="../"' in files["home/index.html"]


def test_note_renamed_in_git_takes_its_addresses_along(tmp_path: Path) -> None:
    """Twice, and the second time not even committed."""

    def git(*arguments: str) -> None:
        author = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *author, *arguments], cwd=tmp_path, check=True)

    git("init", "--quiet")
    (tmp_path / "A.md").write_text("The text of a note.\n" * 5)
    assert list(keep_address_list(tmp_path, {"a/": LivePage("A", "A.md")})) == ["new: /a/"]
    git("add", ".")
    git("commit", "-qm", "one")
    git("mv", "A.md", "B.md")
    git("commit", "-qm", "two")
    git("mv", "B.md", "C.md")
    live = {"c/": LivePage("C", "C.md")}
    listed = read_address_list(tmp_path)
    assert listed
    assert [problem.code for problem in check_list(listed, live)] == [
        "lost-address",
        "unlisted-address",
    ]
    assert list(keep_address_list(tmp_path, live)) == ["new: /c/", "moved: /a/ -> /c/"]
    listed = read_address_list(tmp_path)
    assert listed
    assert check_list(listed, live) == ()


def test_project_without_a_list_has_no_problems_with_it(tmp_path: Path) -> None:
    vault = tmp_path / "notes"
    vault.mkdir()
    settings = settings_for(vault, tmp_path / "docs")
    assert check_addresses((), settings) == ()
    assert redirects_of((), settings) == {}


def test_every_page_of_the_site_is_known(tmp_path: Path) -> None:
    """Those that notebinder writes and those that the author wrote, but nothing hidden or left behind."""
    files = {
        "vault/RDS.md": "text",
        "docs/index.md": "---\ntitle: Home\n---\n",
        "docs/more/about.md": "# About { #x }\n",
        "docs/.hidden/a.md": "",
        "docs/topics/left behind.md": "",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    options = Options(vault="vault", pages="topics")
    settings = resolve_settings(options, root=tmp_path, docs=tmp_path / "docs", cache=tmp_path / "cache")
    assert live_pages(build(settings).layouts, settings) == {
        "": LivePage("Home"),
        "more/about/": LivePage("About"),
        "topics/rds/": LivePage("RDS", "RDS.md"),
    }
