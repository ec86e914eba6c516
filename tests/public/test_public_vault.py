"""What is published, and what stays of a link to what is not."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from notebinder.base.limits import LIMITS
from notebinder.base.settings import Options, Settings, SettingsError, resolve_settings
from notebinder.build.pipeline import Build
from notebinder.public.private_names import read_private_names
from notebinder.public.private_paths import read_patterns
from notebinder.public.public_notes import public_note
from notebinder.public.public_vault import PublicVault, read_public_vault
from notebinder.public.raw_links import public_raw_text
from notebinder.vault.reading import Vault, open_vault
from tests.support.converting import convert, rendered
from tests.support.notes import read_note
from tests.support.projects import BuildVault, WriteVault, settings_for

Publish = Callable[..., PublicVault]


@pytest.fixture
def publish_vault(write_vault: WriteVault, tmp_path: Path) -> Publish:
    """Publish a vault that is written from a mapping, with these options."""

    def published(files: Mapping[str, str | bytes], **options: object) -> PublicVault:
        settings = _settings(write_vault(files), tmp_path, **options)
        return read_public_vault(open_vault(settings)[0], settings)

    return published


def _settings(vault: Path, folder: Path, **options: object) -> Settings:
    return resolve_settings(
        Options(vault=str(vault), **options),  # type: ignore[arg-type]  # each test names its own
        root=vault,
        docs=folder / "docs",
        cache=folder / "cache",
    )


def rule_of(published: PublicVault, path: str = "A.md") -> str:
    return published.verdicts[path].rule


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("---\npublish: true\n---\n", "public"),
        ("---\npublish: yes\ndraft: no\n---\n", "public"),
        ("---\npublish: 'True'\ndraft: 0\n---\n", "public"),
        ("text about publish: false", "public"),
        ("---\ntitle: 'publish: false'\n---\n", "public"),
        ("---\npublish: false\n---\n", "publish"),
        ("---\nPublish: no\n---\n", "publish"),
        ('---\npublish: "off"\n---\n', "publish"),
        ("---\npublish: 0\n---\n", "publish"),
        ("---\npublish: [false]\n---\n", "publish"),
        ("---\npublish:\n---\n", "publish"),
        ("---\npublish: later\n---\n", "publish"),
        ("---\npublish: true\npublish: false\n---\n", "publish"),
        ("---\npublish: false\npublish: true\n---\n", "publish"),
        ("---\npublish: true\nPublish: false\n---\n", "publish"),
        ("---\ndraft: true\n---\n", "draft"),
        ("---\ndraft: yes\npublish: true\n---\n", "draft"),
        ("---\nDRAFT: '1'\n---\n", "draft"),
        ("---\ndraft: 2026-12-01\n---\n", "draft"),
        ("---\npublish: false\ntitle: a: b: c\n---\n", "publish"),
        ("---\ntitle: [\npublish: no # for now\n---\n", "publish"),
        ("---\n  draft: true\n bad\n---\n", "draft"),
        ("---\npublish: false\n\n# never closed\n", "publish"),
        ("\n---\npublish: false\n---\n", "publish"),
        ("+++\ndraft = true\n+++\n", "draft"),
        ("---\npublish\uff1a false\n---\n", "publish"),
        ("---\ntags: [private\n---\n", "tag"),
        ("---\ntitle: a: b: c\n---\n", "public"),
    ],
)
def test_a_note_is_private_if_it_says_so_in_any_spelling_and_on_doubt(
    text: str, rule: str, publish_vault: Publish
) -> None:
    assert rule_of(publish_vault({"A.md": text})) == rule


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("---\ntags: private\n---\n", "tag"),
        ("---\ntags: [a, '#Private']\n---\n", "tag"),
        ("---\nTags:\n  - private/diary\n---\n", "tag"),
        ("---\ntag: a, private\n---\n", "tag"),
        ("a #private b", "tag"),
        ("- [ ] a\n  - b #PRIVATE/x/y", "tag"),
        ("> [!note] Title #private\n> x", "tag"),
        ("a[^1]\n\n[^1]: b #private", "tag"),
        ("%% #private %%", "tag"),
        ("text <!-- #private -->", "tag"),
        ("|a|\n|-|\n|#private|", "tag"),
        ("[#private](https://a.b) x^[#private/y]", "tag"),
        ("#privateer and #not/private", "public"),
        ("`#private`\n\n```\n#private\n```", "public"),
        ("[x](https://a.b/#private)", "public"),
        ("---\ntags: [privately]\n---\n", "public"),
    ],
)
def test_a_note_is_private_by_its_tags_wherever_obsidian_sees_them(
    text: str, rule: str, publish_vault: Publish
) -> None:
    assert rule_of(publish_vault({"A.md": text})) == rule


def test_the_private_tags_are_a_setting(publish_vault: Publish) -> None:
    files = {"A.md": "#private", "B.md": "#secret", "C.md": "#me/intimate/x", "D.md": "#me"}
    published = publish_vault(files, private_tags=("#Secret", "me/intimate"))
    assert list(published.vault.notes) == ["A.md", "D.md"]


@pytest.mark.parametrize(
    ("patterns", "public"),
    [
        (["Diary/"], ["Public.md", "work/Plan.md"]),
        (["diary"], ["Public.md", "work/Plan.md"]),
        (["Diary/*", "!Diary/2020.md"], ["Diary/2020.md", "Public.md", "work/Plan.md"]),
        (["Diary/", "!Diary/2020.md"], ["Public.md", "work/Plan.md"]),
        (["*", "!*/", "!*.md", "/Diary"], ["Public.md", "work/Plan.md"]),
        (["*", "!/Public.md"], ["Public.md"]),
        (["*", "!/public.md"], []),
        (["# comment", "", "**/Pl?n.md"], ["Diary/2020.md", "Diary/2021.md", "Public.md"]),
    ],
)
def test_patterns_keep_folders_and_files_private_as_in_a_gitignore(
    patterns: list[str], public: list[str], publish_vault: Publish
) -> None:
    """Nothing comes back from a private folder; where only the case differs, the private reading wins."""
    files = dict.fromkeys(("Diary/2020.md", "Diary/2021.md", "Public.md", "work/Plan.md"), "text")
    assert list(publish_vault(files, private=tuple(patterns)).vault.notes) == public


def test_whatever_git_would_ignore_is_private(tmp_path: Path) -> None:
    """Git itself is asked, about every two of many patterns, each two in a folder of their own."""
    paths = ["a.md", "d/a.md", "d/b.md", "d/e/a.md", "d/e/b.png", "e/a.md", "b", "d/e/.x", "e/a b.md"]
    alone = [
        "*",
        "a.md",
        "/a.md",
        "d",
        "d/",
        "d/*",
        "d/e",
        "e/",
        "**/e",
        "d/**",
        "**/b.*",
        "*.md",
        "[ab].md",
        "*/",
    ]
    lines = [*alone, *(f"!{line}" for line in alone)]
    pairs = dict(enumerate(product(lines, lines)))
    for number, pair in pairs.items():
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / ".gitignore").write_text("\n".join(pair), "utf-8")
    asked = "\n".join(f"{number}/{path}" for number in pairs for path in paths)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    command = ["git", "check-ignore", "--no-index", "--verbose", "--stdin"]
    told = subprocess.run(
        command, cwd=tmp_path, input=asked, capture_output=True, text=True, check=True
    ).stdout
    found = [re.fullmatch(r"(\d+)/\.gitignore:\d+:(.*)\t\d+/(.*)", line) for line in told.splitlines()]
    ignored = [(pairs[int(f[1])], f[3]) for f in found if f and not f[2].startswith("!")]
    assert len(ignored) > 1000
    assert [(pair, path) for pair, path in ignored if not read_patterns(pair).match(path)] == []


def test_a_pattern_that_fits_nothing_is_reported_since_it_protects_nothing(publish_vault: Publish) -> None:
    published = publish_vault({"Diary/A.md": ""}, private=("Dairy/",))
    assert [str(problem) for problem in published.problems] == [
        "mkdocs.yml: warning[unused-pattern] the pattern 'Dairy/' under `private` fits no file of the vault; "
        'did you mean "diary"?'
    ]


def test_a_pattern_that_takes_nothing_back_is_reported(publish_vault: Publish) -> None:
    published = publish_vault({"Diary/A.md": ""}, private=("Diary/", "!Diary/A.md"))
    assert [str(problem) for problem in published.problems] == [
        "mkdocs.yml: warning[unused-pattern] the pattern '!Diary/A.md' under `private` takes nothing back; "
        "nothing comes back from a private folder: write `folder/*` for what is in it"
    ]


def test_a_pattern_that_is_none_stops_the_build(publish_vault: Publish) -> None:
    with pytest.raises(SettingsError, match=r"private: '!' is no pattern of a \.gitignore"):
        publish_vault({"A.md": ""}, private=("!",))


def test_templates_and_excluded_files_are_private_notes(publish_vault: Publish) -> None:
    """An attachment among them stays: a note that embeds it shows it in Obsidian, too."""
    files = {
        ".obsidian/templates.json": '{"folder": "My templates/"}',
        ".obsidian/plugins/templater-obsidian/data.json": '{"templates_folder": "meta/tp"}',
        ".obsidian/daily-notes.json": '{"template": "meta/Daily"}',
        ".obsidian/app.json": '{"userIgnoreFilters": ["Archive/", "/old$|\\\\.tmp/"]}',
        "My templates/T.md": "",
        "meta/tp/U.md": "",
        "meta/Daily.md": "",
        "meta/Other.md": "",
        "Archive/B.md": "",
        "C.tmp.md": "",
        "D.md": "![[E.png]]",
        "Archive/E.png": b"",
    }
    published = publish_vault(files)
    assert list(published.vault.notes) == ["D.md", "meta/Other.md"]
    assert list(published.vault.attachments) == ["Archive/E.png"]
    assert {path: v.rule for path, v in published.verdicts.items() if path.endswith(".md")} == {
        "Archive/B.md": "excluded",
        "C.tmp.md": "excluded",
        "D.md": "public",
        "My templates/T.md": "template",
        "meta/Daily.md": "template",
        "meta/Other.md": "public",
        "meta/tp/U.md": "template",
    }


def test_the_template_folder_of_a_fresh_plugin_is_not_the_vault(publish_vault: Publish) -> None:
    files = {".obsidian/plugins/templater-obsidian/data.json": '{"templates_folder": "/"}', "A.md": ""}
    assert list(publish_vault(files).vault.notes) == ["A.md"]


def test_excluded_files_are_published_if_the_author_says_so(publish_vault: Publish) -> None:
    files = {".obsidian/app.json": '{"userIgnoreFilters": ["Archive/"]}', "Archive/B.md": ""}
    assert list(publish_vault(files, publish_excluded_files=True).vault.notes) == ["Archive/B.md"]


@pytest.mark.parametrize(
    "app",
    [
        b'{"userIgnoreFilters": ["/a{,3}(?/"]}',
        b'{"userIgnoreFilters": ["Archive/"],}',
        b'["userIgnoreFilters"]',
        '{"userIgnoreFilters": ["Archive/"]'.encode("utf-16"),
        b'{"userIgnoreFilters": "Arch"}' + b"[" * 100_000,
    ],
)
def test_nothing_is_published_where_it_cannot_be_told_what_is_excluded(
    app: bytes, publish_vault: Publish
) -> None:
    published = publish_vault({".obsidian/app.json": app, "A.md": ""})
    assert published.vault.notes == {}
    assert [(each.location.path, each.code) for each in published.problems] == [
        (".obsidian/app.json", "unread-setting")
    ]


@pytest.mark.parametrize("app", [b"{broken", b"[1]", b"", b"null", b"\xff\xfe"])
def test_settings_that_cannot_be_read_are_told(app: bytes, publish_vault: Publish) -> None:
    published = publish_vault({".obsidian/app.json": app, "A.md": ""})
    assert list(published.vault.notes) == ["A.md"]
    (problem,) = published.problems
    assert problem.message == "cannot be read as JSON, so no setting in it counts"


@pytest.mark.parametrize(
    ("expression", "private"),
    [
        ("(?<year>20)\\d\\d/\\k<year>", ["2020/20.md"]),
        ("^[^]{4}/", ["2020/20.md"]),
        ("\\p{Script=Greek}", ["\u03b1.md"]),
        ("\\u{3b1}|[]", ["\u03b1.md"]),
    ],
)
def test_an_expression_of_javascript_is_read(
    expression: str, private: list[str], publish_vault: Publish
) -> None:
    app = json.dumps({"userIgnoreFilters": [f"/{expression}/"]}).encode()
    files = dict.fromkeys(("2020/20.md", "\u03b1.md"), "")
    published = publish_vault({".obsidian/app.json": app, **files})
    assert [path for path in files if path not in published.vault.notes] == private
    assert published.problems == ()


def test_an_expression_that_would_take_years_ends_in_time(publish_vault: Publish) -> None:
    """In doubt a note is private, and so are all that come behind it."""
    files = {f"{'a' * 60}{number}!.md": "" for number in range(9)}
    published = publish_vault({".obsidian/app.json": b'{"userIgnoreFilters": ["/^(a|a)+$/"]}', **files})
    assert published.vault.notes == {}


def test_only_marked_notes_are_published_if_the_author_says_so(publish_vault: Publish) -> None:
    files = {
        "A.md": "---\npublish: true\n---\n",
        "B.md": "",
        "C.md": "---\npublish: true\ndraft: true\n---\n",
        "D.md": "---\npublish: true\n: [\n---\n",
    }
    published = publish_vault(files, publish_only_marked=True)
    assert {path: verdict.rule for path, verdict in published.verdicts.items()} == {
        "A.md": "public",
        "B.md": "unmarked",
        "C.md": "draft",
        "D.md": "public",
    }


SECRET: dict[str, str | bytes] = {
    "Secret.md": "---\npublish: false\naliases: [Hushed]\n---\n# Inner\n",
    "deep/Twice.md": "---\ndraft: true\n---\n",
    "twice.png": b"",
    "private.png": b"",
    "Split.md": "---\npublish: false\n---\n1. First\n2. Second\n",
    "Split.plan.yml": "topics:\n  - title: Hidden topic\n",
    ".trash/Gone.md": "---\naliases: [Buried]\n---\n",
    ".hidden/Dot.md": "",
    "Open.md": "",
    "My note.md": "#private",
    "My note (2).md": "#private",
}


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a [[Secret]] b", "a private note b"),
        ("[[secret.md]] [[./Secret]] [[/Secret]]", "private note private note private note"),
        ("[[Secret|my *own* words]]", "my *own* words"),
        ("[[Secret|Secret]] [[deep/Twice|twice]]", "private note private note"),
        ("[[Secret#Inner]] [[Secret#^id|x]] [[Secret#Inner|Secret > Inner]]", "private note x private note"),
        ("[[Hushed]] [[Hidden topic]] [[second]]", "private note private note private note"),
        ("[[Gone]] [[Dot]] [[.trash/Gone]]", "private note private note private note"),
        ("[[buried]] [[Buried|buried]] [[Buried|x]]", "private note private note x"),
        ("[[Secret^id]] [[deep/Twice^id|x]]", "private note x"),
        ("[[.hidden/Gone]] [x](.trash/lost.png) ![[.trash/lost.png]]", "private note x private file"),
        ("![[Secret]]", "private note"),
        ("![[Secret#Inner|300]]", "private note"),
        ("![[private.png]] ![[private.png|a cat|300]]", "private file a cat"),
        ("[Secret](Secret.md)", "private note"),
        ("[words](Secret.md)", "words"),
        ('[words](<Secret.md> "Secret")', "words"),
        ("[words](Secret%2Emd#Inner)", "words"),
        ("![alt](private.png) ![](Secret.md)", "alt private note"),
        ("[**x** ![y](private.png)](Secret.md)", "**x** y"),
        ("[x][r] [r]\n\n[r]: Secret.md 'Secret'", "x r\n\n"),
        ("[Secret]\n\n[secret]: Secret.md", "private note\n\n"),
        ("|a|\n|-|\n|[[Secret\\|x]] [[Secret]]|", "|a|\n|-|\n|x private note|"),
        ("> [!tip] [[Secret]]\n> - [ ] [[Secret|# x]]", "> [!tip] private note\n> - [ ] \\# x"),
        ("[[Secret|1. x]]", "1\\. x"),
        ("# [[Secret]]\n\n[[Secret]]\n---", "# private note\n\nprivate note\n---"),
        ("a[^1] ^[[[Secret]]]\n\n[^1]: [[Secret]]", "a[^1] ^[private note]\n\n[^1]: private note"),
        ("**[[Secret]]** ==[[Secret|x]]== ~~[[Secret]]~~", "**private note** ==x== ~~private note~~"),
        ("[[Open|![z](private.png)]]", "[[Open|z]]"),
        ('<a class="x" href="Secret.md" title="Secret">Secret</a>', '<a class="x">private note</a>'),
        (
            '<div>\n<img src="private.png"\n alt="mine">[[Secret]]</div>',
            '<div>\n<img\n alt="mine">private note</div>',
        ),
        ("[o](obsidian://open?vault=V&file=Secret%20)", "o"),
        ("obsidian://open?file=deep%2FTwice", "private note"),
        ("`[[Secret]]`\n\n```\n[[Secret]]\n```", "`[[Secret]]`\n\n```\n[[Secret]]\n```"),
        ("`= [[Secret]].due`", "`= private note.due`"),
        ("``` ` ``` [[Secret]] ` x `", "``` ` ``` private note ` x `"),
        ("x ` y\nz ` [[Secret]] ` w", "x ` y\nz ` private note ` w"),
        (
            '```dataview\nLIST FROM [[Secret]] OR "deep"\n```',
            '```dataview\nLIST FROM private note OR "private folder"\n```',
        ),
        ("```query\npath:deep file:Secret\n```", "```query\npath:private folder file:private note\n```"),
        (
            '```query\nfile:Secr -path:eep/tw file:("ecre") file:op Secr\n```',
            '```query\nfile:private note -path:private note file:("private note") file:op Secr\n```',
        ),
        ("```tasks\nfilename includes secr\n```", "```tasks\nfilename includes private note\n```"),
        (
            '```dataview\nLIST WHERE contains(file.name, "Secr") OR a = "Secr"\n```',
            '```dataview\nLIST WHERE contains(file.name, "private note") OR a = "private note"\n```',
        ),
        ('```dataview\nLIST WHERE status = "Secr"\n```', '```dataview\nLIST WHERE status = "Secr"\n```'),
        (
            "```mermaid\ngraph TD\nA[Secret] --> Twice\nclass A,Twice internal-link\n```",
            "```mermaid\ngraph TD\nA[private note] --> private_note\nclass A,private_note internal-link\n```",
        ),
        ("[[Open]] [[No]] [a](Open.md) ![[twice.png]]", "[[Open]] [[No]] [a](Open.md) ![[twice.png]]"),
        ('[my note](My%20note.md "My note") [[My note|x]]', "private note x"),
        ("[x](<My note (2).md>) [x](My%20note%20(2).md)", "x x"),
        ("[x]\n\n[x]: My%20note.md 'My note'", "x\n\n"),
        ("<a href='My&#32;note.md'>x</a> [x](deep&#47;Twice.md)", "<a>x</a> x"),
        ("[[No/My note]] [x](No/My%20note.md) [[../My note]]", "private note x private note"),
        ("[[my_note]] [[My%20note]] [[My  note]] [[My\u00a0note]]", " ".join(["private note"] * 4)),
        ("[[My\u200b note]] [[No\\My note]] [[My note.md.md]]", " ".join(["private note"] * 3)),
        ("[x](My+note.md) [x](My%20note.md?a#b) [My note](My%2520note)", "x x private note"),
        ("[a](https://x.y/Secret) https://x.y/Secret", "[a](https://x.y/Secret) https://x.y/Secret"),
        ("[o](obsidian://search?query=Secret)", "o"),
        ("[o](obsidian://open?file=Secret%23Inner)", "o"),
        ("[o](obsidian://advanced-uri?filepath=deep%252FTwice.md)", "o"),
        (
            "[](<Secret.md>) obsidian://vault/V/Secret file:///v/Secret.md <obsidian://open?file=Secret>",
            "private note private note private note <private note>",
        ),
        (
            "```base\nfilters: 'file.hasLink(\"Secret\")'\n```",
            "```base\nfilters: 'file.hasLink(\"private note\")'\n```",
        ),
        (
            '```mermaid\nclick A href "obsidian://open?file=Secret"\nlink A: B @ file:///Secret.md\n```',
            "```mermaid\n\nlink A: B @ private note\n```",
        ),
        ('`$= dv.page("Secret").due`', '`$= dv.page("private note").due`'),
        ("```tasks\npath includes deep\n```", "```tasks\npath includes private folder\n```"),
        (
            '```mermaid\ngraph TD\nA["Secret"]:::internal-link --> B[/"Twice"/]\nclass B internal-link\n```',
            '```mermaid\ngraph TD\nA["private note"]:::internal-link --> B[/"private note"/]\n'
            "class B internal-link\n```",
        ),
        ("[[Secret|![[Secret]]]] [[Secret|[[Secret|[Secret](Secret.md)]]]]", "private note private note"),
        ("[x]([[Secret|Open.md]]) [x](Open.md '[[Secret]]')", "[x](Open.md) [x](Open.md 'private note')"),
        ('[x](https://x.y "obsidian://open?file=Secret")', '[x](https://x.y "private note")'),
        ("[x][r]\n\n[r]: https://x.y '[[Secret]]'", "[x][r]\n\n[r]: https://x.y 'private note'"),
        ("[x][r]\n\n[r]: My\\_note.md\n", "x\n\n\n"),
        (
            "<b title='[[Secret]] obsidian://open?file=Secret'>x</b>",
            "<b title='private note private note'>x</b>",
        ),
        ('<q cite="Secret.md">x</q> <a data-path=Secret.md>x</a>', "<q>x</q> <a>x</a>"),
        ("[[Open|obsidian://open?file=Secret]]", "[[Open|private note]]"),
        (
            "```leaflet\nimage: [[private.png]]\nmarker: a, 1, 2, [[Secret]]\n```",
            "```leaflet\nimage: private file\nmarker: a, 1, 2, private note\n```",
        ),
        (
            "```ad-tip\ntitle: [[Secret]]\n[[Secret|x]]\n```",
            "```ad-tip\ntitle: private note\nx\n```",
        ),
        ("|a|\n|-|\n|[[Secret\\|a]] \\| b|[[Secret]]|", "|a|\n|-|\n|a \\| b|private note|"),
    ],
)
def test_a_link_to_something_private_becomes_plain_text(
    typed: str, shown: str, publish_vault: Publish
) -> None:
    """The author's own words stay; a bare link says what kind of thing it leads to. Code stays as it is."""
    published = publish_vault({**SECRET, "A.md": typed}, private=("private.png",))
    assert published.vault.notes["A.md"].text == shown


def test_what_is_nested_too_deep_and_shown_as_typed_holds_no_private_link(publish_vault: Publish) -> None:
    deep = "".join(f"{'  ' * level}- [[Secret]] [x](Secret.md)\n" for level in range(LIMITS.nesting + 5))
    assert "Secret" not in publish_vault({**SECRET, "A.md": deep}).vault.notes["A.md"].text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("[[B#About Secret]] [[B#about secret#X]]", "[[B#About private note]] [[B#About private note#X]]"),
        (
            "[[B#About Secret|About Secret]] ![[B#About Secret|x]]",
            "[[B#About private note|About private note]] ![[B#About private note|x]]",
        ),
        ("[x](B.md#About%20Secret 'y')", "[x](B.md#About%20private%20note 'y')"),
        ("[x][r]\n\n[r]: B.md#About%20Secret", "[x][r]\n\n[r]: B.md#About%20private%20note"),
        ("[[B#About]] [[Open#Else]]", "[[B#About]] [[Open#Else]]"),
    ],
)
def test_a_link_to_a_heading_does_not_name_the_private_note_that_the_heading_links(
    typed: str, shown: str, publish_vault: Publish
) -> None:
    """The heading has lost its link, so a link to the heading calls it by what is left of it."""
    files = {**SECRET, "B.md": "# About [[Secret]]\n\n## X\n\n# About", "A.md": typed}
    assert publish_vault(files).vault.notes["A.md"].text == shown


_PIECES = (
    *("[[zqsecret]]", "![[zqsecret]]", "[[zqsecret#x|", "[[zqsecret|words]]", "[zqsecret](zqsecret.md)"),
    *("](zqsecret.md)", "[a](<zqsecret.md>)", "![", "[", "]", "]]", "[[", "(", ")", "|", "`", "``", "\n"),
    *("\n\n", "> ", "- ", "1. ", "# ", "  ", "```\n", "$", "%%", "<!--", "-->", "<b>", "</b>", "**", "=="),
    *("<a href=zqsecret.md>", "\\", "x", "[^1]", "\n[^1]: ", "[r]", "\n[r]: zqsecret.md\n", "zq", "^["),
    *("| a |\n|---|\n", "&amp;", "\t", "![[Open]]", "~~~\n", "    "),
)


@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
@example("[[[zqsecret]]")
@example("x ` y\n[[zqsecret]] ` z `")
@example("<a href=zqsecret.md>~~~\n`")
@example("]([[zqsecret]]")
@example("%%`[[zqsecret#x|![[zqsecret]]]]")
@example("]([zqsecret](zqsecret.md)")
@example("- [r]: zqsecret.md\n\n[zqsecret][r]")
@example("\n[r]: zqsecret.md\n[[zqsecret#x|\n[r]: zqsecret.md\n](zqsecret.md)")
def test_no_note_keeps_a_link_to_something_private(text: str) -> None:
    """However its pieces lie, a public note loses no line, and reading it again finds no such link."""
    note, secret = read_note("A.md", text), read_note("zqsecret.md", "")
    names = read_private_names(
        Vault(Path(), {"A.md": note, "zqsecret.md": secret}, {}, {}),
        frozenset(["zqsecret.md"]),
        is_relative=False,
    )
    public = public_note(note, names)
    assert public is not None
    assert public.text.count("\n") == text.count("\n")
    shown = convert(public.text, others={"Open.md": ""})
    assert "There is no note zqsecret" not in rendered(shown.markdown)


@pytest.mark.parametrize(
    "typed",
    ["[[S|", "[x](S.md) ", "](", "[](<", "<a 'S ", "|[[S]]", "[r]: S.md\n", "> [[S]]\n", "obsidian:S]"],
)
def test_private_links_are_looked_for_in_time_in_proportion_to_the_text(typed: str) -> None:
    """In twice the text for less than three times as long, but for noise."""
    names = read_private_names(
        Vault(Path(), {"S.md": read_note("S.md", "")}, {}, {}), frozenset(["S.md"]), is_relative=False
    )

    def seconds(times: int) -> float:
        text = typed * times
        note = read_note("A.md", f"|a|\n|-|\n{text}")
        begun = time.process_time()
        public_note(note, names)
        public_raw_text(text, names, "A.md")
        return time.process_time() - begun

    assert any(seconds(4_000) < 3 * seconds(2_000) + 0.1 for _ in range(3))


def test_properties_hold_no_link_to_something_private(publish_vault: Publish) -> None:
    text = (
        '---\nup: "[[Secret]]"\nbare: [[Secret]]\nmany: ["[[Secret|x]]", "[y](Secret.md)", 3]\n'
        'title: "About [[Secret]]"\n"[[Secret]]": {"[[Secret|key]]": 1}\n'
        'nested: "[[Secret|![[Secret]]]]"\n---\n'
    )
    properties = publish_vault({**SECRET, "A.md": text}).vault.notes["A.md"].properties
    assert properties == {
        "up": "private note",
        "bare": "private note",
        "many": ["x", "y", 3],
        "title": "About private note",
        "private note": {"key": 1},
        "nested": "private note",
    }


def test_nothing_of_a_private_note_is_left_in_the_published_vault(publish_vault: Publish) -> None:
    vault = publish_vault(SECRET).vault
    assert (list(vault.notes), list(vault.plans), list(vault.unread)) == (["Open.md"], [], [])


def test_of_two_notes_of_one_name_the_one_that_obsidian_means_decides(publish_vault: Publish) -> None:
    files = {"a/S3.md": "#private", "b/S3.md": "", "a/A.md": "[[S3]]", "b/A.md": "[[S3]]"}
    notes = publish_vault(files).vault.notes
    assert (notes["a/A.md"].text, notes["b/A.md"].text) == ("private note", "[[S3]]")


def test_the_plan_of_a_public_note_places_its_private_embeds(publish_vault: Publish) -> None:
    files = {
        **SECRET,
        "A.md": "1. T\n\n![[Secret]]\n\ntext\n\n![[deep/Twice]]\n",
        "A.plan.yml": "topics:\n  - title: T\n    parts:\n      - Twice: Two\n      - Secret\n",
    }
    published = publish_vault(files)
    assert published.vault.plans["A.plan.yml"] == (
        "topics:\n  - title: T\n    parts:\n      - private note#2: Two\n      - private note\n"
    )


def test_a_canvas_is_published_without_private_cards_and_comments(publish_vault: Publish) -> None:
    canvas = (
        '{"nodes": [{"id": "1", "type": "file", "file": "deep/Twice.md", "subpath": "#x"}, '
        '{"id": "2", "type": "text", "text": "see [[Secret]] %% hush %% end"}], '
        '"edges": [{"id": "3", "label": "[[Secret|mine]]"}]}'
    )
    assert publish_vault({**SECRET, "C.canvas": canvas}).vault.attachments["C.canvas"].text == (
        '{"nodes": [{"id": "1", "type": "text", "text": "private note"}, '
        '{"id": "2", "type": "text", "text": "see private note  end"}], '
        '"edges": [{"id": "3", "label": "mine"}]}'
    )


@pytest.mark.parametrize(
    ("name", "typed", "shown"),
    [
        ("a.txt", "a\r\n[[Secret]] [[Secret|mine]]", "a\nprivate note mine"),
        ("a.txt", "[[Secret|![[Secret]]]] [x](<My note (2).md>)", "private note x"),
        ("a.csv", 'x,"![[deep/Twice]]",[s](Secret.md)', 'x,"private note",s'),
        ("a.html", '<a href="Secret.md">Secret</a>', "<a>private note</a>"),
        ("a.json", '{"a": "[[Secret]]"}', '{"a": "private note"}'),
        ("a.json", "[[Secret]]", "private note"),
        ("a.json", "[[2024]]", "[[2024]]"),
        ("a.txt", "Secret, [[Open]] %%x%%\r\n", "Secret, [[Open]] %%x%%\r\n"),
        ("a.bin", "\0 [[Secret]]", "\0 [[Secret]]"),
        ("a.txt", "\ufeffa [[Secret]]".encode("utf-16-le"), "a private note"),
    ],
)
def test_a_text_file_is_published_without_links_to_private_notes(
    name: str, typed: str | bytes, shown: str, build_vault: BuildVault
) -> None:
    """All else in it are the author's own words, and JSON stays JSON."""
    given: dict[str, str | bytes] = {"2024.md": "#private", "A.md": f"[a]({name})", name: typed}
    built = build_vault(SECRET | given)
    (file,) = built.media
    assert (built.vault.root.parent / "docs" / file).read_bytes() == shown.encode()


def test_all_of_a_canvas_is_published_without_comments_and_private_links(publish_vault: Publish) -> None:
    card = "```mermaid\n%% hush\n```\n\n%%\n\nhush\n\n%%\n\n> a <!-- hush --> b %% hush\n\nhush %% c\n\n"
    card += "|a|\n|-|\n|b \\| c %% hush \\| hush %% d|\n\n"
    card += '[x](u "%%hush%%") `%%a%%` [[Open|d %%hush%%]]\n\n<p>e<!-- hush --></p>'
    text = json.dumps({"nodes": [{"text": card}, "[[Secret]]"], "metadata": {"up": ["[[Secret]] %%hush%%"]}})
    published = json.loads(
        publish_vault({**SECRET, "C.canvas": text}).vault.attachments["C.canvas"].text or ""
    )
    shown = " ".join(published["nodes"][0]["text"].split())
    assert shown == '```mermaid ``` > a b c |a| |-| |b \\| c d| [x](u "") `%%a%%` [[Open|d ]] <p>e</p>'
    assert (published["nodes"][1], published["metadata"]) == ("private note", {"up": ["private note "]})


def test_a_plan_and_a_transcript_are_published_public_note(publish_vault: Publish) -> None:
    files = {
        **SECRET,
        "A.md": "1. T",
        "A.plan.yml": "topics:\n  - title: T %%hush%% [[Secret]]\n",
        "a.png": b"",
        "a.png.txt": "title: [[Secret]]\nimage: 1f\n---\n[[Secret|mine]]\n",
    }
    public = publish_vault(files).vault
    assert public.plans["A.plan.yml"] == "topics:\n  - title: T  private note\n"
    transcript = public.transcripts["a.png"]
    assert (transcript.title, transcript.paragraphs) == ("private note", ("mine",))


def test_an_alias_in_properties_that_cannot_be_read_is_known(publish_vault: Publish) -> None:
    head = "---\npublish: false\naliases: [Hushed one]\nalias:\n  - 'Hushed two'\nx: y: z\n---\n"
    notes = publish_vault({"S.md": head, "A.md": "[[hushed one]] [[Hushed two]]"}).vault.notes
    assert notes["A.md"].text == "private note private note"


def test_a_note_in_utf_16_is_private_if_it_says_so(publish_vault: Publish) -> None:
    assert rule_of(publish_vault({"A.md": "---\npublish: false\n---\n".encode("utf-16")})) == "publish"


def test_unclear_marks_are_reported(publish_vault: Publish) -> None:
    files = {"A.md": "---\npublish: later\n---\n", "B.md": "---\na: b: c\ndraft: true\n---\n", "C.md": ""}
    assert [str(problem) for problem in publish_vault(files).problems] == [
        "A.md:1: warning[unclear-publish] `publish: later` is neither true nor false, so the note is not "
        "published; write true or false",
        "B.md:1: warning[unclear-publish] its properties cannot be read and seem to keep it private, so it "
        "is not published; correct the properties",
    ]


def test_notes_outside_the_folders_are_private_not_missing(write_vault: WriteVault, tmp_path: Path) -> None:
    vault = write_vault({"pub/A.md": "[[B]] [[C]]", "B.md": "", "pub/C.md": ""})
    settings = replace(settings_for(vault, tmp_path / "docs"), notes=(vault / "pub",))
    published = read_public_vault(open_vault(settings)[0], settings)
    assert published.vault.notes["pub/A.md"].text == "private note [[C]]"
    assert published.verdicts["B.md"].rule == "outside"


def test_a_link_of_the_file_system_to_a_private_file_is_private(
    write_vault: WriteVault, tmp_path: Path
) -> None:
    vault = write_vault({"Diary/A.md": "", "Diary/a.png": b"", "B.md": ""})
    (vault / "C.md").symlink_to("Diary/A.md")
    (vault / "c.png").symlink_to(vault / "Diary/a.png")
    (vault / "D.md").symlink_to("B.md")
    settings = _settings(vault, tmp_path, private=("Diary/",))
    public = read_public_vault(open_vault(settings)[0], settings).vault
    assert (list(public.notes), list(public.attachments)) == (["B.md", "D.md"], [])


def test_a_note_that_becomes_private_takes_its_pages_with_it(build_vault: BuildVault) -> None:
    built: Build = build_vault({"A.md": "[[B]]", "B.md": "---\npublish: false\npermalink: b\n---\nx"})
    assert [path for path in built.files if "b" in path.lower()] == []


def _filters(*texts: str) -> str:
    return json.dumps({"userIgnoreFilters": texts})


@pytest.mark.parametrize(
    ("text", "private", "public"),
    [
        ("/^(?<year>\\d+)-\\k<year>\\//", "24-24/A.md", "24-25/A.md"),
        ("/^x[^]y/", "x/y.md", "xy.md"),
        ("/^[]|^B/", "B.md", "A.md"),
        ("/^\\p{L}+ \\p{N}/", "Größe 3.md", "- 3.md"),
        ("/^a\\/b/", "a/b.md", "ab.md"),
        ("/^\\u{1F600}/", "\N{GRINNING FACE}.md", "A.md"),
        ("/^\\i\\-/", "i-a.md", "A.md"),
    ],
)
def test_a_regular_expression_of_obsidian_is_one_of_javascript(
    text: str, private: str, public: str, publish_vault: Publish
) -> None:
    published = publish_vault({".obsidian/app.json": _filters(text), private: "x", public: "x"})
    assert (list(published.vault.notes), published.problems) == ([public], ())


@pytest.mark.parametrize("text", ["/(/", "/a)/", "/[z-a]/", "/\\u{FFFFFFFF}(/", "/a{99999999999}/"])
def test_one_that_cannot_be_read_keeps_all_private_and_is_told(text: str, publish_vault: Publish) -> None:
    published = publish_vault({".obsidian/app.json": _filters(text), "A.md": "x"})
    assert dict(published.vault.notes) == {}
    assert [(p.location.path, p.code) for p in published.problems] == [
        (".obsidian/app.json", "unread-setting")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "\u200b---\npublish: false\n---\nx",
        "%% a\nb %%\n---\npublish: false\n---\nx",
        "<!-- a -->\n\n---\ndraft: true\n---\nx",
        "---\npub\u200blish: false\n---\nx",
        "---\n\uff50ublish: false\n---\nx",
        "---\nprivate: true\n---\nx",
        "---\nPrivate: yes\n---\nx",
        "---\npublic: false\n---\nx",
    ],
)
def test_a_mark_that_nobody_reads_is_told_and_counts_on_doubt(text: str, publish_vault: Publish) -> None:
    published = publish_vault({"A.md": text})
    assert dict(published.vault.notes) == {}
    assert [problem.code for problem in published.problems] == ["unread-publish-mark"]


@pytest.mark.parametrize(
    "text",
    [
        "---\nprivate: false\n---\nx",
        "---\nprivate: the room of Jo\n---\nx",
        "---\npublic: true\n---\nx",
        "%% publish: false %%\nx",
        "%% a %%\n\nx\n\n---\n\ny",
    ],
)
def test_what_says_nothing_of_being_published_is_not_told(text: str, publish_vault: Publish) -> None:
    published = publish_vault({"A.md": text})
    assert (list(published.vault.notes), published.problems) == (["A.md"], ())


@pytest.mark.parametrize(
    "text",
    [
        "[#private][r]\n\n[r]: https://pages.example/",
        "[#private](https://pages.example/)",
        "[[B|#private]]",
        "![[B|#private]]",
        "(#private)",
        "| a | b |\n|---|---|\n| x | #Private |",
        "> [!note] #private/diary",
        "x[^1]\n\n[^1]: #private",
        "- [ ] a #private",
        "<p>#private</p>",
        "%% #private %%",
        "#pri\u200bvate",
    ],
)
def test_a_tag_that_a_reader_sees_keeps_the_note_private(text: str, publish_vault: Publish) -> None:
    """And the line is told, because the author may only have mentioned it."""
    published = publish_vault({"A.md": f"x\n\n{text}\n", "B.md": "x"})
    assert list(published.vault.notes) == ["B.md"]
    (problem,) = published.problems
    assert (problem.code, problem.location.path) == ("private-tag", "A.md")


@pytest.mark.parametrize(
    "text", ["\\#private", "`#private`", "a#private", "https://a.example/#private", "#privateer"]
)
def test_what_is_no_tag_keeps_nothing_private(text: str, publish_vault: Publish) -> None:
    published = publish_vault({"A.md": text})
    assert (list(published.vault.notes), published.problems) == (["A.md"], ())
