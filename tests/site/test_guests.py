"""Analytics and comments: the hosts that an author names may load, and whatever may not is told."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from mkdocs.config import load_config

from notebinder.base.settings import SettingsError, read_options
from notebinder.site.blocked import blocked_handlers, blocked_in_file, blocked_on, read_policy
from notebinder.site.content_policy import Guests, content_policy, file_policy
from notebinder.site.loading import scripts_within
from notebinder.site.theme_place import CONFIGURATION, FOLDER, put_theme_behind
from tests.support.guests import build_with_guests, write_configuration, write_project
from tests.support.serving import served_project

TAG = "https://www.googletagmanager.com/gtag/js?id=G-1"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path)


def under(policy: str, body: str, own: str = "") -> list[tuple[str, str]]:
    """What is kept from loading on a page with this policy."""
    page = f'<meta http-equiv="Content-Security-Policy" content="{policy}">{body}'
    return [(each.message, each.hint) for each in blocked_on(page, own)]


SHOWN = '<iframe src="https://v.io/1"></iframe><iframe src="https://w.io"></iframe><img data-src="https://p.io/x">'
ALLOWING = content_policy(SHOWN, ["v.io", "u.io"], Guests(("a.io", "*.b.io")))


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://a.io/x.js"></script>',
        '<script src=https://b.io.b.io/x.js></script><script src="x.js"></script>',
        '<script type="application/json">{"a": "https://c.io"}</script><script>\n</script>',
        '<link rel="icon" href="https://c.io/x.png"><link rel="stylesheet" href="https://a.io/x.css">',
        '<iframe src="https://v.io/1"></iframe><img src="https://p.io/x.png"><img src="data:image/gif,">',
        '<!-- <script src="https://c.io/x.js"></script> --><a href="https://c.io">c</a>',
        '<script src="https://OWN.io/x.js"></script>',
        '<video><source src="https://a.io/x.mp4"></video>',
    ],
)
def test_nothing_is_said_of_what_may_load(html: str) -> None:
    assert under(ALLOWING, html, own="own.io") == []


@pytest.mark.parametrize(
    ("html", "message", "hint"),
    [
        ('<script src="https://c.io/x.js"></script>', "https://c.io/x.js is", "guests to allow it: c.io"),
        ("<SCRIPT SRC='//c.io/x.js'></SCRIPT>", "//c.io/x.js is", "guests to allow it: c.io"),
        ('<script src="https://b.io/x.js"></script>', "https://b.io/x.js is", "allow it: b.io"),
        ('<script src="http://a.io/x.js"></script>', "http://a.io/x.js is", "write https:// for http://"),
        ('<link href="https://c.io/x.css?a&amp;b" rel="Stylesheet">', "https://c.io/x.css?a&b is", "c.io"),
        ('<iframe title="a > b" src="https://p.io/1"></iframe>', "https://p.io/1 is", "p.io"),
        ('<form action="https://c.io/mail"><input></form>', "https://c.io/mail is", "c.io"),
        ('<object data="https://a.io/x.swf"></object>', "https://a.io/x.swf is", "<iframe>"),
        ("<script>\n  go()\n</script>", "a script within the page never runs", "extra_javascript"),
        ("<style>p { color: red }</style>", "a style within the page is not applied", "extra_css"),
    ],
)  # fmt: skip
def test_what_may_not_load_is_told_with_what_to_write(html: str, message: str, hint: str) -> None:
    ((told, next_step),) = under(ALLOWING, html)
    assert told.startswith(message)
    assert hint in next_step


def test_a_page_without_a_policy_keeps_nothing_from_loading() -> None:
    assert list(blocked_on('<script src="https://c.io/x.js"></script>', "")) == []


def test_scripts_and_styles_of_the_author_are_looked_into() -> None:
    policy = read_policy(ALLOWING)
    script = (
        's.src = "https://c.io/x.js" // see https://d.io\nimport("//e.io/y.js"); s.src = "https://a.io/z"'
    )
    assert [each.marks[-1] for each in blocked_in_file(script, policy, "")] == ["c.io", "e.io"]
    style = "@import 'https://c.io/x.css'; p { background: url(https://e.io/y.png) } /* https://d.io */"
    assert [each.marks[-1] for each in blocked_in_file(style, policy, "")] == ["c.io", "e.io"]
    assert [each.message for each in blocked_handlers('<b onclick="go()">a</b> one="two"')] == [
        "onclick= never runs"
    ]


def test_a_guest_brings_along_what_its_script_is_known_to_ask() -> None:
    google = content_policy(guests=Guests(("www.googletagmanager.com",)))
    assert "https://*.google-analytics.com" in read_policy(google)["connect-src"]
    assert "https://www.googletagmanager.com" in file_policy(Guests(("www.googletagmanager.com",)))
    assert content_policy().endswith("; form-action 'none'")
    assert content_policy(guests=Guests(("a.io",))).endswith("; form-action https://a.io")


def test_a_guest_is_a_host_and_nothing_else() -> None:
    assert read_options({"guests": ["giscus.app", "*.x.io"]}).guests == ("giscus.app", "*.x.io")
    for wrong in ("https://giscus.app", "*", "*.app'", "giscus.app; script-src *", "'unsafe-inline'"):
        with pytest.raises(SettingsError, match="guests must be a list of hosts such as giscus"):
            read_options({"guests": wrong})


def test_guests_load_and_what_the_theme_writes_for_them_runs(project: Path) -> None:
    """A folder of templates of the author's adds to the theme, and a page that asks for comments has them."""
    hosts = ["giscus.app", "www.googletagmanager.com", "c.io", "d.io"]
    site, found = build_with_guests(project, hosts, extra_javascript=["own.js"])
    assert [line for line in found if "blocked-by-policy" in line] == []
    with_comments, without = (
        (site / f"topics/{name}/index.html").read_text("utf-8") for name in ("note", "other")
    )
    assert 'src="https://giscus.app/client.js"' in with_comments
    assert "giscus.app/client.js" not in without
    assert "assets/notebinder/theme." in with_comments
    assert len([*scripts_within(with_comments)]) > len([*scripts_within(without)]) > 0
    assert "sha256-" in (site / "_headers").read_text("utf-8")


@pytest.mark.parametrize(
    ("inherit", "custom", "dirs"),
    [
        (CONFIGURATION, FOLDER, ["material"]),
        (CONFIGURATION, "overrides", ["overrides", "material"]),
        (CONFIGURATION, None, ["material"]),
        (None, "overrides", ["overrides", "templates"]),
    ],
)
def test_templates_of_the_author_stand_before_those_of_the_theme(
    project: Path, inherit: str | None, custom: str | None, dirs: list[str]
) -> None:
    """A project that looks as Material does stays so."""
    theme = {"name": "material"} | ({"custom_dir": custom} if custom else {})
    data = {"site_name": "A", "theme": theme, "plugins": []} | ({"INHERIT": inherit} if inherit else {})
    (project / "mkdocs.yml").write_text(yaml.safe_dump(data), "utf-8")
    config = load_config(str(project / "mkdocs.yml"))
    put_theme_behind(config)
    assert [Path(folder).name for folder in config.theme.dirs][: len(dirs)] == dirs
    watched = [custom] if inherit and custom == "overrides" else []
    assert [Path(folder).name for folder in config.watch] == watched


def test_a_build_tells_who_is_kept_out_and_where_that_stands(project: Path) -> None:
    _, found = build_with_guests(project, [], extra_javascript=["own.js", "https://e.io/a.js"])
    told = [line.split(" warning[blocked-by-policy] ") for line in found if "blocked-by-policy" in line]
    assert {(place, text.split(" is kept")[0]) for place, text in told} == {
        ("docs/index.md:3:", "https://c.io/x.js"),
        ("docs/own.js:1:", "https://d.io/count"),
        ("overrides/partials/comments.html:3:", "https://giscus.app/client.js"),
        ("overrides/partials/comments.html:6:", "https://giscus.app/light.css"),
        ("mkdocs.yml:", "https://e.io/a.js"),
        ("mkdocs.yml:", TAG),
    }


def test_while_serving_it_is_told_with_the_edit_that_brings_it(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Once, as long as it stands there."""
    write_configuration(project, ["giscus.app", "www.googletagmanager.com"])
    home = project / "docs/index.md"
    home.write_text("# Home\n", "utf-8")
    with served_project(project, tmp_path / "served") as (served, _, _):

        def told_after(text: str) -> int:
            home.write_text(text, "utf-8")
            capsys.readouterr()
            served.site.take(["index.md", *served.convert()])
            assert served.site.settle(served.is_by_hand, lambda: False)[1]
            return capsys.readouterr().err.count("https://c.io/x.js is kept from loading")

        script = '<script src="https://c.io/x.js"></script>'
        edits = ("# Home\n\ntext\n", f"# Home\n\n{script}\n", f"# Home again\n\n{script}\n", "# Home\n")
        assert [told_after(text) for text in (*edits, edits[1])] == [0, 1, 0, 0, 1]
