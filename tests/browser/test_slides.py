"""Living screenshots: their words, the viewer, the night and the phone."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageStat
from playwright.sync_api import Page, expect

from tests.browser.conftest import Reader, Scheme, Site, point_at
from tests.browser.pieces import BOX, BULLET, SIZE
from tests.support.pictures import colour_at

WIDE, PHONE = 1280, 390


@pytest.fixture
def page(reader: Reader, pieces: Site) -> Page:
    return reader.opens(f"{pieces.address}slides/")


@pytest.fixture(params=[(WIDE, "light"), (WIDE, "dark"), (PHONE, "light"), (PHONE, "dark")])
def any_page(reader: Reader, pieces: Site, request: pytest.FixtureRequest) -> Page:
    """The same on every screen, in both colours."""
    width, scheme = request.param
    return reader.opens(f"{pieces.address}slides/", width=width, scheme=scheme)


def selected(page: Page) -> str:
    return str(page.evaluate("getSelection().toString()"))


def picture_of(page: Page, number: int = 0) -> Image.Image:
    """The first slide as the screen shows it, as wide as the file."""
    page.mouse.move(0, 0)
    shot = page.locator("figure .nb-zoom").nth(number).screenshot(animations="disabled")
    return Image.open(BytesIO(shot)).convert("RGB").resize(SIZE)


def pixels(page: Page, *places: tuple[float, float]) -> list[tuple[int, ...]]:
    """The colours that the screen shows at some places."""
    page.mouse.move(0, 0)
    shot = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    return [tuple(shot.crop((round(x), round(y), round(x) + 1, round(y) + 1)).tobytes()) for x, y in places]


def test_words_are_copied_in_reading_order(any_page: Page) -> None:
    any_page.locator(".nb-words").first.evaluate("words => getSelection().selectAllChildren(words)")
    assert selected(any_page).strip() == f"First slide\n{BULLET}"


def test_the_browsers_search_finds_words_across_others(any_page: Page) -> None:
    assert any_page.evaluate(f"find('{BULLET}')")
    assert selected(any_page) == BULLET


def test_nothing_is_pushed_about_while_a_page_of_pictures_loads(any_page: Page) -> None:
    moved = any_page.evaluate(
        """() => new Promise((resolve) => {
          const observer = new PerformanceObserver(() => {});
          observer.observe({ type: "layout-shift", buffered: true });
          requestAnimationFrame(() => resolve(observer.takeRecords().map(({ value }) => value)));
        })"""
    )
    assert sum(moved) < 0.01


def test_the_viewer_shows_the_original_in_all_colours(any_page: Page) -> None:
    any_page.locator(".nb-zoom").first.focus()
    any_page.keyboard.press("Enter")
    image = any_page.get_by_role("dialog", name="Pictures").get_by_alt_text("First slide")
    expect(image).to_be_visible()
    assert image.evaluate("image => getComputedStyle(image).filter") == "none"
    any_page.keyboard.press("Escape")
    expect(any_page.locator(".pswp")).to_have_count(0)
    expect(any_page.locator(".nb-zoom").first).to_be_focused()


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_a_word_stands_where_the_picture_has_it(reader: Reader, pieces: Site, width: int) -> None:
    """At any width: all that is dark in its box is the word, and beside the words nothing is."""
    page = reader.opens(f"{pieces.address}slides/", width=width)
    boxes = page.locator(".nb-words").first.evaluate(
        """words => {
          const all = words.getBoundingClientRect();
          return [...words.querySelectorAll("span")].map((word) => {
            const box = word.getBoundingClientRect();
            return [(box.left - all.left) / all.width, (box.top - all.top) / all.height,
                    (box.right - all.left) / all.width, (box.bottom - all.top) / all.height];
          });
        }"""
    )
    assert len(boxes) == len(f"First slide {BULLET}".split())
    dark = picture_of(page).convert("L").point(lambda value: 255 * (value < 128))
    words = Image.new("L", SIZE)
    for left, top, right, bottom in boxes:
        place = (left * SIZE[0], top * SIZE[1], right * SIZE[0], bottom * SIZE[1])
        box = tuple(round(edge) for edge in place)
        assert ImageStat.Stat(dark.crop(box)).mean[0] > 8
        words.paste(255, (box[0] - 8, box[1] - 8, box[2] + 8, box[3] + 8))
    dark.paste(0, (0, 0), words)
    dark.paste(0, BOX)
    assert ImageStat.Stat(dark).sum[0] / 255 < 40


def test_a_screen_reader_hears_the_words_once(page: Page) -> None:
    heard = page.locator("figure").first.aria_snapshot()
    assert heard.count("Messages") == 1
    assert page.locator(".nb-words").first.get_attribute("aria-hidden") is None
    assert page.locator("figure img").first.get_attribute("alt") == "First slide"


def test_the_viewer_shows_all_of_a_picture_and_the_keyboard_leads_on(page: Page) -> None:
    page.locator(".nb-zoom").first.focus()
    page.keyboard.press("Enter")
    viewer = page.get_by_role("dialog", name="Pictures")
    image = viewer.get_by_alt_text("First slide")
    expect(image).to_be_visible()
    box = image.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= WIDE
    assert abs(box["width"] / box["height"] - SIZE[0] / SIZE[1]) < 0.01
    caption = viewer.locator(".nb-viewer-caption")
    expect(caption).to_have_text("First slide")
    place = caption.bounding_box()
    assert place
    assert place["y"] >= box["y"] + box["height"] - 1
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(caption).to_have_text("Third slide")
    page.keyboard.press("Escape")
    expect(viewer).to_have_count(0)
    expect(page.locator(".nb-zoom", has=page.get_by_alt_text("Third slide"))).to_be_focused()


def test_back_closes_the_viewer_and_stays_on_the_page(reader: Reader, pieces: Site) -> None:
    page = reader.opens(pieces.address)
    point_at(page)
    page.locator("article").get_by_role("link", name="slides").click()
    page.locator(".nb-zoom").nth(1).click(position={"x": 4, "y": 4})
    expect(page.locator(".pswp .nb-viewer-caption")).to_have_text("Second slide")
    page.go_back()
    expect(page.locator(".pswp")).to_have_count(0)
    assert page.url.endswith("/slides/")
    expect(page.locator(".nb-zoom").nth(1)).to_be_focused()


def test_a_picture_is_zoomed_with_its_words(page: Page) -> None:
    page.locator(".nb-zoom").first.click(position={"x": 4, "y": 4})
    image = page.locator(".pswp").get_by_alt_text("First slide")
    expect(image).to_be_visible()
    page.wait_for_function("document.querySelector('.pswp--open.pswp--ui-visible')")
    before = image.bounding_box()
    page.keyboard.press("z")
    page.get_by_role("button", name="Zoom").click()
    page.wait_for_function(
        "width => document.querySelector('.pswp__img').getBoundingClientRect().width > 1.5 * width",
        arg=before["width"] if before else 0,
    )
    zoomed, words = image.bounding_box(), page.locator(".pswp .nb-words").first.bounding_box()
    assert zoomed
    assert words
    assert words["width"] == pytest.approx(zoomed["width"], abs=1)


def test_words_are_no_hindrance_to_the_viewer_and_a_selection_opens_none(page: Page) -> None:
    word = page.locator(".nb-words span").first
    word.dblclick()
    assert selected(page).strip() == "First"
    expect(page.locator(".pswp")).to_have_count(0)
    page.evaluate("getSelection().removeAllRanges()")
    word.click()
    expect(page.locator(".pswp .nb-viewer-caption")).to_have_text("First slide")


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_a_white_picture_is_dark_at_night_and_its_colours_stay(
    reader: Reader, pieces: Site, width: int
) -> None:
    page = reader.opens(f"{pieces.address}slides/", width=width, scheme="dark")
    page.locator("figure img").first.scroll_into_view_if_needed()
    shown = picture_of(page)
    middle = ((BOX[0] + BOX[2]) // 2, (BOX[1] + BOX[3]) // 2)
    assert shown.getpixel(middle) == pytest.approx((255, 153, 0), abs=3)
    assert max(colour_at(shown, (640, 320))) < 40
    assert ImageStat.Stat(shown.convert("L")).mean[0] < 0.25 * 255
    button = page.get_by_role("button", name="Show as it is").first
    button.click()
    assert min(colour_at(picture_of(page), (640, 320))) > 200
    expect(button).to_have_attribute("aria-pressed", "true")


def test_by_day_a_picture_is_as_it_is(page: Page) -> None:
    assert min(colour_at(picture_of(page), (640, 320))) > 250
    expect(page.get_by_role("button", name="Show as it is")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_a_tap_turns_a_slide_into_text(reader: Reader, pieces: Site, scheme: Scheme) -> None:
    page = reader.opens(f"{pieces.address}slides/", width=PHONE, scheme=scheme)
    page.get_by_role("button", name="Read as text").first.click()
    expect(page.locator("figure .nb-picture").first).to_be_hidden()
    expect(page.get_by_role("listitem").filter(has_text=BULLET).first).to_be_visible()
    page.reload()
    expect(page.locator("figure .nb-picture").first).to_be_hidden()
    page.get_by_role("button", name="Show the picture").first.click()
    expect(page.locator("figure .nb-picture").first).to_be_visible()


def test_a_picture_that_can_be_read_offers_no_text(page: Page) -> None:
    expect(page.get_by_role("button", name="Read as text")).to_have_count(0)


@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", [".nb-gallery-frame", ".nb-card-picture"])
def test_a_small_picture_is_shown_whole_and_at_night_dark_but_for_its_colours(
    reader: Reader, pieces: Site, width: int, scheme: Scheme, place: str
) -> None:
    page = reader.opens(f"{pieces.address}gallery/", width=width, scheme=scheme)
    image = page.locator(f"{place} img").first
    image.scroll_into_view_if_needed()
    image.evaluate("image => image.decode()")
    box = image.bounding_box()
    frame = page.locator(place).first.bounding_box()
    assert box
    assert frame
    assert box["width"] / box["height"] == pytest.approx(SIZE[0] / SIZE[1], rel=0.02)
    if place == ".nb-gallery-frame":
        assert frame["height"] + 1 >= box["height"] > 0.9 * frame["height"]
    coloured, paper = pixels(
        page,
        *((box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in [(0.8, 0.55), (0.5, 0.5)]),
    )
    assert coloured == pytest.approx((255, 153, 0), abs=3)
    assert max(paper) < 40 if scheme == "dark" else min(paper) > 250


def test_a_card_without_a_picture_is_set_as_type(reader: Reader, pieces: Site) -> None:
    page = reader.opens(f"{pieces.address}gallery/")
    sizes = page.locator(".nb-card-title").evaluate_all(
        "titles => titles.map((title) => parseFloat(getComputedStyle(title).fontSize))"
    )
    assert sizes[1] > 1.15 * sizes[0]
    assert (
        page.locator(".nb-card-link").last.evaluate("card => getComputedStyle(card, '::before').content")
        == "none"
    )


def test_by_day_the_copies_that_keep_colours_are_not_seen(page: Page) -> None:
    kept = page.locator(".nb-kept")
    expect(kept).not_to_have_count(0)
    expect(page.locator(".nb-kept:visible")).to_have_count(0)


@pytest.mark.parametrize("path", ["slides/", "gallery/"])
def test_paper_has_the_pictures_as_they_were(reader: Reader, pieces: Site, path: str) -> None:
    page = reader.opens(f"{pieces.address}{path}", scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    filters = page.locator("article img:not(.nb-kept)").evaluate_all(
        "images => images.map((image) => getComputedStyle(image).filter)"
    )
    assert {*filters} == {"none"}
    for layer in (".nb-kept", ".nb-words", ".nb-day"):
        assert page.locator(f"{layer}:visible").count() == 0


@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_link_to_words_marks_them_in_the_picture(
    reader: Reader, pieces: Site, width: int, scheme: Scheme
) -> None:
    page = reader.opens(f"{pieces.address}slides/#:~:text=Third%20slide", width=width, scheme=scheme)
    page.wait_for_function("scrollY > 0")
    layer = page.locator(".nb-words").nth(2)
    page.wait_for_function("words => !words.querySelector('[data-words]')", arg=layer.element_handle())
    places = layer.locator("span").evaluate_all(
        """spans => spans.map((span) => {
          const box = span.getBoundingClientRect();
          return [box.left + 2, box.bottom - 2];
        })"""
    )
    marked = [red > blue + 40 and green > blue + 30 for red, green, blue in pixels(page, *places)]
    assert marked == [True, True, False, False, False, False, False]
