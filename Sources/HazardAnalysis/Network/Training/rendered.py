"""Drawn pictures that look like a hazard to a careless eye: suns, lamps with glow, red things, reflections, fog."""

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from landscape import false_coloured
from pictures import HAZARDS, Picture

WARM = ((255, 60, 20), (255, 140, 30), (255, 190, 90), (230, 30, 30), (255, 220, 160), (200, 80, 20))


def _graded(random, size, top, bottom) -> Image.Image:
    """A vertical gradient with a little noise."""
    share = np.linspace(0, 1, size[1])[:, None, None] ** random.uniform(0.5, 2)
    values = np.array(top) * (1 - share) + np.array(bottom) * share
    values = np.repeat(values, size[0], axis=1) + random.normal(0, 3, (size[1], size[0], 1))
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


def _glow(random, image: Image.Image, x: float, y: float, radius: float, colour) -> Image.Image:
    """A lamp: a bright core within a halo of its colour."""
    ys, xs = np.mgrid[0:image.height, 0:image.width]
    distance = np.hypot(xs - x, ys - y)
    halo = np.exp(-(distance / (radius * random.uniform(2, 5))) ** 1.2)[..., None] * np.array(colour)
    core = (1 / (1 + np.exp(np.minimum((distance - radius) * 1.5, 60))))[..., None] * np.array([255, 250, 235])
    return Image.fromarray(np.clip(np.asarray(image, np.float32) + halo + core, 0, 255).astype(np.uint8))


def sunset(random, size) -> Image.Image:
    """A low sun over a dark horizon."""
    image = _graded(random, size, random.uniform(20, 140, 3), WARM[random.integers(len(WARM))])
    image = _glow(random, image, random.uniform(0, size[0]), size[1] * random.uniform(0.4, 0.8),
                  random.uniform(4, 22), WARM[random.integers(3)])
    draw, horizon = ImageDraw.Draw(image), size[1] * random.uniform(0.6, 0.9)
    points = [(x, horizon + random.normal(0, size[1] * 0.03)) for x in range(0, size[0] + 12, 12)]
    draw.polygon([(0, size[1]), *points, (size[0] + 12, size[1])], fill=tuple(int(v) for v in random.uniform(0, 45, 3)))
    return image


def lamps(random, size) -> Image.Image:
    """Street lamps and tail lights at night, some mirrored by a wet road."""
    image = _graded(random, size, random.uniform(0, 40, 3), random.uniform(5, 70, 3))
    for _ in range(int(random.integers(1, 7))):
        x, y = random.uniform(0, size[0]), random.uniform(0, size[1] * 0.6)
        colour = np.array(WARM[random.integers(len(WARM))]) * random.uniform(0.4, 1)
        image = _glow(random, image, x, y, random.uniform(1.5, 9), colour)
        if random.random() < 0.4:
            streak = np.zeros((size[1], size[0], 3), np.float32)
            streak[int(size[1] * 0.65):, max(0, int(x - 5)):int(x + 5)] = colour * random.uniform(0.2, 0.7)
            streak += np.asarray(image, np.float32)
            image = Image.fromarray(np.clip(streak, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(1.2))
    return image


def red_things(random, size) -> Image.Image:
    """Discs, boxes and walls in red and orange on grey or green."""
    ground = random.uniform(40, 200) + random.normal(0, 12, 3)
    image = _graded(random, size, ground, ground * random.uniform(0.6, 1.1))
    draw = ImageDraw.Draw(image)
    for _ in range(int(random.integers(1, 8))):
        x, y = random.uniform(0, size[0]), random.uniform(0, size[1])
        w, h = random.uniform(8, size[0] * 0.6), random.uniform(8, size[1] * 0.6)
        colour = tuple(int(np.clip(v * random.uniform(0.6, 1.05), 0, 255)) for v in WARM[random.integers(len(WARM))])
        shape = draw.ellipse if random.random() < 0.5 else draw.rectangle
        shape((x - w / 2, y - h / 2, x + w / 2, y + h / 2), fill=colour)
    return image


def red_room(random, size) -> Image.Image:
    """A room or street under red or amber light, with dark blocks."""
    image = _graded(random, size, np.array(WARM[random.integers(len(WARM))]) * random.uniform(0.3, 0.9),
                    np.array(WARM[random.integers(len(WARM))]) * random.uniform(0.1, 0.6))
    draw = ImageDraw.Draw(image)
    for _ in range(int(random.integers(2, 9))):
        x, y, w, h = (random.uniform(0, n) for n in (size[0], size[1], size[0] * 0.5, size[1] * 0.6))
        draw.rectangle((x, y, x + w, y + h), fill=tuple(int(v) for v in random.uniform(0, 90, 3) * (1, 0.4, 0.3)))
    return image.filter(ImageFilter.GaussianBlur(random.uniform(0, 2)))


def fog(random, size) -> Image.Image:
    """Even grey with soft darker masses at the bottom: no smoke."""
    grey = random.uniform(120, 225)
    image = _graded(random, size, (grey,) * 3, (grey * random.uniform(0.7, 1),) * 3)
    draw = ImageDraw.Draw(image)
    for _ in range(int(random.integers(1, 12))):
        x, top = random.uniform(0, size[0]), size[1] * random.uniform(0.3, 0.9)
        draw.rectangle((x, top, x + random.uniform(5, 60), size[1]), fill=(int(grey * random.uniform(0.4, 0.9)),) * 3)
    return image.filter(ImageFilter.GaussianBlur(random.uniform(1, 5)))


def lit(random, image: Image.Image) -> Image.Image:
    """A real picture with one to four warm lamps or a low sun drawn into it, often at night."""
    if random.random() < 0.6:
        image = image.point([int(v * share) for share in random.uniform(0.25, 0.8) * np.array([1.1, 1, 0.9])
                             for v in range(256)])
    for _ in range(int(random.integers(1, 5))):
        colour = np.array(WARM[random.integers(len(WARM))]) * random.uniform(0.4, 1)
        radius = max(image.size) * random.uniform(0.006, 0.05)
        image = _glow(random, image, random.uniform(0, image.width), random.uniform(0, image.height), radius, colour)
    return image


def hazed(random, image: Image.Image) -> Image.Image:
    """A real picture in fog: it fades to an even grey, more so towards the top."""
    share = np.linspace(random.uniform(0.4, 0.9), random.uniform(0, 0.5), image.height)[:, None, None]
    grey = random.uniform(130, 235) * np.array([1, 1, random.uniform(0.95, 1.05)])
    values = np.asarray(image, np.float32) * (1 - share) + grey * share
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


def warmed(random, image: Image.Image) -> Image.Image:
    """A real picture under red or amber light."""
    shares = np.array([1.1, random.uniform(0.35, 0.8), random.uniform(0.1, 0.6)]) * random.uniform(0.6, 1)
    return image.point([int(min(255, v * share)) for share in shares for v in range(256)])


def autumned(random, image: Image.Image) -> Image.Image:
    """A real picture whose greens turn red and orange: leaves and flowers in the colours of flames."""
    red, green, blue = image.split()
    share = random.uniform(0.2, 0.9)
    faded = Image.blend(blue, Image.new("L", image.size), random.uniform(0, 0.7))
    return Image.merge("RGB", (ImageChops.lighter(red, green), Image.blend(green, red, share), faded))


def disguised(random, image: Image.Image, has_fire: float) -> Image.Image:
    """Now and then a picture gets what a careless eye takes for fire; seldom where there is fire (1) or may be (NaN)."""
    share = 1.0 if has_fire == 0 else 0.3
    for effect, chance in ((warmed, 0.1), (hazed, 0.1), (lit, 0.15)):
        if random.random() < share * chance:
            image = effect(random, image)
    if has_fire == 0 and random.random() < 0.1:
        return (autumned if random.random() < 0.75 else false_coloured)(random, image)
    return image


def rendered_picture(random) -> Picture:
    """A drawn picture without any hazard."""
    draw = (sunset, lamps, red_things, red_room, fog)[random.integers(5)]
    size = (int(random.integers(160, 449)), int(random.integers(120, 337)))
    return Picture(draw.__name__, "rendered", "", dict.fromkeys(HAZARDS, 0.0), False, 0.0, draw(random, size))
