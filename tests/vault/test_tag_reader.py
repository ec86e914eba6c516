"""Any text is read as a browser reads HTML."""

from hypothesis import given
from hypothesis import strategies as st

from notebinder.vault.syntax.tag_reader import TagReader
from notebinder.vault.syntax.tags import clean_html

BITS = [
    "<![",
    "<!",
    "<?",
    "</",
    "<a ",
    "<script>",
    "</b",
    ">",
    "]]",
    "-->",
    "&#",
    "&lt",
    "CDATA[",
    "if",
    "\n",
]


def test_marked_section_ends_at_the_next_sign_as_in_a_browser() -> None:
    cleaned = clean_html("<div><![x[ a>b</div>")
    assert cleaned == "<div>b</div>"


@given(st.lists(st.sampled_from(BITS) | st.text(max_size=5), max_size=12).map("".join))
def test_any_text_is_read_to_its_end(text: str) -> None:
    reader = TagReader()
    reader.feed(text)
    reader.close()
    clean_html(text)
