"""Training canvases: several pictures of different sets in one, with targets for maps and for regions."""

from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from augment import cropped, worn
from pictures import HAZARDS, PLANES, Picture
from flooding import SETS, flooded
from landscape import country
from rendered import disguised, rendered_picture
from weather import unmarked, weathered

WIDTH, HEIGHT = 448, 320  # canvas, pixels
THIN, FINE, AREA, SCENE = 4, 8, 16, 32  # strides of the target maps
TILES = 4  # regions of a canvas at most; region number 4 is the whole canvas
THIN_TARGETS = ("crack", "pothole")
FINE_TARGETS = ("lane", "water", "vehicles")
AREA_TARGETS = ("fire_smoke", "garbage", "bin")
REGION_TARGETS = (*HAZARDS, "flame", "smoke")
SHARES = {  # how often a stratum is drawn; the sets count, not their sizes
    "kaggle-fire999:1": 0.9, "kaggle-fire999:0": 1.0, "kunge-fire": 0.6, "kunge-smoke": 0.8, "aider-aerial-fire": 0.7,
    "drone-vehicles": 1.4, "flood-area": 1.7, "rio-cctv:0": 1.1, "rio-cctv:1": 0.7, "rio-cctv:unclear": 0.3,
    "br-road": 1.5, "br-road:pothole": 0.9, "pothole-seg": 1.4,
    "cn-garbage:1": 1.4, "cn-garbage:0": 1.2, "camvid-streets": 0.8, "wallpapers": 0.8, "rendered": 0.5, "country": 0.4,
    "woodland": 0.8, "flooded": 0.7,
}
UNMARKED_CRACKS = 0.3  # weight of "no crack" where only potholes are marked
LAYOUTS = (  # tiles as x, y, width, height in halves of the canvas
    ((0, 0, 2, 2),), ((0, 0, 1, 2), (1, 0, 1, 2)), ((0, 0, 2, 1), (0, 1, 2, 1)),
    ((0, 0, 1, 1), (1, 0, 1, 1), (0, 1, 1, 1), (1, 1, 1, 1)))
LAYOUT_SHARES = (0.55, 0.12, 0.16, 0.17)
SMALL_LAYOUT_SHARES = (0.15, 0.15, 0.2, 0.5)  # when the first picture is small: it is never enlarged in use
SMALL_SIDE = 320  # pixels


@dataclass
class Canvas:
    """A canvas: pixels (planes Y, Cb, Cr u8) and its targets; weight 0 = not judged."""

    pixels: np.ndarray
    thin: np.ndarray  # (80, 112, 2) shares of cells
    thin_weight: np.ndarray
    fine: np.ndarray  # (40, 56, 3)
    fine_weight: np.ndarray
    area: np.ndarray  # (20, 28, 3)
    area_weight: np.ndarray
    regions: np.ndarray  # (10, 14) number of the tile
    labels: np.ndarray  # (5, 6) per tile and for the whole; NaN = not judged
    trust: np.ndarray  # (5, 6) weights of the labels


def block_mean(plane: np.ndarray, stride: int) -> np.ndarray:
    """Means over blocks."""
    return plane.reshape(plane.shape[0] // stride, stride, -1, stride).mean(axis=(1, 3))


def thin_targets(picture: Picture, planes: dict, shape):
    """Targets and weights of the maps of stride 4 for one tile (height, width in cells)."""
    target, weight = (np.zeros((*shape, len(THIN_TARGETS)), np.float32) for _ in range(2))
    for i, name in enumerate(THIN_TARGETS):
        if name in planes:
            target[..., i] = block_mean(planes[name], THIN) / 255
        if picture.origin == "pothole-seg" and name == "crack":
            weight[..., i] = UNMARKED_CRACKS
        elif picture.labels["road_damage"] == 0 or picture.origin in ("br-road", "pothole-seg"):
            weight[..., i] = 1
    return target, weight


def fine_targets(picture: Picture, planes: dict, density, shape):
    """Targets and weights of the maps of stride 8 for one tile (height, width in cells)."""
    target, weight = (np.zeros((*shape, len(FINE_TARGETS)), np.float32) for _ in range(2))
    if picture.origin == "br-road":
        target[..., 0], weight[..., 0] = block_mean(planes["lane"], FINE) / 255, 1
    water, trust = picture.lesson("water")
    if "water" in planes:
        target[..., 1], weight[..., 1] = block_mean(planes["water"], FINE) / 255, 1
    elif water == 0:
        weight[..., 1] = trust
    if density is not None:
        target[..., 2] = block_mean(density, FINE) * FINE ** 2
        weight[..., 2] = 1
    elif picture.vehicles == 0:
        weight[..., 2] = 0.3
    return target, weight


def area_targets(picture: Picture, planes: dict, shape):
    """Targets and weights of the maps of stride 16 for one tile."""
    target, weight = (np.zeros((*shape, len(AREA_TARGETS)), np.float32) for _ in range(2))
    weight[..., 0] = picture.labels["fire_smoke"] == 0
    for i, name in ((1, "garbage"), (2, "bin")):
        if name in planes:
            target[..., i], weight[..., i] = block_mean(planes[name], AREA) / 255, 1
        elif name == "garbage" and picture.lesson("garbage")[0] == 0:
            weight[..., i] = picture.lesson("garbage")[1]
    return target, weight


def tile_labels(picture: Picture, planes: dict, share: float) -> tuple[np.ndarray, np.ndarray]:
    """Labels of the part that a tile shows, NaN where the hazard may have been cut off; and trust in them."""
    told, trust = (np.array(v, np.float32) for v in zip(*map(picture.lesson, HAZARDS), (np.nan, 1), (np.nan, 1)))
    seen = {"water": ("water",), "road_damage": ("crack", "pothole"), "garbage": ("garbage",)}
    for i, hazard in enumerate(HAZARDS):
        known = [planes[name] for name in seen.get(hazard, ()) if name in planes]
        if told[i] == 1 and known:
            covered = max(float((plane > 96).mean()) for plane in known)
            enough = 0.03 if hazard == "water" else 0.004
            told[i] = 1 if covered > enough else (0 if covered == 0 and hazard == "garbage" else np.nan)
        elif told[i] == 1 and share < 0.45:
            told[i] = np.nan
    if told[0] == 0:
        told[4:] = 0
    elif told[0] == 1:
        told[4 if picture.note == "fire" else 5] = 1 if picture.note in ("fire", "smoke") else np.nan
    return told, trust


def joined_labels(tiles: np.ndarray, trust: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Labels of the whole: 1 if a tile has the hazard, 0 if none has, else NaN; and trust in them."""
    any_one, all_zero = (tiles == 1).any(axis=0), (tiles == 0).all(axis=0)
    sure = np.where(any_one, (trust * (tiles == 1)).max(axis=0), trust.min(axis=0))
    return np.where(any_one, 1, np.where(all_zero, 0, np.nan)), sure


class CanvasSource:
    """Draws canvases from pictures, strata balanced; the same seed gives the same canvases."""

    def __init__(self, pictures: list[Picture], seed: int):
        self.random = np.random.default_rng(seed)
        self.strata: dict[str, list[Picture]] = {}
        for picture in pictures:
            self.strata.setdefault(picture.stratum, []).append(picture)
        self.names = [*self.strata, "rendered", "country", "flooded"]
        shares = np.array([SHARES.get(name, 1.0) for name in self.names])
        self.shares = shares / shares.sum()

    def picture(self) -> Picture:
        """A picture of a stratum drawn by its share."""
        name = self.names[self.random.choice(len(self.names), p=self.shares)]
        if name in ("rendered", "country"):
            return (rendered_picture if name == "rendered" else country)(self.random)
        if name == "flooded":
            place = self.strata.get(SETS[self.random.integers(len(SETS))]) or [rendered_picture(self.random)]
            return flooded(self.random, place[self.random.integers(len(place))])
        members = self.strata[name]
        return members[self.random.integers(len(members))]

    def canvas(self) -> Canvas:
        """One canvas."""
        image = Image.new("RGB", (WIDTH, HEIGHT))
        maps = [np.zeros((HEIGHT // s, WIDTH // s, len(names)), np.float32)
                for s, names in ((THIN, THIN_TARGETS), (FINE, FINE_TARGETS), (AREA, AREA_TARGETS)) for _ in range(2)]
        regions, told = np.zeros((HEIGHT // SCENE, WIDTH // SCENE), np.int32), []
        picture = self.picture()
        shares = SMALL_LAYOUT_SHARES if max(picture.pixels.size) < SMALL_SIDE else LAYOUT_SHARES
        for number, tile in enumerate(LAYOUTS[self.random.choice(len(LAYOUTS), p=shares)]):
            x, y, w, h = (n * side // 2 for n, side in zip(tile, (WIDTH, HEIGHT, WIDTH, HEIGHT)))
            picture = picture if number == 0 else self.picture()
            if picture.origin == "rio-cctv":
                picture = replace(picture, pixels=unmarked(self.random, picture.pixels))
            smallest = 0.25 if picture.planes or picture.density is not None else 0.5
            pixels, planes, density, share = cropped(self.random, picture, (w, h), smallest)
            pixels = weathered(self.random, disguised(self.random, pixels, picture.labels["fire_smoke"]), picture.origin)
            image.paste(worn(self.random, pixels), (x, y))
            parts = (*thin_targets(picture, planes, (h // THIN, w // THIN)),
                     *fine_targets(picture, planes, density, (h // FINE, w // FINE)),
                     *area_targets(picture, planes, (h // AREA, w // AREA)))
            for into, part in zip(maps, parts):
                s = HEIGHT // into.shape[0]
                into[y // s:(y + h) // s, x // s:(x + w) // s] = part
            regions[y // SCENE:(y + h) // SCENE, x // SCENE:(x + w) // SCENE] = number
            told.append(tile_labels(picture, planes, share))
        labels, trust = np.full((2, TILES + 1, len(REGION_TARGETS)), np.nan, np.float32)
        labels[:len(told)], trust[:len(told)] = (np.stack(values) for values in zip(*told))
        labels[TILES], trust[TILES] = joined_labels(labels[:len(told)], trust[:len(told)])
        return Canvas(np.asarray(image.convert("YCbCr")), *maps, regions, labels, np.nan_to_num(trust))

    def batch(self, count: int) -> list[np.ndarray]:
        """Canvases stacked field by field, in the order of Canvas."""
        canvases = [vars(self.canvas()) for _ in range(count)]
        return [np.stack([c[name] for c in canvases]) for name in canvases[0]]
