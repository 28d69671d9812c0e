"""Nights, rain, wet lenses and the marks of cameras, given to pictures of every set: darkness and logos are no hazard."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

LAMPS = ((255, 190, 110), (255, 235, 205), (255, 70, 50), (200, 220, 255), (120, 255, 160), (255, 150, 60))
MARK_COLOURS = ((0, 75, 140), (20, 20, 20), (240, 240, 240), (180, 30, 30), (10, 90, 60))
NIGHT_CHANCES = {"flood-area": 0.22, "camvid-streets": 0.3, "cn-garbage": 0.15, "drone-vehicles": 0.12, "br-road": 0.06,
                 "pothole-seg": 0.06, "rio-cctv": 0.15, "wallpapers": 0.15, "woodland": 0.02, "country": 0.02}
MARK_CHANCE = 0.2
OWN_MARK = (0.16, 0.21)  # share of width and height that the logo of the city cameras covers, upper left
COARSE = 4  # pixels per cell of the light of lamps


def _light(random, size) -> np.ndarray:
    """Light of two to eight lamps with halos and streaks on wet ground, added to a picture: (height, width, 3)."""
    width, height = max(1, size[0] // COARSE), max(1, size[1] // COARSE)
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    light = np.zeros((height, width, 3), np.float32)
    wet = random.random() < 0.6
    for _ in range(int(random.integers(2, 9))):
        x, y = random.uniform(0, width), random.uniform(0, height * 0.7)
        radius = width * random.uniform(0.006, 0.035)
        colour = np.array(LAMPS[random.integers(len(LAMPS))], np.float32) * random.uniform(0.5, 1.2)
        distance = np.hypot(xs - x, ys - y) / radius
        glow = np.exp(-distance) + 0.35 * np.exp(-distance / random.uniform(3, 7))
        if wet:
            below = y + (height - y) * random.uniform(0.3, 0.8)
            glow += random.uniform(0.1, 0.5) * np.exp(-np.abs(xs - x) / (1.5 * radius)
                                                      - np.abs(ys - below) / (height * random.uniform(0.06, 0.2)))
        light += glow[..., None] * colour
    levels = Image.fromarray(np.clip(light, 0, 255).astype(np.uint8)).resize(size, Image.Resampling.BILINEAR)
    return np.asarray(levels, np.float32)


def rainy_night(random, image: Image.Image) -> Image.Image:
    """The same place in the dark, with lamps, often rain, mist and drops on the lens."""
    size = image.size
    gain = random.uniform(0.25, 0.65) * np.exp(random.normal(0, 0.1, 3))
    values = np.asarray(image, np.float32) * gain
    if random.random() < 0.4:
        values = values * (1 - (share := random.uniform(0.05, 0.35))) + share * random.uniform(60, 150)
    image = Image.fromarray(np.clip(values + _light(random, size), 0, 255).astype(np.uint8))
    if random.random() < 0.4:
        image = _rained(random, image)
    if random.random() < 0.35:
        image = _dropped(random, image)
    return image


def _rained(random, image: Image.Image) -> Image.Image:
    """Short slanted streaks."""
    streaks = Image.new("L", image.size)
    draw, slant = ImageDraw.Draw(streaks), random.uniform(-0.4, 0.4)
    strength = int(random.uniform(25, 80))
    for _ in range(int(random.integers(40, 200))):
        x, y, length = random.uniform(0, image.width), random.uniform(0, image.height), random.uniform(5, 30)
        draw.line((x, y, x + slant * length, y + length), fill=strength)
    return Image.composite(Image.new("RGB", image.size, (200, 205, 215)), image, streaks)


def _dropped(random, image: Image.Image) -> Image.Image:
    """Round blurs of drops on the lens, or the whole lens out of focus."""
    blurred = image.filter(ImageFilter.GaussianBlur(random.uniform(2, 7)))
    if random.random() < 0.25:
        return blurred
    places = Image.new("L", image.size)
    draw = ImageDraw.Draw(places)
    for _ in range(int(random.integers(1, 8))):
        x, y, r = random.uniform(0, image.width), random.uniform(0, image.height), image.width * random.uniform(0.02, 0.12)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=int(random.uniform(150, 255)))
    return Image.composite(blurred, image, places)


def marked(random, image: Image.Image) -> Image.Image:
    """A logo in a corner, or a line of letters, as cameras and stations put them there."""
    image = image.copy()
    draw, (width, height) = ImageDraw.Draw(image), image.size
    ground = MARK_COLOURS[random.integers(len(MARK_COLOURS))]
    ink = (250, 250, 250) if sum(ground) < 400 else (15, 15, 15)
    letters = "".join(chr(c) for c in random.integers(65, 91, int(random.integers(4, 14))))
    w, h = width * random.uniform(0.08, 0.28), height * random.uniform(0.06, 0.22)
    x = 0 if random.random() < 0.7 else width - w
    y = 0 if random.random() < 0.7 else height - h
    if random.random() < 0.6:
        draw.rectangle((x, y, x + w, y + h), fill=ground)
    draw.text((x + 3, y + 3), letters[:4], fill=ink)
    draw.text((x + 3, y + h / 2), letters[4:], fill=ink)
    return image


def unmarked(random, image: Image.Image) -> Image.Image:
    """A picture of the city cameras whose logo is painted over, now and then."""
    if random.random() < 0.5:
        return image
    image = image.copy()
    colour = tuple(int(v) for v in random.uniform(0, 255, 3))
    ImageDraw.Draw(image).rectangle((0, 0, image.width * OWN_MARK[0], image.height * OWN_MARK[1]), fill=colour)
    return image


def weathered(random, image: Image.Image, origin: str) -> Image.Image:
    """Now and then a rainy night, and marks."""
    if random.random() < NIGHT_CHANCES.get(origin, 0.04):
        image = rainy_night(random, image)
    return marked(random, image) if random.random() < MARK_CHANCE else image
