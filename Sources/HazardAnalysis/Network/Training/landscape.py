"""Drawn country seen from above, without any hazard: lawns, fields, woods, paths and roofs."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from pictures import HAZARDS, Picture

GROUNDS = ((95, 125, 60), (135, 170, 80), (150, 130, 100), (70, 95, 45), (165, 155, 140), (120, 105, 85), (155, 185, 105),
           (110, 150, 70))


def speckled(random, size, cell: float) -> np.ndarray:
    """Smooth noise of mean 0 and spread about 1 with this size of grain, in pixels: (height, width)."""
    small = random.normal(0, 1, (max(2, int(size[1] / cell)), max(2, int(size[0] / cell)))).astype(np.float32)
    return np.asarray(Image.fromarray(small).resize(size, Image.Resampling.BICUBIC))


def false_coloured(random, image: Image.Image) -> Image.Image:
    """Channels changed about, as a camera that sees infrared shows the country: red meadows, blue roads."""
    bands = image.split()
    return Image.merge("RGB", [bands[i] for i in ((1, 0, 2), (1, 2, 0), (1, 0, 0))[random.integers(3)]])


def _grounds(random, size) -> np.ndarray:
    """Two to four kinds of ground with smooth borders, furrows on some, a road or path along a border."""
    field = speckled(random, size, random.uniform(40, 160))
    ys, xs = np.mgrid[0:size[1], 0:size[0]].astype(np.float32)
    angle = random.uniform(0, np.pi)
    along = (xs - size[0] / 2) * np.cos(angle) + (ys - size[1] / 2) * np.sin(angle)
    if random.random() < 0.6:
        field = along / (0.4 * size[0]) + 0.15 * field
    border, width = random.uniform(-0.5, 0.5), random.uniform(0.03, 0.12)
    first, second, third = (np.array(GROUNDS[i], np.float32) for i in random.integers(len(GROUNDS), size=3))
    ground = np.where((field > border)[..., None], first, second)
    ground = np.where((field > border + random.uniform(0.5, 1.5))[..., None], third, ground)
    if random.random() < 0.5:
        wave = np.sin(along * random.uniform(0.3, 1.4) + 0.5 * field) * random.uniform(2, 14)
        ground = ground + (wave * (field > border))[..., None]
    if random.random() < 0.6:
        ground[np.abs(field - border) < width] = random.uniform(110, 200) + random.normal(0, 6, 3)
    grain = random.uniform(2, 8) * speckled(random, size, 2) + random.uniform(2, 10) * speckled(random, size, 20)
    return (ground + grain[..., None]) * random.uniform(0.7, 1.2)


def _crowns(random, image: Image.Image) -> None:
    """Crowns of trees, lit from one side, with their shadows; alone or in woods."""
    draw, (width, height) = ImageDraw.Draw(image), image.size
    usual, shade = width * random.uniform(0.012, 0.05), random.uniform(-1, 1, 2)
    for _ in range(int(random.integers(1, 5))):
        x, y, reach = random.uniform(0, width), random.uniform(0, height), width * random.uniform(0.03, 0.3)
        for _ in range(int(random.integers(3, 60))):
            cx, cy = x + random.normal(0, reach), y + random.normal(0, reach)
            r = usual * random.uniform(0.6, 1.4)
            green = np.array((55, 85, 40)) * random.uniform(0.5, 1.5) * random.normal(1, 0.06, 3)
            for step, light in ((1.0, 0.35), (0.0, 0.8), (-0.35, 1.15)):
                a, b, q = cx + step * shade[0] * r, cy + step * shade[1] * r, r * (1 if step >= 0 else 0.55)
                draw.ellipse((a - q, b - q, a + q, b + q), fill=tuple(int(np.clip(v * light, 0, 255)) for v in green))


def _roofs(random, image: Image.Image) -> None:
    """Roofs of two slopes."""
    draw, (width, height) = ImageDraw.Draw(image), image.size
    for _ in range(int(random.integers(2, 24))):
        x, y, w, h = (random.uniform(0, n) for n in (width, height, width * 0.12, height * 0.12))
        roof = random.uniform(60, 225) * np.array((1, random.uniform(0.6, 1.05), random.uniform(0.5, 1.1)))
        draw.rectangle((x + 2, y + 2, x + w + 3, y + h + 3), fill=(35, 38, 35))
        for top, light in ((y, 1.0), (y + h / 2, random.uniform(0.6, 0.9))):
            draw.rectangle((x, top, x + w, y + h), fill=tuple(int(v) for v in np.clip(light * roof, 0, 255)))


def country(random) -> Picture:
    """A drawn picture of country from above."""
    size = (int(random.integers(240, 449)), int(random.integers(180, 337)))
    image = Image.fromarray(np.clip(_grounds(random, size), 0, 255).astype(np.uint8))
    if random.random() < 0.75:
        _crowns(random, image)
    if random.random() < 0.35:
        _roofs(random, image)
    values = np.asarray(image, np.float32) + 7 * speckled(random, size, 1.5)[..., None]
    image = Image.fromarray(np.clip(values, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.5))
    if random.random() < 0.35:
        image = false_coloured(random, image)
    return Picture("country", "country", "", dict.fromkeys(HAZARDS, 0.0), False, np.nan, image)
