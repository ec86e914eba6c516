"""Publish what pages show and link: images as renditions, other files as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from notebinder.figure_slots import MEDIA
from notebinder.images import (
    ImageResult,
    Progress,
    PublishedFile,
    PublishedImage,
    image_problems,
    publish_images,
    publish_original,
)
from notebinder.model import Attachment, Figure
from notebinder.problems import Problem, SourceLocation


@dataclass
class Media:
    """The files that a build publishes in the folder `media/` beside its pages."""

    folder: Path
    cache: Path
    progress: Progress | None = None
    originals: dict[str, PublishedFile] = field(default_factory=dict)
    """Files that links and players ask for, by their path in the vault."""
    images: Mapping[str, ImageResult] = field(default_factory=dict)
    """By their path in the vault."""
    faults: list[Problem] = field(default_factory=list)

    def address(self, attachment: Attachment) -> str:
        """Publish a file as it is and return its path below the folder of generated pages."""
        if attachment.path not in self.originals:
            published = publish_original(attachment.file, self.folder, text=attachment.text)
            if not isinstance(published, PublishedFile):
                place = SourceLocation(attachment.path)
                self.faults.append(
                    Problem(place, published.code, f"the image {published.message}", published.hint)
                )
                published = PublishedFile("", is_cleaned=False)
            self.originals[attachment.path] = published
        name = self.originals[attachment.path].name
        return f"{MEDIA}{name}" if name else ""

    def publish(self, figures: Iterable[Figure]) -> None:
        """Publish the renditions of all images that pages embed."""
        files = {figure.attachment.path: figure.attachment.file for figure in figures if figure.attachment}
        self.images = publish_images(files, output=self.folder, cache=self.cache, progress=self.progress)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with published files."""
        return (*image_problems(self.images), *self.faults)

    @property
    def used(self) -> frozenset[str]:
        """The attachments that pages show or link, by their path in the vault."""
        return frozenset({*self.originals, *self.images})

    @property
    def files(self) -> frozenset[str]:
        """Everything that was published, by its path below the folder of generated pages."""
        return frozenset(f"{MEDIA}{name}" for name in self._names() if name)

    def _names(self) -> Iterator[str]:
        yield from (original.name for original in self.originals.values())
        for image in self.images.values():
            if isinstance(image, PublishedImage):
                yield from (rendition.name for rendition in image.renditions)
