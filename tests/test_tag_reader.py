"""Markup that no standard knows is text, wherever HTML is read."""

from hypothesis import given
from hypothesis import strategies as st

from notebinder.syntax.tag_reader import TagReader
from notebinder.syntax.tags import clean_html

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


def test_marked_section_of_no_known_kind_is_text():
    cleaned = clean_html("<div><![x[ a</div>")
    assert cleaned == "<div>&lt;![x[ a</div>"


@given(st.lists(st.sampled_from(BITS) | st.text(max_size=5), max_size=12).map("".join))
def test_any_text_is_read_to_its_end(text):
    reader = TagReader()
    reader.feed(text)
    reader.close()
    clean_html(text)
