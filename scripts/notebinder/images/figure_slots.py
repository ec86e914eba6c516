"""Keep a slot on the page for each figure until its image is published, then fill it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from msgspec.structs import replace

from notebinder.base.urls import built_url, free_id
from notebinder.base.words import ENGLISH, Words
from notebinder.images.capture_time import capture_time
from notebinder.images.figures import (
    Lack,
    Picture,
    image_html,
    inline_image_html,
    inline_placeholder_html,
    placeholder_html,
)
from notebinder.images.markup import default_rendition, sizes, srcset
from notebinder.images.media import MEDIA
from notebinder.images.model import ImageResult, SiteImage, UnreadableImage
from notebinder.images.transcript_markup import figure_alt, figure_title, title_read, transcript_html
from notebinder.images.word_layer import word_layer_html
from notebinder.vault.model import Figure, Transcript
from notebinder.vault.syntax.slugs import slug

_COLUMN = "(max-width: 1219px) 100vw - 32px, 690px"
"""How wide the theme's text column is."""

_SLOT = re.compile("\x02(\\d+)\x03")
"""No note holds these two control characters: the vault replaces them on reading."""


@dataclass
class FigureSlots:
    """The figures of one section in order; called by the constructs, it returns the slot of the next."""

    title: str = ""
    """The section's title, which says what its one image shows."""
    has_transcripts: bool = True
    """Whether what can be read in an image stands below it."""
    figures: list[tuple[Figure, bool]] = field(default_factory=list)

    def __call__(self, figure: Figure, *, inline: bool) -> str:
        """Return the slot for a figure."""
        self.figures.append((replace(figure, title=figure.title or self.title), inline))
        return f"\x02{len(self.figures) - 1}\x03"


@dataclass(frozen=True, slots=True)
class _Told:
    """What a page says of a figure."""

    caption: str
    words: str
    """The layer of its words."""
    is_named: bool
    """Whether a heading says what it shows."""


@dataclass
class FigureWriter:
    """Fills slots with the HTML of published images, or of placeholders for missing ones."""

    images: Mapping[str, ImageResult]
    """What became of each image, by its path in the vault."""
    transcripts: Mapping[str, Transcript]
    """What can be read in each image, by its path in the vault."""
    folder: str = ""
    """Where the author drops new files, as he is told in the place of a missing one; empty for readers."""
    dark_pictures: bool = True
    """Whether mostly white pictures are shown dark on a dark page."""
    say: Words = ENGLISH
    """The site's own words."""
    shown: dict[str, set[str]] = field(default_factory=dict)
    """The ids of the figures that each page already shows; all but its first load lazily."""
    repeated: dict[str, dict[str, int]] = field(default_factory=dict)
    """How often each page shows figures of one name."""

    def fill(self, markdown: str, slots: FigureSlots, *, page: str) -> str:
        """Return the text with each slot filled, one line each, so that no indentation breaks.

        A transcript stands below its figure; that of an image within a line, behind the text.
        """

        behind: list[str] = []

        def html(match: re.Match[str]) -> str:
            figure, inline = slots.figures[int(match[1])]
            transcript = self._transcript(figure)
            caption = "" if slots.title else figure_title(figure.alt, transcript)
            figure = replace(figure, alt=figure_alt(figure.alt, figure.title or caption, transcript))
            box = transcript_html(transcript, self.say) if transcript and slots.has_transcripts else ""
            if inline and box:
                behind.append(box)
            words = word_layer_html(transcript) if transcript and not inline else ""
            told = _Told(caption, words, is_named=bool(slots.title))
            shown = self._html(figure, told, inline=inline, page=page) + ("" if inline else box)
            return shown.replace("\n", "")

        return "\n\n".join([_SLOT.sub(html, markdown), *behind])

    def small(self, figure: Figure, page: str) -> Picture | None:
        """Return an image's narrowest rendition, or None for a missing one."""
        image = self._image(figure)
        if not isinstance(image, SiteImage):
            return None
        narrowest = image.renditions[0]
        size = (narrowest.width, narrowest.height) if narrowest.width else None
        night = self._night(image)
        return Picture(
            f"{_media(page)}{narrowest.name}", size, night=night, has_ground=image.is_dark_on_nothing
        )

    def title(self, figure: Figure) -> str:
        """Return what is said of a figure in a list of many."""
        return figure.title or figure.alt or title_read(self._transcript(figure))

    def _night(self, image: SiteImage) -> str | None:
        """Write the places that stay as they are: `0 0 250 100,500 ...`."""
        kept = image.kept_at_night if self.dark_pictures else None
        return None if kept is None else ",".join(" ".join(map(str, box)) for box in kept)

    def _image(self, figure: Figure) -> ImageResult | None:
        return self.images.get(figure.attachment.path) if figure.attachment else None

    def _transcript(self, figure: Figure) -> Transcript | None:
        return self.transcripts.get(figure.attachment.path) if figure.attachment else None

    def _lack(self, image: UnreadableImage | None, figure: Figure) -> Lack:
        """Say why there is no picture; what to do about it concerns its author alone."""
        name = figure.source.rpartition("/")[2]
        if image is None:
            hint = self.say("appears", name=name, folder=f"{self.folder}/") if self.folder else ""
            return Lack(hint=hint)
        return Lack(image.reason(self.say))

    def _html(self, figure: Figure, told: _Told, *, inline: bool, page: str) -> str:
        image = self._image(figure)
        if not isinstance(image, SiteImage):
            lack = self._lack(image, figure)
            if inline:
                return inline_placeholder_html(figure, lack, say=self.say)
            taken = capture_time(figure.source)
            is_told = told.is_named or not (figure.alt or figure.title)  # above it, or nowhere
            title = self.say("screenshot") if taken and is_told else ""
            return placeholder_html(figure, lack, taken=taken, title=title, say=self.say)
        ids = self.shown.setdefault(page, set())
        loading = "lazy" if ids else "eager"
        identifier = free_id(_identifier(figure), ids, self.repeated.setdefault(page, {}))
        picture = _picture(image, figure, page, self._night(image))
        if inline:
            return inline_image_html(figure, picture, loading=loading)
        return image_html(
            figure,
            picture,
            caption=told.caption,
            identifier=identifier,
            loading=loading,
            words=told.words,
            say=self.say,
        )


def _identifier(figure: Figure) -> str:
    """An address for the figure on its page: by its file, so that it stays when others come and go."""
    return f"figure-{slug(figure.source.rpartition('/')[2].rpartition('.')[0])}"


def _media(page: str) -> str:
    """The address of published files from a built page."""
    return built_url(MEDIA.rstrip("/"), page) + "/"


def _picture(image: SiteImage, figure: Figure, page: str, night: str | None) -> Picture:
    """The addresses of an image; one that the author made smaller than the column needs no wide rendition."""
    folder = _media(page)
    column = f"{figure.width}px" if figure.width else _COLUMN
    choices = srcset(image, folder)
    return Picture(
        folder + default_rendition(image).name,
        (image.width, image.height) if image.width else None,
        choices,
        sizes(image, column) if choices else "",
        image.colour,
        folder + image.best.name,
        (image.best.width, image.best.height),
        night,
        image.is_dark_on_nothing,
    )
