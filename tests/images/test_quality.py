"""Sharpness, judged by scikit-image, which the package itself does not use."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageFilter
from skimage.metrics import structural_similarity as judge

from notebinder.images.encode import (
    HIGHEST,
    LOWEST,
    SHARP,
    Encoding,
    lowest_sharp,
    nearer_guess,
    scaled_guess,
    sharp_webp,
)
from notebinder.images.renditions import render_image
from notebinder.images.similarity import structural_similarity
from tests.support.pictures import encoded, line_art, opened, rendered_once, screenshot
from tests.support.real_vaults import real_vault

PROMISED = 0.995


def luminance(picture: Image.Image) -> np.ndarray:
    grey: np.ndarray = np.asarray(picture.convert("L"))
    return grey


@pytest.mark.parametrize("quality", [10, 40, 60, 80, 95])
@pytest.mark.parametrize("picture", [screenshot(), screenshot(481, 271), line_art()])
def test_the_measure_agrees_with_the_judge(picture: Image.Image, quality: int) -> None:
    file = BytesIO()
    picture.save(file, "WEBP", quality=quality)
    seen = opened(file.getvalue())
    assert structural_similarity(picture, seen) == pytest.approx(
        judge(luminance(picture), luminance(seen)), abs=0.002
    )


def test_the_measure_is_one_for_the_same_and_less_for_a_blurred_picture() -> None:
    picture = screenshot(300, 200)
    assert structural_similarity(picture, picture) == pytest.approx(1, abs=1e-6)
    assert structural_similarity(picture, picture.filter(ImageFilter.GaussianBlur(1))) < 0.95


@pytest.mark.parametrize("size", [(1, 1), (1, 9), (7, 7), (8, 3), (2_000, 3)])
def test_the_measure_takes_pictures_smaller_than_its_windows(size: tuple[int, int]) -> None:
    one, other = Image.new("RGB", size, "white"), Image.new("RGB", size, "black")
    assert structural_similarity(one, one) == pytest.approx(1, abs=1e-6)
    assert structural_similarity(one, other) < 0.1


def test_the_measure_is_the_same_in_bands(monkeypatch: pytest.MonkeyPatch) -> None:
    picture, seen = screenshot(300, 200), opened(sharp_webp(screenshot(300, 200)).data)
    whole = structural_similarity(picture, seen)
    monkeypatch.setattr("notebinder.images.similarity._BAND_PIXELS", 300 * 7 * 4)
    assert structural_similarity(picture, seen) == pytest.approx(whole, abs=0.001)


def test_a_guess_moves_towards_the_goal() -> None:
    assert nearer_guess(Encoding(b"", 45, similarity=0.98)) > 60
    assert 45 < nearer_guess(Encoding(b"", 45, similarity=0.9958)) < 50
    assert nearer_guess(Encoding(b"", 45, similarity=1.0)) == LOWEST
    assert nearer_guess(Encoding(b"", 90, similarity=0.9)) == HIGHEST


def test_a_narrower_picture_needs_more_and_a_wider_one_less() -> None:
    assert scaled_guess(60, 0.5) > 60 > scaled_guess(60, 2)
    assert scaled_guess(60, 1) == 60


@pytest.mark.parametrize("sharp_from", [*range(LOWEST, HIGHEST + 1, 5), HIGHEST + 5])
@pytest.mark.parametrize("slope", [0.0001, 0.001, 0.01])
def test_a_sharp_quality_is_found_from_any_guess_if_there_is_one(sharp_from: int, slope: float) -> None:
    """However the loss follows from the quality; 105 is never reached."""

    def at(quality: int) -> Encoding:
        return Encoding(b"", quality, SHARP + (quality - sharp_from) * slope)

    for guess in range(LOWEST, HIGHEST + 1, 5):
        found = lowest_sharp(at, guess)
        assert (found is not None) == at(HIGHEST).is_sharp
        assert found is None or found.is_sharp


@pytest.mark.parametrize("loss_at_45", [0.001, 0.003, 0.004, 0.006, 0.008])
def test_two_or_three_tries_find_the_quality_of_a_screenshot(loss_at_45: float) -> None:
    """Its loss halves with each 19 steps of effort, of which a step of quality is two thirds."""
    tried: list[int] = []

    def at(quality: int) -> Encoding:
        tried.append(quality)
        return Encoding(b"", quality, 1 - loss_at_45 * 2 ** (-(quality - 45) * 2 / 3 / 19))

    found = lowest_sharp(at, 45)
    assert found
    assert found.is_sharp
    assert not found.is_too_sharp
    assert len(tried) <= 3


def test_a_picture_of_noise_is_not_encoded_without_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether that could be lighter is told from some stripes, hastily."""
    picture = Image.effect_noise((400, 400), 40).convert("RGB").quantize(64).convert("RGB")
    monkeypatch.setattr("notebinder.images.encode.lossless_webp", lambda _: pytest.fail("it takes long"))
    assert sharp_webp(picture).quality


@pytest.mark.whole
@pytest.mark.parametrize("picture", [screenshot(), line_art(), screenshot(700, 400).convert("RGBA")])
def test_every_rendition_is_as_sharp_as_promised(picture: Image.Image) -> None:
    for data in rendered_once(encoded(picture)).files:
        seen = opened(data)
        reference = (
            picture.resize(seen.size, Image.Resampling.LANCZOS) if seen.size != picture.size else picture
        )
        assert judge(luminance(reference), luminance(seen)) >= PROMISED


@pytest.mark.whole
def test_real_screenshots_are_light_and_sharp() -> None:
    """A sample; `benchmarks/renditions.py` measures all."""
    files = sorted(real_vault("aws-notes").glob("Pasted image *.png"))[::36]
    assert files
    before = after = phone = 0
    for file in files:
        rendered = render_image(file.read_bytes())
        before, after = before + file.stat().st_size, after + len(rendered.files[-1])
        phone += len(rendered.files[0])
        with Image.open(file) as picture:
            assert judge(luminance(picture), luminance(opened(rendered.files[-1]))) >= PROMISED
    assert after <= 0.11 * before
    assert phone <= 0.05 * before
