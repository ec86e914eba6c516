"""English words that mean something by themselves, whatever the note is about. Data only."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTION_WORDS = _words("""
    a about after all also am an and any are as at be been being between but by can compare compared
    comparing comparison could did difference differences do does doing for
    from had has have having he her here his how i if in into is it its just make many maximum me more
    most much my need no not of on only or other our out over own same she should so some such than that
    the their them then there these they this those through to too under until up use used using very
    v versus via vs was we were what when where which while who whom why will with without would you your
""")
"""They tell nothing of what a title or an entry is about."""

QUESTION_WORDS = _words("""
    are can could did do does how i if is should what when where which who whom whose why would
""")
"""With one of these a question begins."""

VERBS = _words("""
    allows are can does do had has have is means must need needs should was were will
""")
"""A long line with one of these states something."""

STEP_WORDS = _words("""
    add apply ask attach check choose click close configure connect copy create deploy disable download
    drag edit enable enter fill follow get give go insert install keep look make navigate open paste
    pick provide put remove rename replace restart run save scroll select setup switch then toggle type
    unzip upload use verify visit wait
""")
"""With one of these a step of an instruction begins."""

CLASSES = _words("""
    categories category class classes flavors flavours forms kind kinds mode modes option options sort sorts
    tier tiers type types variants
""")
"""With one of these an entry names a class of things: "Types of load balancer", "Storage classes"."""

INTRODUCING = _words("""
    advantages basics benefits concepts conclusion definition features fundamentals general intro
    introducing introduction overview recap summary
""")
"""A title with one of these and a subject introduces that subject."""

SUMMING_UP = _words("conclusion recap summary")
"""These do so even at the end."""

MAKERS = _words("amazon apache aws azure google ibm microsoft oracle")
"""Names that stand before a product's own and are left out as often as not."""
