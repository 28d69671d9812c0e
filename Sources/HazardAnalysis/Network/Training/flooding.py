"""Streets put under water: a real picture mirrored below a waterline, with ripples, glints and mud."""

import dataclasses

import numpy as np
from PIL import Image

from landscape import speckled
from pictures import DRAWN, Picture, shrunk
from weather import OWN_MARK

MUDS = ((120, 95, 65), (95, 90, 80), (70, 75, 75), (140, 120, 95), (60, 60, 55))
SETS = ("camvid-streets", "camvid-streets", "rio-cctv:0")  # strata that are flooded
LONGEST = 400  # pixels


def _waterline(random, size) -> np.ndarray:
    """Depth below the surface's edge in pixels, (height, width); negative above it."""
    ys, xs = np.mgrid[0:size[1], 0:size[0]].astype(np.float32)
    line = size[1] * random.uniform(0.35, 0.65) + size[0] * random.uniform(-0.15, 0.15) * (xs / size[0] - 0.5)
    wave = Image.fromarray(speckled(random, (size[0], 2), random.uniform(25, 90))[:1]).resize((size[0], 1))
    return ys - line - size[1] * 0.025 * np.asarray(wave)


def _rippled(random, values: np.ndarray, depth: np.ndarray) -> np.ndarray:
    """The mirror image below the waterline, displaced by waves that are flatter in the distance."""
    height, width = depth.shape
    ys, xs = np.mgrid[0:height, 0:width]
    near = np.clip(depth / height, 0.02, 1)
    waves = speckled(random, (width, height * 3), random.uniform(6, 16))[::3]  # wider than high
    fine = speckled(random, (width, height * 2), random.uniform(2.5, 6))[::2]
    push = random.uniform(8, 40) * near
    rows = np.clip(ys - 2 * depth - push * (waves + 0.4 * fine), 0, height - 1).astype(np.int32)
    columns = np.clip(xs + 0.5 * push * waves, 0, width - 1).astype(np.int32)
    mirror = values[rows, columns] * np.clip(1 + random.uniform(0.05, 0.3) * (waves + fine), 0.3, 1.7)[..., None]
    glint = (np.clip(waves + fine - random.uniform(1.0, 1.8), 0, 1) * near)[..., None] * values.max(axis=(0, 1))
    return mirror + random.uniform(0, 0.6) * glint


def flooded(random, picture: Picture) -> Picture:
    """The same place under water, with a mask; what stands in it is covered."""
    pixels = picture.pixels
    if picture.origin == "rio-cctv":  # without the column of its logo
        pixels = pixels.crop((round(pixels.width * OWN_MARK[0]), 0, *pixels.size))
    pixels = shrunk(pixels, LONGEST)
    size = pixels.size
    values, depth = np.asarray(pixels, np.float32), _waterline(random, size)
    light = values.mean() / 110
    mud = np.array(MUDS[random.integers(len(MUDS))], np.float32) * np.clip(light, 0.2, 1.3)
    share = random.uniform(0.25, 0.75)
    water = _rippled(random, values, depth) * (1 - share) + mud * share
    edge = np.clip(depth / 3, 0, 1)[..., None]
    image = Image.fromarray(np.clip(values * (1 - edge) + water * edge, 0, 255).astype(np.uint8))
    mask = Image.fromarray(((depth > 0) * 255).astype(np.uint8))
    return dataclasses.replace(picture, pixels=image, planes={"water": mask}, labels=picture.labels | {"water": 1.0},
                               note=DRAWN)
