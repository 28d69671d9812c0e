"""The labelled pictures: manifest, labels, splits, and pixels with label planes held in memory."""

import csv
import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from architecture import FIRST_LONGEST, FULL_LONGEST

HAZARDS = ("fire_smoke", "water", "road_damage", "garbage")
PLANES = ("crack", "pothole", "lane", "water", "garbage", "bin")  # binary label planes, 255 = present
LONGEST_KEPT = 576  # pixels, longest side in memory
ABSENT = {  # sets whose blank label for a hazard means that the hazard is not there
    "road_damage": {"camvid-streets", "drone-vehicles", "rio-cctv", "kaggle-fire999", "flood-area", "cn-garbage"},
    "water": {"kaggle-fire999", "cn-garbage", "br-road", "pothole-seg"},
}
MASK_BITS = {"br-road": ("crack", "pothole", "lane"), "pothole-seg": ("crack", "pothole", "lane")}
BOX_PLANES = {"garbage": "garbage", "overflow": "garbage", "bin": "bin"}
HELD_OUT_ROAD_SECTIONS = ("251BDF0490", "290RS070691")
DRAWN, DRAWN_TRUST = "drawn", 0.5  # note of pictures whose water is drawn
CLEAR = "clear=1"  # note of pictures of city cameras that plainly show what their label says
UNCLEAR_TRUST = 0.2
LIKELY_ABSENT = {  # set and hazard: trust in "not there" where nobody judged
    ("drone-vehicles", "garbage"): 0.5, ("aider-aerial-fire", "garbage"): 0.3, ("flood-area", "garbage"): 0.2,
    ("aider-aerial-fire", "water"): 0.4,
}
POTHOLE_SHARE = 0.002  # of a highway picture, from which it counts as one of potholes
BLOCKS = 10  # runs of neighbouring pictures of a set without groups; two of them are held out


class DataError(Exception):
    """The data folder is not as its README says."""


@dataclass
class Picture:
    """One labelled picture: `labels` by hazard (1, 0, NaN = not judged), pixels RGB u8, planes u8 of the same size."""

    file: str
    origin: str  # the set
    note: str
    labels: dict[str, float]
    held_out: bool
    vehicles: float = np.nan
    pixels: Image.Image | None = None
    planes: dict[str, Image.Image] = field(default_factory=dict)
    density: Image.Image | None = None  # vehicles per pixel, float
    group: str = ""  # pictures of one camera, place or event, where the set tells

    @property
    def stratum(self) -> str:
        """Set and label, for balanced sampling."""
        told = self.labels["fire_smoke"], self.labels["water"], self.labels["garbage"]
        if self.origin == "br-road" and np.asarray(self.planes["pothole"]).mean() > POTHOLE_SHARE * 255:
            return "br-road:pothole"
        if self.origin == "rio-cctv" and 1 in told and CLEAR not in self.note:
            return "rio-cctv:unclear"
        return f"{self.origin}:{'1' if 1 in told else '0'}" if self.origin in (
            "kaggle-fire999", "rio-cctv", "cn-garbage") else self.origin

    def lesson(self, hazard: str) -> tuple[float, float]:
        """Label to train with (NaN = none) and how far it is trusted (0...1): what is not judged may still be likely."""
        told = self.labels[hazard]
        if self.note == DRAWN and hazard == "water":
            return told, DRAWN_TRUST
        if self.origin == "rio-cctv" and hazard == "water" and CLEAR not in self.note:
            return told, UNCLEAR_TRUST
        if np.isnan(told) and (self.origin, hazard) in LIKELY_ABSENT:
            return 0.0, LIKELY_ABSENT[self.origin, hazard]
        return told, 1.0


def read_rows(data: Path) -> list[dict]:
    """The rows of manifest.csv, each file once."""
    try:
        with open(data / "manifest.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
    except OSError as error:
        raise DataError(f"cannot read {error.filename}: {error.strerror}") from None
    missing = {"file", "set", "group", *HAZARDS, "vehicles", "mask", "boxes", "note"} - set(rows[0] if rows else ())
    if missing:
        raise DataError(f"manifest.csv lacks the columns {', '.join(sorted(missing))}")
    return list({row["file"]: row for row in rows}.values())


def label(row: dict, hazard: str) -> float:
    """1, 0, or NaN where the picture is not judged for this hazard."""
    if row[hazard] in ("0", "1"):
        return float(row[hazard])
    return 0.0 if row["set"] in ABSENT.get(hazard, ()) else np.nan


def _share(text: str) -> float:
    """A fixed number in 0...1 from a text."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) / 2 ** 32


def _numbers(text: str) -> list:
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", text)]


def held_out_files(rows: list[dict]) -> set[str]:
    """About a fifth of the pictures of every set, whole groups: cameras, road sections, runs of one event."""
    chosen, by_set = set(), {}
    for row in rows:
        by_set.setdefault(row["set"], []).append(row)
    whole = {"camvid-streets": {"0006R0"}, "drone-vehicles": {"1", "4"}, "flood-area": {"0"}}
    for name, members in by_set.items():
        if name in whole:
            chosen |= {row["file"] for row in members if row["group"] in whole[name]}
        elif name == "br-road":
            chosen |= {r["file"] for r in members if any(s in r["file"] for s in HELD_OUT_ROAD_SECTIONS)}
        elif all(row["group"] for row in members):
            part = 0.3 if name == "rio-cctv" else 0.22
            chosen |= {r["file"] for r in members if _share(f"{name} {r['group']}") < part}
        else:  # names are numbered: neighbours are alike
            for part in ("fire", "smoke", "non", ""):
                run = sorted((r["file"] for r in members if part in Path(r["file"]).name), key=_numbers)
                members = [r for r in members if part not in Path(r["file"]).name]
                chosen |= {f for i, f in enumerate(run) if i * BLOCKS // len(run) in (3, 7)}
    return chosen


def load_pictures(data: Path) -> list[Picture]:
    """All pictures with pixels and planes, longest side at most LONGEST_KEPT."""
    rows = read_rows(data)
    held_out, pictures = held_out_files(rows), []
    for row in rows:
        picture = Picture(row["file"], row["set"], row["note"], {h: label(row, h) for h in HAZARDS},
                          row["file"] in held_out, float(row["vehicles"] or "nan"), group=row["group"])
        try:
            _load_pixels(picture, data, row)
        except (OSError, ValueError, KeyError) as error:
            raise DataError(f"{row['file']}: {error}") from None
        pictures.append(picture)
    return pictures


def shrunk(image: Image.Image, longest: int, how=Image.Resampling.BOX) -> Image.Image:
    """The image with at most this longest side; never enlarged, aspect kept, sides rounded."""
    share = min(1.0, longest / max(image.size))
    size = tuple(max(1, round(n * share)) for n in image.size)
    return image if size == image.size else image.resize(size, how)


def _load_pixels(picture: Picture, data: Path, row: dict) -> None:
    with Image.open(data / row["file"]) as image:
        full = image.convert("RGB")
    picture.pixels = shrunk(full, LONGEST_KEPT)
    if row["mask"]:
        with Image.open(data / row["mask"]) as image:
            mask = np.array(image)
        if row["set"] == "flood-area":
            found = {"water": mask == 3}
        elif row["set"] == "pothole-seg":
            found = {"pothole": mask == 2}
        else:
            found = {name: (mask >> bit & 1) > 0 for bit, name in enumerate(MASK_BITS.get(row["set"], ()))}
        for name, plane in found.items():
            picture.planes[name] = shrunk(Image.fromarray(plane.astype(np.uint8) * 255), LONGEST_KEPT)
    if row["boxes"]:
        with open(data / row["boxes"], newline="", encoding="utf-8") as file:
            _draw_boxes(picture, list(csv.DictReader(file)))


def _draw_boxes(picture: Picture, boxes: list[dict]) -> None:
    """Refuse and bins become planes; vehicles a density that sums to their number."""
    width, height = picture.pixels.size
    planes = {name: Image.new("L", picture.pixels.size) for name in ("garbage", "bin")}
    density = np.zeros((height, width), np.float32)
    for box in boxes:
        x, y, w, h = (float(box[key]) for key in ("cx", "cy", "w", "h"))
        left, right = max(0.0, (x - w / 2) * width), min(width, (x + w / 2) * width)
        top, bottom = max(0.0, (y - h / 2) * height), min(height, (y + h / 2) * height)
        if box["class"] == "vehicle":
            rows = slice(int(top), max(int(top) + 1, int(bottom)))
            columns = slice(int(left), max(int(left) + 1, int(right)))
            part = density[rows, columns]
            part += 1 / max(1, part.size)
        elif box["class"] in BOX_PLANES:
            ImageDraw.Draw(planes[BOX_PLANES[box["class"]]]).rectangle((left, top, right, bottom), fill=255)
    if picture.origin == "drone-vehicles":
        picture.density = Image.fromarray(density)
    else:
        picture.planes |= planes


def full_input(pixels: Image.Image) -> np.ndarray:
    """The full network's input: planes Y, Cb, Cr u8 (height, width, 3), longest side at most FULL_LONGEST."""
    return np.asarray(shrunk(pixels, FULL_LONGEST).convert("YCbCr"))


def first_look_input(pixels: Image.Image) -> np.ndarray:
    """The first look's input u8 (height, width, 6): 2 x 2 luma as channels and chroma, longest side of luma FIRST_LONGEST."""
    planes = np.asarray(shrunk(pixels, FIRST_LONGEST).convert("YCbCr"))
    planes = np.pad(planes, ((0, planes.shape[0] % 2), (0, planes.shape[1] % 2), (0, 0)), mode="edge")
    parts = [planes[y::2, x::2, 0] for y in (0, 1) for x in (0, 1)]
    blocks = planes[..., 1:].reshape(planes.shape[0] // 2, 2, planes.shape[1] // 2, 2, 2).astype(np.uint16)
    chroma = (blocks.sum(axis=(1, 3)) + 2) // 4
    return np.concatenate([np.stack(parts, axis=-1), chroma.astype(np.uint8)], axis=-1)
