"""Publish the attachments that pages show or link, each under a name made from its content."""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from notebinder.model import Attachment
from notebinder.problems import Problem, SourceLocation

_VECTOR = ".svg"


@dataclass(frozen=True, slots=True)
class PublishedImage:
    """An image as pages load it."""

    path: str
    """Below the folder of generated pages."""
    size: tuple[int, int] | None
    """Width and height in pixels; None for a drawing without a size of its own."""


@dataclass
class Media:
    """The files that a build publishes beside its pages."""

    files: dict[str, Path] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def address(self, attachment: Attachment) -> str:
        """Publish a file and return its path below the folder of generated pages."""
        digest = hashlib.sha256(attachment.file.read_bytes()).hexdigest()[:16]
        path = f"media/{digest}{attachment.file.suffix.lower()}"
        self.files[path] = attachment.file
        return path

    def image(self, attachment: Attachment) -> PublishedImage | None:
        """Publish an image, or return None for a file that is none."""
        if attachment.file.suffix.lower() == _VECTOR:
            return PublishedImage(self.address(attachment), None)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                with Image.open(attachment.file) as image:
                    size = image.size
        except (OSError, UnidentifiedImageError, Image.DecompressionBombWarning, ValueError) as error:
            message = f"is no image that a page can show: {error}"
            self.problems.append(Problem(SourceLocation(attachment.path), "unreadable-image", message))
            return None
        return PublishedImage(self.address(attachment), size)
