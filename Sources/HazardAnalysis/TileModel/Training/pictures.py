"""Labelled pictures: features dumped by the program, labels, groups and what is known of each tile."""

import csv
import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

HAZARDS = ("fire_smoke", "garbage", "road_damage", "water")
VEHICLES = "vehicles"
# Sets whose blank label means that the hazard is not there.
ABSENT = {
    "road_damage": {"camvid-streets", "drone-vehicles", "rio-cctv", "kaggle-fire999", "flood-area", "cn-garbage"},
    "water": {"kaggle-fire999", "cn-garbage", "br-road", "pothole-seg"},
}
# Sets that nobody judged for the hazard and that hardly show it: negatives of the fit, not of any figure. Without them
# a tile model sees refuse in every pothole and water in every cloud of smoke.
HARDLY_SHOWN = {
    "garbage": {"aider-aerial-fire", "flood-area", "kunge-fire", "kunge-smoke", "pothole-seg", "rio-cctv"},
    "road_damage": {"aider-aerial-fire", "kunge-fire", "kunge-smoke"},
    "water": {"kunge-fire", "kunge-smoke"},
}
# Sets that show hardly any vehicle from above, so that each of their tiles is a negative for the vehicle head.
VEHICLE_FREE = {"flood-area", "kaggle-fire999", "kunge-fire", "kunge-smoke", "pothole-seg", "negatives"}


@dataclass
class Picture:
    """One picture: a row of the manifest with its tiles."""

    file: str
    set: str
    group: str
    labels: dict  # hazard: 1, 0 or None
    vehicles: int | None
    columns: int
    rows: int
    base: tuple  # width and height of the base plane
    blank: np.ndarray
    features: np.ndarray
    targets: dict = field(default_factory=dict)  # hazard: 1, 0 or -1 (unknown) for each tile
    inputs: np.ndarray | None = None
    means: np.ndarray | None = None


def read(dump: Path, manifest_rows: list, features: int, data: Path) -> list:
    """Pairs the records of a dump with the rows that it was made from."""
    raw, offset, pictures = np.fromfile(dump, np.uint8), 0, []
    while offset < len(raw):
        number, columns, rows, width, height = (int(v) for v in raw[offset:offset + 20].view("<i4"))
        size = columns * rows * (features + 1) * 2
        tiles = raw[offset + 20:offset + 20 + size].view("<i2").reshape(columns * rows, features + 1)
        offset += 20 + size
        row = manifest_rows[number]
        labels = {h: label(row, h) for h in HAZARDS}
        picture = Picture(row["file"], row["set"], group(row), labels, int(row["vehicles"]) if row["vehicles"] else
                          None, columns, rows, (width, height), tiles[:, 0] > 0, tiles[:, 1:])
        picture.targets = tile_targets(picture, row, data)
        pictures.append(picture)
    return pictures


def label(row: dict, hazard: str):
    """1, 0, or None where the picture is not judged for the hazard."""
    if hazard == "water" and "clear=0" in row["note"]:
        return None  # a label of the clip, not of what this picture plainly shows
    if row[hazard] in ("0", "1"):
        return int(row[hazard])
    return 0 if row["set"] in ABSENT.get(hazard, ()) else None


def taught(picture: "Picture", hazard: str):
    """What the fit is told: the label, or 0 in a set that hardly shows the hazard."""
    known = picture.labels[hazard]
    return 0 if known is None and picture.set in HARDLY_SHOWN.get(hazard, ()) else known


def state(picture, name: str):
    """Whether a picture shows the thing as the fit is told: 1, 0, or None where that is not known."""
    if name != VEHICLES:
        return taught(picture, name)
    return None if name not in picture.targets else int((picture.targets[name] == 1).any())


def group(row: dict) -> str:
    """What must not be split: rotations of one photograph, a camera, a section of a road, a flight."""
    if row["set"] == "br-road":  # …/1091937-DF-251-251BDF0490-01204.jpg: the fourth part names the section
        return row["set"] + ":" + Path(row["file"]).stem.split("-")[3]
    return row["set"] + ":" + row["group"]


def tile_targets(picture: Picture, row: dict, data: Path) -> dict:
    """What masks and boxes tell about single tiles: 1, 0, or -1 where the tile is cut or nothing is known."""
    targets = {}
    if row["mask"]:
        mask = np.asarray(Image.open(data / row["mask"]))
        if row["set"] == "flood-area":
            targets["water"] = decide(cover(picture, mask == 3), 0.2, 0.6)
        else:
            crack, hole = cover(picture, (mask & 1) > 0), cover(picture, mask & 2 > 0)
            damage = decide(np.maximum(hole * 5, crack * 25), 0.25, 1.0)
            if row["set"] == "br-road":  # only the lane was searched for damage
                damage[(damage == 0) & (cover(picture, mask > 0) < 0.5)] = -1
            targets["road_damage"] = damage
    if row["boxes"]:
        with open(data / row["boxes"], newline="", encoding="utf-8") as file:
            boxes = list(csv.DictReader(file))
        if row["set"] == "cn-garbage":
            heaps = paint(row, boxes, ("garbage", "overflow"))
            targets["garbage"] = decide(cover(picture, heaps), 0.1, 0.6)
        else:
            targets[VEHICLES] = decide(cover(picture, paint(row, boxes, ("vehicle",))), 0.2, 0.6)
    elif picture.set in VEHICLE_FREE:
        targets[VEHICLES] = np.zeros(picture.columns * picture.rows, np.int8)
    return targets


def paint(row: dict, boxes: list, classes: tuple) -> np.ndarray:
    """The union of boxes as a mask."""
    width, height = int(row["width"]), int(row["height"])
    mask = np.zeros((height, width), bool)
    for box in boxes:
        if box["class"] in classes:
            x, y, w, h = (float(box[k]) for k in ("cx", "cy", "w", "h"))
            mask[round((y - h / 2) * height):round((y + h / 2) * height) + 1,
                 max(0, round((x - w / 2) * width)):round((x + w / 2) * width) + 1] = True
    return mask


def cover(picture: Picture, mask: np.ndarray) -> np.ndarray:
    """The share of each tile that a mask covers."""
    height, width = mask.shape
    xs = [round(min(c * 8, picture.base[0]) * width / picture.base[0]) for c in range(picture.columns)] + [width]
    ys = [round(min(r * 8, picture.base[1]) * height / picture.base[1]) for r in range(picture.rows)] + [height]
    total = np.pad(mask.astype(np.int64).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    corners = total[np.ix_(ys, xs)]
    inside = corners[1:, 1:] - corners[:-1, 1:] - corners[1:, :-1] + corners[:-1, :-1]
    return (inside / np.maximum(1, np.outer(np.diff(ys), np.diff(xs)))).ravel()


def decide(share: np.ndarray, low: float, high: float) -> np.ndarray:
    """0 up to `low`, 1 from `high` on, unknown between."""
    return np.where(share >= high, 1, np.where(share <= low, 0, -1)).astype(np.int8)


def chance(text: str) -> float:
    """A number of 0…1 that depends on the text only."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big") / 2**48
