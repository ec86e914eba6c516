"""The gallery lists each screenshot once, as it was taken."""

from markdown import markdown

from notebinder.images.gallery import THUMBNAIL_WIDTH, Shot, gallery_markdown
from notebinder.vault.model import Figure

FIRST = "assets/Pasted image 20241211175933.png"
SECOND = "Pasted image 20241211180000.png"
THIRD = "Pasted image 20241212090000.png"


def show(figure: Figure) -> str:
    return f"[{figure.source.rpartition('/')[2]} {figure.width}x{figure.height}]"


def shot(source: str, href: str = "../s3/#storage", title: str = "") -> Shot:
    return Shot(Figure(source, None, title=title, width=900, height=500), href)


def test_screenshots_stand_in_capture_order_grouped_by_day() -> None:
    shots = [
        shot(THIRD, "../vpc/#a"),
        shot("diagram.png"),
        shot(SECOND),
        shot(FIRST, title="Classes & <tiers>"),
    ]
    assert gallery_markdown(shots, show) == (
        '<p class="nb-facts" data-generated data-search-exclude>'
        "4 screenshots, taken 11–12 December 2024</p>\n"
        "\n"
        "## 11 December 2024 { #2024-12-11 data-generated }\n"
        "\n"
        '<ul class="nb-gallery" data-generated data-search-exclude>\n'
        '<li><a href="../s3/&#35;storage">'
        '<span class="nb-gallery-frame">[Pasted image 20241211175933.png 240xNone]</span>'
        '<span class="nb-gallery-title" aria-hidden="true">Classes &#38; &#60;tiers&#62;</span>'
        '<time datetime="2024-12-11T17:59:33">17:59</time></a></li>\n'
        '<li><a href="../s3/&#35;storage">'
        '<span class="nb-gallery-frame">[Pasted image 20241211180000.png 240xNone]</span>'
        '<time datetime="2024-12-11T18:00:00">18:00</time></a></li>\n'
        "</ul>\n"
        "\n"
        "## 12 December 2024 { #2024-12-12 data-generated }\n"
        "\n"
        '<ul class="nb-gallery" data-generated data-search-exclude>\n'
        '<li><a href="../vpc/&#35;a">'
        '<span class="nb-gallery-frame">[Pasted image 20241212090000.png 240xNone]</span>'
        '<time datetime="2024-12-12T09:00:00">09:00</time></a></li>\n'
        "</ul>\n"
        "\n"
        "## Without a date { #undated data-generated }\n"
        "\n"
        '<ul class="nb-gallery" data-generated data-search-exclude>\n'
        '<li><a href="../s3/&#35;storage">'
        '<span class="nb-gallery-frame">[diagram.png 240xNone]</span></a></li>\n'
        "</ul>"
    )


def test_what_is_shown_twice_stands_once_and_leads_to_both_places() -> None:
    """The same file, or one that shows the same."""
    shots = [
        Shot(Figure(FIRST, None), "../one/", "One"),
        shot(SECOND),
        Shot(Figure(FIRST, None), "../two/", "Two"),
        Shot(Figure(THIRD, None), "../three/", "Three", shows=FIRST),
    ]
    text = gallery_markdown(shots, show)
    assert "2 screenshots" in text
    assert THIRD not in text
    assert (
        '<a href="../one/"><span class="nb-gallery-frame">[Pasted image 20241211175933.png 240xNone]</span>'
        '<time datetime="2024-12-11T17:59:33">17:59</time></a>'
        '<span class="nb-gallery-places">in <a class="nb-gallery-place" href="../one/">One</a>, '
        '<a class="nb-gallery-place" href="../two/">Two</a>, '
        '<a class="nb-gallery-place" href="../three/">Three</a></span></li>'
    ) in text


def test_thumbnails_have_one_width_whatever_the_author_asked_for() -> None:
    assert f"{THUMBNAIL_WIDTH}xNone" in gallery_markdown([shot(FIRST)], show)


def test_python_markdown_reads_a_list_of_links_under_each_day() -> None:
    text = gallery_markdown([shot(FIRST), shot(THIRD)], show)
    html = markdown(text, extensions=["attr_list", "md_in_html"])
    assert html.count("<h2 ") == 2
    assert 'id="2024-12-11"' in html
    assert html.count('<ul class="nb-gallery"') == html.count("</ul>") == 2
