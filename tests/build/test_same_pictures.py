"""A slide that was captured twice is told, and shown once among all."""

from __future__ import annotations

from tests.support.pictures import encoded, screenshot
from tests.support.projects import BuildVault, text_of

FIRST, SECOND = "Pasted image 20241211175933.png", "Pasted image 20241212090000.png"


def test_pictures_that_show_the_same_are_told_with_both_places(build_vault: BuildVault) -> None:
    picture = screenshot(640, 360)
    built = build_vault(
        {
            "AWS.md": f"1. Alpha\n2. Beta\n\n![[{FIRST}]]\n\n![[{SECOND}]]\n",
            "AWS.plan.yml": "topics:\n"
            f"  - title: Alpha\n    parts: [{FIRST}]\n"
            f"  - title: Beta\n    parts: [{SECOND}]\n",
            FIRST: encoded(picture),
            SECOND: encoded(picture.resize((500, 281))),
        }
    )
    assert [str(problem) for problem in built.problems] == [
        f"AWS.md:6: info[same-picture] {SECOND} shows the same as {FIRST} (AWS.md:4)"
    ]
    gallery = text_of(built, "aws/all-screenshots.md")
    assert "1 screenshot, taken 11 December 2024" in gallery
    assert gallery.count("<img") == 1
    assert gallery.count('class="nb-gallery-place"') == 2
