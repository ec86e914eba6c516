"""Measure renditions of real screenshots: bytes, sharpness, and the time of cold, warm and one-image runs.

    NOTEBINDER_VAULTS=../shared/vaults python benchmarks/renditions.py [--vault aws-notes] [--jobs N]

Sharpness is judged by scikit-image (luminance SSIM against the picture scaled by Lanczos), which the package
itself does not use. Bytes of a browser are those of the rendition that `srcset` and `sizes` make it load.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from PIL import Image
from skimage.metrics import structural_similarity

from notebinder.images.formats import IMAGE_FORMATS, PILLOW_FORMATS
from notebinder.images.model import Rendition, SiteImage
from notebinder.images.rendering import render_images
from notebinder.images.renditions import WIDTHS

VAULTS = Path(os.environ.get("NOTEBINDER_VAULTS", Path(__file__).parents[2] / "shared/vaults"))
SUFFIXES = {suffix for name in PILLOW_FORMATS for suffix in IMAGE_FORMATS[name].suffixes}


@dataclass(frozen=True)
class Measured:
    """One image as it came and as it was published."""

    name: str
    size: int
    image: SiteImage
    output: Path

    def bytes(self, rendition: Rendition) -> int:
        """Return what a rendition weighs."""
        return (self.output / rendition.name).stat().st_size

    def loaded(self, width: int, density: int) -> int:
        """Return the bytes that a browser so wide loads: the narrowest rendition that fills its pixels."""
        wanted = min(width, self.image.width) * density
        fitting = [rendition for rendition in self.image.renditions if rendition.width >= wanted]
        return self.bytes(fitting[0] if fitting else self.image.best)


def main() -> None:
    """Run all measurements and print them as tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--vault", default="aws-notes")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    folder = VAULTS / options.vault
    files = {str(file.relative_to(folder)): file for file in images_of(folder)}
    with TemporaryDirectory() as temporary:
        output, cache = Path(temporary) / "media", Path(temporary) / "cache"

        def publish(chosen: dict[str, Path]) -> Mapping[str, object]:
            return render_images(chosen, output=output, cache=cache, jobs=options.jobs)

        times = time_runs(publish, files)
        measured = [
            Measured(name, files[name].stat().st_size, image, output)
            for name, image in publish(files).items()
            if isinstance(image, SiteImage)
        ]
        print_times(times, len(files), options.jobs)
        print_bytes(measured)
        print_sharpness(measured, files, options.jobs)


def images_of(folder: Path) -> list[Path]:
    """Return the images of a vault, without hidden folders."""
    found = (file for file in folder.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
    return sorted(
        file for file in found if not any(part.startswith(".") for part in file.relative_to(folder).parts)
    )


def time_runs(
    publish: Callable[[dict[str, Path]], object], files: dict[str, Path]
) -> dict[str, tuple[float, float]]:
    """Return seconds by the clock and of the processor for each kind of run, the best of several if short."""
    *known, _newest = files
    all_but_one = {name: files[name] for name in known}
    return {
        "cold, all but one": timed(lambda: publish(all_but_one)),
        "one new image": timed(lambda: publish(files)),
        "warm": min(timed(lambda: publish(files)) for _ in range(5)),
    }


def timed(run: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds of a run by the clock and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - clock, time.process_time() - processor


def print_times(times: dict[str, tuple[float, float]], count: int, jobs: int) -> None:
    """Print how long each kind of run takes."""
    cold = times["cold, all but one"][0]
    print(f"\n{count} images, {jobs} at a time\n")
    print("| run | seconds | of the processor | of the cold run |\n|---|---:|---:|---:|")
    for name, (clock, processor) in times.items():
        print(f"| {name} | {clock:.3f} | {processor:.3f} | {clock / cold:.2%} |")


def print_bytes(measured: list[Measured]) -> None:
    """Print what is published and what browsers load of it."""
    before = sum(one.size for one in measured)
    rows = {
        "files": [one.size for one in measured],
        "own width": [one.bytes(one.image.best) for one in measured],
        "all renditions": [sum(map(one.bytes, one.image.renditions)) for one in measured],
        **{
            f"400 px wide, density {density}": [one.loaded(400, density) for one in measured]
            for density in (1, 2, 3)
        },
    }
    print("\n| published | bytes | of the files | worst image |\n|---|---:|---:|---:|")
    for name, sizes in rows.items():
        worst = max(size / one.size for size, one in zip(sizes, measured, strict=True))
        print(f"| {name} | {sum(sizes):,} | {sum(sizes) / before:.2%} | {worst:.2%} |")


def print_sharpness(measured: list[Measured], files: dict[str, Path], jobs: int) -> None:
    """Print how alike the renditions look, by width."""
    with ThreadPoolExecutor(jobs) as threads:
        rows = list(threads.map(lambda one: similarities(one, files[one.name]), measured))
    print("\n| width | renditions | least SSIM | mean SSIM | below 0.995 |\n|---|---:|---:|---:|---:|")
    for label in (*map(str, WIDTHS), "own"):
        values = [row[label] for row in rows if label in row]
        if values:
            below = sum(value < 0.995 for value in values)
            print(f"| {label} | {len(values)} | {min(values):.4f} | {np.mean(values):.4f} | {below} |")


def similarities(one: Measured, file: Path) -> dict[str, float]:
    """Return the similarity of each rendition of an image."""
    with Image.open(file) as image:
        picture = image.convert("RGBA")
    return {
        "own" if rendition is one.image.best else str(rendition.width): similarity(
            picture, one.output / rendition.name
        )
        for rendition in one.image.renditions
    }


def similarity(picture: Image.Image, published: Path) -> float:
    """Return how alike a published file looks to the picture at its size."""
    with Image.open(published) as image:
        seen = luminance(image.convert("RGBA"))
    reference = picture.resize((seen.shape[1], seen.shape[0]), Image.Resampling.LANCZOS)
    return float(structural_similarity(luminance(reference), seen))


def luminance(picture: Image.Image) -> np.ndarray[Any, np.dtype[Any]]:
    """Return the greys of a picture on white paper."""
    white = Image.new("RGBA", picture.size, "white")
    greys: np.ndarray[Any, np.dtype[Any]] = np.asarray(Image.alpha_composite(white, picture).convert("L"))
    return greys


if __name__ == "__main__":
    main()
