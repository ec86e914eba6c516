"""Whatever the reader looks for, in any language, from any page, on any screen: both searches find it."""

from __future__ import annotations

import gzip
import re
import shutil
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from notebinder.images.transcribing import hash_image
from notebinder.vault.model import PlacedWord, Places, Transcript
from notebinder.vault.places import format_places, places_file
from tests.browser.conftest import Reader, Scheme, Site, build_vault_site, expect_title
from tests.browser.engines import ENGINES, give_to_pagefind
from tests.browser.test_screenshots import draw_slide
from tests.browser.test_search import opens_search

NOTES = {
    "Bread.md": """\
---
aliases: [A loaf]
---

A page about bread. See [[Kneading]], where zythum stands in the sentence of a link.

## Levain

Feed the levain with buckwheat twice a day.

## Oven

![[Pasted image 20240105081700.png]]
""",
    "Kneading.md": "---\ntags: [handcraft]\n---\n\nA test.\n\n## Resting\n\nCover it with <b>linen</b>.\n",
    "数据库.md": (
        "这是关于数据库的笔记。\n\n## 事务隔离\n\n系统使用事务隔离级别来控制并发访问，也支持MySQL复制。\n"
    ),
    "検索.md": (
        "全文検索についてのノート。\n\n"
        "## 分かち書き\n\nこの文章は空白がなくても、データベースの語を見つけられる。\n"
    ),
    "ملاحظات.md": "هذه ملاحظات عن الخبز.\n\n## قاعدة البيانات\n\nتخزن الخوادم المعلومات، ثم تنسخها.\n",
    "ภาษาไทย.md": "บันทึกนี้เกี่ยวกับขนมปัง\n\n## การนวด\n\nพักแป้งไว้หนึ่งชั่วโมงก่อนอบ\n",
    **{
        f"Animals/Marsupial {number:02}.md": f"---\ntags: pouched\n---\n\nQuokka number {number}.\n"
        for number in range(1, 24)
    },
}
SLIDE = "Pasted image 20240105081700.png"
PLACES = (
    (PlacedWord("Heat", 80, 60, 150, 60),),
    (
        PlacedWord("Zirconia", 80, 200, 150, 40),
        PlacedWord("keeps", 250, 200, 110, 40),
        PlacedWord("the", 380, 200, 60, 40),
        PlacedWord("warmth", 460, 200, 140, 40),
    ),
)
AT_ONCE = 4
"""So many pages Pagefind's search loads before it shows any."""
EVERYWHERE = [
    ("buckwheat", "bread/#levain"),
    ("linen", "kneading/#resting"),
    ("handcraft", "kneading/"),
    ("zirconia", "bread/#figure-pasted-image-20240105081700"),
    ("隔离级别", "数据库/#事务隔离"),
    ("mysql", "数据库/#事务隔离"),
    ("データベース", "検索/#分かち書き"),
    ("空白", "検索/#分かち書き"),
    ("الخوادم", "ملاحظات/#قاعدة-البيانات"),
    ("หนึ่งชั่วโมง", "ภาษาไทย/#การนวด"),
]


@pytest.fixture(scope="module")
def built(root: Path, origin: str, tmp_path_factory: pytest.TempPathFactory) -> Site:
    vault = tmp_path_factory.mktemp("anywhere")
    for name, text in NOTES.items():
        (vault / name).parent.mkdir(exist_ok=True)
        (vault / name).write_text(text, "utf-8")
    draw_slide(vault / SLIDE, Transcript("Heat", ("Zirconia keeps the warmth",), ""))
    places = Places(hash_image((vault / SLIDE).read_bytes()), (1280, 720), PLACES)
    places_file(vault / SLIDE).write_text(format_places(places), "utf-8")
    build_vault_site(vault, root / "anywhere")
    return Site(f"{origin}anywhere/", root / "anywhere")


@pytest.fixture(scope="module")
def given(built: Site, root: Path, origin: str) -> Site:
    """The same site, given to Pagefind."""
    return Site(f"{origin}anywhere-found/", give_to_pagefind(built.folder, root / "anywhere-found"))


@pytest.fixture(scope="module")
def slow(given: Site, root: Path, origin: str) -> Site:
    """The same again, where every search counts as a slow one."""
    shutil.copytree(given.folder, root / "anywhere-slow")
    worker = root / "anywhere-slow/assets/notebinder/search-large.js"
    whole = worker.read_text("utf-8")
    assert "SLOW=100" in whole
    worker.write_text(whole.replace("SLOW=100", "SLOW=-1"), "utf-8")
    return Site(f"{origin}anywhere-slow/", root / "anywhere-slow")


@pytest.fixture(scope="module", params=ENGINES)
def anywhere(request: pytest.FixtureRequest, built: Site, given: Site) -> Site:
    return {"minisearch": built, "pagefind": given}[request.param]


def search(page: Page, query: str) -> None:
    """Type a query into the box instead of the one before."""
    page.keyboard.press("Control+k")
    page.get_by_role("textbox", name="Search").fill("")
    expect(page.locator(".md-search-result__meta")).to_contain_text("Type")
    page.keyboard.type(query)
    expect(page.locator(".md-search-result__list")).to_have_attribute("data-query", query)
    expect(page.locator(".md-search-result__meta")).to_contain_text("matching document")


def hit(page: Page, address: str) -> Locator:
    """The hit that leads to an address, whatever words are to be marked there."""
    path, _, section = quote(address, safe=":/#%").partition("#")
    place = f"[href$='#{section}']" if section else ":not([href*='#'])"
    return page.locator(f".md-search-result__link[href^='{path}?']{place}")


@pytest.mark.parametrize("start", ["", "bread/", "数据库/", "ملاحظات/"])
def test_a_word_is_found_from_a_page_of_any_language(reader: Reader, anywhere: Site, start: str) -> None:
    page = opens_search(reader, anywhere.address + start)
    for query, address in EVERYWHERE:
        search(page, query)
        expect(hit(page, anywhere.address + address)).to_have_count(1)


def test_text_that_comes_without_a_key_is_searched(reader: Reader, anywhere: Site) -> None:
    """It may be pasted with the mouse, chosen from a list, or spoken."""
    page = opens_search(reader, anywhere.address)
    page.keyboard.press("/")
    page.keyboard.insert_text("buckwheat")
    expect(hit(page, f"{anywhere.address}bread/#levain")).to_have_count(1)


def test_a_run_of_letters_is_found_only_as_it_stands(reader: Reader, anywhere: Site) -> None:
    """The letters of 隔系 are both on the page, but not in this order."""
    page = opens_search(reader, anywhere.address)
    page.keyboard.press("/")
    page.keyboard.type("隔系")
    expect(page.locator(".md-search-result__meta")).to_contain_text("No matching documents")


def test_a_run_of_letters_is_marked_as_a_whole(reader: Reader, anywhere: Site) -> None:
    page = opens_search(reader, anywhere.address)
    search(page, "隔离级别")
    section = hit(page, f"{anywhere.address}数据库/#事务隔离")
    expect(section.locator("mark").filter(has_text="隔离级别")).to_have_text("隔离级别")
    section.click()
    expect(page.locator("article mark[data-md-highlight]")).to_have_text(["隔离级别"])


@pytest.mark.parametrize("key", ["/", "s", "f", "Control+k", "Meta+k"])
def test_a_key_opens_the_box_arrows_and_enter_lead_to_a_hit(reader: Reader, anywhere: Site, key: str) -> None:
    page = opens_search(reader, anywhere.address)
    page.keyboard.press(key)
    page.keyboard.type("levain")
    address = f"{anywhere.address}bread/?h=levain#levain"
    hit = page.locator(f".md-search-result__link[href='{address}']")
    expect(hit).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(hit).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(address)


def test_enter_leads_to_the_best_hit_and_escape_closes(reader: Reader, anywhere: Site) -> None:
    page = opens_search(reader, anywhere.address)
    search(page, "levain")
    page.keyboard.press("Escape")
    expect(page.locator(".nb-search")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.locator(".nb-search")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{anywhere.address}bread/?h=levain#levain")


def test_enter_waits_for_the_answer(reader: Reader, anywhere: Site) -> None:
    """What is still shown was found for other words."""
    page = opens_search(reader, anywhere.address)
    search(page, "levain")
    page.get_by_role("textbox", name="Search").fill("linen")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{anywhere.address}kneading/?h=linen#resting")


def test_enter_leads_to_the_first_of_many_hits_for_a_tag(reader: Reader, anywhere: Site) -> None:
    """Though not all of them are loaded by then."""
    page = opens_search(reader, anywhere.address)
    search(page, "pouched")
    first = page.locator(".md-search-result__item h1").first
    expect(first).to_contain_text("Marsupial")
    title = first.inner_text()
    page.keyboard.press("Enter")
    expect_title(page, title)


def test_a_folder_or_a_tag_narrows_the_search(reader: Reader, anywhere: Site) -> None:
    page = opens_search(reader, anywhere.address)
    search(page, "handcraft")
    told, found = page.locator(".md-search-result__meta"), page.locator(".md-search-result__item")
    expect(hit(page, f"{anywhere.address}kneading/")).to_be_visible()
    page.get_by_label("With which tag").select_option("pouched")
    expect(told).to_contain_text("No matching documents")
    page.get_by_label("With which tag").select_option("handcraft")
    expect(found).to_have_count(1)
    page.get_by_label("Where to search").select_option("Animals")
    expect(told).to_contain_text("No matching documents")
    page.get_by_label("With which tag").select_option("")
    search(page, "pouched")
    expect(told).to_have_text("23 matching documents")


def test_a_changed_index_fills_the_filters_anew(reader: Reader, built: Site) -> None:
    """As happens while serving; what is chosen stays."""
    page = opens_search(reader, built.address)
    search(page, "pouched")
    tags = page.get_by_label("With which tag")
    tags.select_option("pouched")
    before = tags.locator("option").all_inner_texts()
    with page.expect_response("**/search_index.json"):
        page.evaluate("document.dispatchEvent(new Event('notebinder:search'))")
    search(page, "quokka")
    assert tags.locator("option").all_inner_texts() == before == ["Any tag", "handcraft", "pouched"]
    expect(tags).to_have_value("pouched")


def test_a_hit_in_a_picture_shows_the_strip_where_the_word_stands(reader: Reader, anywhere: Site) -> None:
    """Cut from the page that shows the picture; the place for it is kept, so that nothing moves."""
    page = opens_search(reader, anywhere.address)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/bread/", hold)
    with page.expect_request("**/bread/"):
        search(page, "warmth")
    found = page.locator(".md-search-result__item")
    before = found.bounding_box()
    held[0].continue_()
    word = page.locator(".nb-hit-strip i")
    page.wait_for_function("() => document.querySelector('.nb-hit-strip img')?.naturalWidth")
    expect(word).to_be_visible()
    strip, place = page.locator(".nb-hit-strip").bounding_box(), word.bounding_box()
    assert strip is not None
    assert place is not None
    assert strip["x"] <= place["x"] < place["x"] + place["width"] <= strip["x"] + strip["width"]
    assert strip["y"] <= place["y"] < place["y"] + place["height"] <= strip["y"] + strip["height"]
    assert found.bounding_box() == before


@pytest.mark.parametrize("start", ["", "bread/"])
def test_a_hit_in_a_picture_is_marked_in_it(reader: Reader, anywhere: Site, start: str) -> None:
    """Where its words are set as wide as they are there, from another page and on the same one."""
    page = opens_search(reader, anywhere.address + start)
    marked = page.locator("figure .nb-words span mark")
    for query, word in (("zirconia", "Zirconia"), ("warm", "warmth")):
        search(page, query)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/bread/?h={query}#figure-pasted-image-20240105081700")
        expect(marked).to_have_text([word])
        expect(page.locator("figure")).to_be_in_viewport()


@pytest.mark.parametrize(("platform", "keys"), [("Linux x86_64", "Ctrl K"), ("MacIntel", "⌘K")])
def test_what_opens_the_search_says_the_keys(reader: Reader, built: Site, platform: str, keys: str) -> None:
    page = reader.opens()
    page.add_init_script(f"Object.defineProperty(navigator, 'platform', {{ get: () => '{platform}' }})")
    page.goto(built.address)
    expect(page.locator(".nb-search-open kbd")).to_have_text(keys)
    page.locator(".nb-search-open").click()
    expect(page.get_by_role("textbox", name="Search")).to_be_focused()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_search_opens_in_the_middle_or_fills_a_phone(reader: Reader, built: Site, width: int) -> None:
    page = opens_search(reader, built.address, width=width)
    page.keyboard.press("Control+k")
    place = page.locator(".nb-search").bounding_box()
    assert place is not None
    assert abs(place["x"] * 2 + place["width"] - width) <= 1
    assert (place["width"] == width) == (place["height"] == 800) == (width == 390)


def test_a_mistyped_word_finds_what_was_meant_and_says_so(reader: Reader, anywhere: Site) -> None:
    """The role makes a screen reader tell it, the number of pages with it."""
    page = opens_search(reader, anywhere.address)
    told = page.locator(".nb-search").get_by_role("status")
    for mistyped in ("bukcwheat", "buckwheet", "buckkwheatt", "bckwheat"):
        search(page, mistyped)
        expect(told).to_have_text("1 matching document: results for buckwheat")
        expect(hit(page, f"{anywhere.address}bread/#levain").locator("mark")).to_have_text("buckwheat")
    search(page, "buckwheat")
    expect(told).to_have_text("1 matching document")


def test_where_nothing_is_found_the_nearest_word_is_offered(reader: Reader, anywhere: Site) -> None:
    page = opens_search(reader, anywhere.address)
    page.keyboard.press("/")
    page.keyboard.type("lxnxn")
    told = page.locator(".nb-search").get_by_role("status")
    expect(told).to_have_text("No matching documents. Did you mean linen?")
    told.get_by_role("button", name="linen").click()
    expect(hit(page, f"{anywhere.address}kneading/#resting")).to_be_visible()


@pytest.mark.parametrize(("query", "first"), [("Kneading", "kneading/"), ("a loaf", "bread/")])
def test_the_page_with_just_this_title_or_alias_comes_first(
    reader: Reader, anywhere: Site, query: str, first: str
) -> None:
    """With an excerpt, though the words may stand in other pages more often."""
    page = opens_search(reader, anywhere.address)
    search(page, query)
    found = page.locator(".nb-hit").first
    expect(found).to_have_attribute("href", re.compile(f"^{re.escape(anywhere.address + first)}[?]"))
    expect(found.locator(".nb-hit-text")).not_to_be_empty()


def test_a_search_works_after_moving_on_without_loading(reader: Reader, anywhere: Site) -> None:
    page = opens_search(reader, anywhere.address)
    search(page, "levain")
    hit(page, f"{anywhere.address}bread/#levain").click()
    page.wait_for_url("**/bread/?h=levain#levain")
    expect(page.locator(".nb-search")).to_be_hidden()
    search(page, "linen")
    expect(hit(page, f"{anywhere.address}kneading/#resting")).to_be_visible()


def test_what_stands_around_a_page_is_not_found(reader: Reader, anywhere: Site) -> None:
    """Kneading shows the sentence that links to it; the navigation and the list of all notes name it."""
    page = opens_search(reader, anywhere.address)
    for query, pages in {"zythum": ["bread/"], "kneading": ["kneading/", "bread/", "tags/"]}.items():
        search(page, query)
        expect(page.locator(".md-search-result__item")).to_have_count(len(pages))
        found = page.locator(".nb-hit").evaluate_all("all => all.map(hit => decodeURI(hit.pathname))")
        assert sorted(found) == sorted(f"/{anywhere.folder.name}/{address}" for address in pages)


SCROLL_UNTIL_ALL_ARE_THERE = """all => {
    const box = document.querySelector(".nb-search-hits")
    box.scrollTo(0, box.scrollTop ? 0 : box.scrollHeight)
    return box.querySelectorAll(".md-search-result__item").length >= all
}"""


def test_every_hit_is_shown_to_who_scrolls(reader: Reader, anywhere: Site) -> None:
    page = opens_search(reader, anywhere.address)
    search(page, "quokka")
    expect(page.locator(".md-search-result__meta")).to_have_text("23 matching documents")
    items = page.locator(".md-search-result__item")
    page.wait_for_function(SCROLL_UNTIL_ALL_ARE_THERE, arg=23, polling=100)
    expect(items).to_have_count(23)
    for item in items.all():
        item.scroll_into_view_if_needed()
        expect(item.locator("mark", has_text="Quokka")).to_be_attached()
    links = {str(link.get_attribute("href")) for link in items.locator("a").all()}
    assert links == {f"{anywhere.address}animals/marsupial-{number:02}/?h=quokka" for number in range(1, 24)}


LOOK = """([link]) => [link, ...link.querySelectorAll('h2, p, mark')].map(it => {
    const style = getComputedStyle(it)
    return [it.localName, style.color, style.backgroundColor, style.font, style.display]
})"""


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390)]
)
def test_a_hit_looks_the_same_whoever_finds_it(
    reader: Reader, built: Site, given: Site, scheme: Scheme, width: int
) -> None:
    """In light and dark, on a desk and on a phone, where it stands within the screen."""
    looks, titles = [], []
    for site in (built, given):
        page = opens_search(reader, site.address, scheme=scheme, width=width)
        search(page, "buckwheat")
        link = page.locator(f"a[href='{site.address}bread/?h=buckwheat#levain']")
        expect(link).to_have_count(1)
        page.evaluate("document.fonts.ready.then(() => true)")  # until then stand-ins are shown
        looks.append(link.evaluate_all(LOOK))
        titles.append(
            page.locator(".md-search-result__item h1, .md-search-result__item h2").all_inner_texts()
        )
        box = link.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    assert looks[0] == looks[1]
    assert titles == [["Bread", "Levain"]] * 2
    assert [name for name, *_ in looks[0]] == ["a", "h2", "p", "mark"]


_ENDED = """query => {
    const list = document.querySelector(".md-search-result__list")
    return list.dataset.query === query && list.ariaBusy !== "true"
}"""
_HEAR = """
window.told = [];
window.Worker = class extends Worker {
    constructor(...given) {
        super(...given);
        const hear = ({ type, count }) => type === "result" && told.push(count);
        this.addEventListener("message", (event) => hear(event.data));
    }
};"""


@pytest.mark.parametrize(("which", "begun", "query", "told"), [
    ("given", "quokk", "quokka", [23]),
    ("slow", "quokk", "quokka", [4, 23]),
    ("slow", "quo", "quotation", [0]),
    ("slow", "number 1", "number 12", [1]),
    ("slow", "linen", "buckwheat", [1]),
    ("given", "データベ", "データベー", [1, 1]),
    ("given", "データベ", "データベース", [1]),
    ("given", "データベ", "データベル", [0]),
])  # fmt: skip
def test_what_was_found_is_shown_while_a_longer_word_is_searched(
    reader: Reader, which: str, begun: str, query: str, told: list[int], request: pytest.FixtureRequest
) -> None:
    """Where that may take long; but only what has that word, too."""
    site = request.getfixturevalue(which)
    page = reader.opens()
    page.add_init_script(_HEAR)
    page.goto(site.address)
    expect(page.locator(".md-search-result__meta")).to_contain_text("Type")
    page.keyboard.press("/")
    search(page, begun)
    page.wait_for_function(_ENDED, arg=begun)
    page.evaluate("told.length = 0")
    page.get_by_role("textbox", name="Search").fill(query)
    page.wait_for_function(_ENDED, arg=query)
    assert page.evaluate("told") == told


def test_the_search_of_a_large_site_loads_only_pieces(reader: Reader, given: Site) -> None:
    """Before the reader types, nothing of it; then what the words need, and the pages that are seen."""
    page = reader.opens()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(given.address)))
    page.goto(given.address)
    expect(page.locator(".md-search-result__meta")).to_contain_text("Type")
    at_rest = [path for path in asked if path.startswith("search/")]
    assert at_rest == []
    search(page, "quokka")
    expect(page.locator(".md-search-result__item mark").first).to_be_visible()
    pieces = [path.partition("?")[0] for path in asked if path.startswith("search/")]
    kinds = [Path(path).suffix for path in pieces]
    assert sorted(set(kinds)) == [
        *(".js", ".json", ".pagefind", ".pf_fragment", ".pf_index", ".pf_meta", ".txt")
    ]
    assert kinds.count(".pf_fragment") < 23
    first = [*pieces, *(path for path in asked if re.search("/search-|minisearch|stemmer", path))]
    sizes = [(given.folder / path).stat().st_size for path in first]
    assert sum(sizes) <= 190_000


def test_a_page_is_loaded_once_however_often_it_is_found(reader: Reader, given: Site) -> None:
    page = reader.opens()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/fragment/" in request.url else None)
    page.goto(given.address)
    expect(page.locator(".md-search-result__meta")).to_contain_text("Type")
    for query in ("buckwheat", "levain", "buckwheat"):
        search(page, query)
        expect(hit(page, f"{given.address}bread/#levain").locator("mark").first).to_be_attached()
    assert len(asked) == len(set(asked)) == 1


def test_a_hit_that_could_not_be_loaded_is_asked_for_again(reader: Reader, given: Site) -> None:
    """By the next search, and, where others are shown, after a while."""
    page = opens_search(reader, given.address)
    lost = re.compile("/fragment/")
    page.route(lost, lambda route: route.fulfill(status=503))
    page.keyboard.press("/")
    box = page.get_by_role("textbox", name="Search")
    with page.expect_response(lost):
        box.fill("buckwheat")
    page.unroute(lost)
    search(page, "buckwheat")
    expect(hit(page, f"{given.address}bread/#levain").locator("mark")).to_have_text("buckwheat")

    asked: list[Route] = []

    def lose_later_ones(route: Route) -> None:
        asked.append(route)
        if len(asked) > AT_ONCE:
            route.fulfill(status=503)
        else:
            route.continue_()

    page.route(lost, lose_later_ones)
    with page.expect_response(lambda answer: bool(lost.search(answer.url)) and answer.status == 503):
        search(page, "marsupial")
        page.locator(".md-search-result__item").last.scroll_into_view_if_needed()
    page.unroute(lost)
    expect(page.locator(".md-search-result__item").nth(AT_ONCE)).to_contain_text("Quokka")
    assert all("503" in fault for fault in reader.watch.faults)
    reader.watch.faults.clear()


def test_pieces_are_read_as_they_come_from_a_host_that_unpacks_them(reader: Reader, given: Site) -> None:
    unpacked: list[str] = []

    def unpack(route: Route) -> None:
        path = route.request.url.removeprefix(given.address)
        unpacked.append(Path(path).suffix)
        route.fulfill(body=gzip.decompress((given.folder / path).read_bytes()))

    page = reader.opens()
    page.route(re.compile(r"\.(pf_\w+|pagefind)$"), unpack)
    page.goto(given.address)
    expect(page.locator(".md-search-result__meta")).to_contain_text("Type")
    search(page, "buckwheat")
    expect(hit(page, f"{given.address}bread/#levain").locator("mark")).to_have_text("buckwheat")
    assert {".pagefind", ".pf_fragment", ".pf_index", ".pf_meta"} == set(unpacked)
