"""Rules of what can be found on a page."""

from __future__ import annotations

from typing import Any

from notebinder.site.search_entries import entries_of_page
from notebinder.site.search_names import fold, name_key


def entries(content: str, **meta: object) -> list[dict[str, Any]]:
    return entries_of_page(content, url="a/", title="A", path=("Kitchen",), meta=meta)


def test_a_page_and_its_sections_have_an_entry_each() -> None:
    content = (
        '<h1 id="a" data-generated>A <em>b</em><a class="headerlink" href="#a">#</a></h1>'
        "<p>One<br>two.</p><ul><li>three</li><li>f<b>ou</b>r</li></ul>"
        '<h2 id="c">C &amp; <code>d()</code></h2>'
        "<pre><code>x = 1\ny = 2</code></pre><script>no</script><p data-search-exclude>nor <b>this</b></p>"
    )
    assert entries(content) == [
        {"location": "a/", "title": "A b", "path": ["Kitchen"], "text": "One\ntwo.\nthree\nfour"},
        {"location": "a/#c", "title": "C & d()", "text": "x = 1\ny = 2"},
    ]


def test_aliases_and_tags_are_those_of_the_page() -> None:
    tags = '<p class="nb-tags"><a class="tag nb-tag">#x</a></p>'
    content = f'{tags}<p>In <a class="tag nb-tag" href="">#y</a>.</p>'
    (page,) = entries(content, aliases=["B", "R&amp;D"], tags=["x"])
    assert page == {
        "location": "a/",
        "title": "A",
        "path": ["Kitchen"],
        "aliases": ["B", "R&D"],
        "tags": ["x", "y"],
        "text": "In #y.",
    }


def test_a_figure_with_an_address_has_an_entry_with_the_words_in_it() -> None:
    content = (
        '<h2 id="b">B</h2><p>Before.</p><figure class="nb-figure" id="figure-c"><a class="nb-zoom" href="x">'
        '<img src="../media/c-9.webp" srcset="../media/c-4.webp 480w" alt="Crust" data-source="in/c.png"></a>'
        '<figcaption data-generated>Crust<a class="headerlink" href="#">#</a></figcaption></figure>'
        '<details class="nb-transcript"><summary>Text in this screenshot</summary><p>Crust</p><p>Zirconia</p>'
        '</details><p>After.</p><p>An <img src="i.png" alt="icon" data-source="i.png"></p>'
    )
    _, section, figure = entries(content)
    assert section == {
        "location": "a/#b",
        "title": "B",
        "text": "Before.\nAfter.\nAn\nicon",
        "files": ["i.png"],
    }
    assert figure == {
        "location": "a/#figure-c",
        "title": "Crust",
        "text": "Zirconia",
        "files": ["c.png"],
        "image": "media/c-4.webp",
    }


def test_an_embedded_note_is_found_on_its_own_page() -> None:
    content = (
        '<p>Own.</p><div class="nb-embed" data-source="K.md">'
        '<p>K <a class="nb-embed-source" href="../k/">K</a></p><h2 id="rest">Rest</h2><p>Linen.</p>'
        '<figure id="figure-x"><img alt="x" data-source="x.png"></figure></div>'
        '<p>More.</p><div class="nb-embed"><p>Stays: it has no page.</p></div>'
    )
    assert entries(content) == [
        {
            "location": "a/",
            "title": "A",
            "path": ["Kitchen"],
            "text": "Own.\nK\nMore.\nStays: it has no page.",
        }
    ]


def test_properties_and_cells_stay_apart() -> None:
    properties = "<dl><dt>mobile</dt><dd>yes</dd><dt>size</dt><dd>2</dd></dl>"
    content = f"{properties}<table><tr><td>a</td><td>b</td></tr></table>"
    assert entries(content)[0]["text"] == "mobile\nyes\nsize\n2\na\nb"


def test_words_are_folded_as_in_the_browser() -> None:
    assert [fold(word) for word in ("Résumé", "Straße", "đường", "مُحَمَّد", "が", "한글")] == [
        *("resume", "strasse", "duong", "محمد", "が", "한글")
    ]
    assert name_key("nginx.conf: C++") == "nginx conf c"
