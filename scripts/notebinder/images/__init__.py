"""Publish the images of a vault: sharp, light, without metadata. Markup is the theme's."""

from notebinder.images.markup import default_rendition, sizes, srcset
from notebinder.images.model import ImageResult, PublishedFile, PublishedImage, Rendition, UnreadableImage
from notebinder.images.originals import publish_large, publish_original
from notebinder.images.problems import image_problems
from notebinder.images.publish import Postpone, Progress, keep_renditions, publish_images

__all__ = [
    "ImageResult",
    "Postpone",
    "Progress",
    "PublishedFile",
    "PublishedImage",
    "Rendition",
    "UnreadableImage",
    "default_rendition",
    "image_problems",
    "keep_renditions",
    "publish_images",
    "publish_large",
    "publish_original",
    "sizes",
    "srcset",
]
