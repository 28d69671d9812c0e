"""Hard negatives from Debian's wallpaper packages: sunsets, flowers, autumn leaves, glows; `wallpapers.csv` lists them.

Every picture of the list was looked at. None shows fire, refuse or a damaged road; `water` is blank where water is seen.
"""

import csv
import hashlib
import subprocess
from pathlib import Path

import numpy as np
from PIL import Image

from pictures import LONGEST_KEPT, DataError, Picture, shrunk

LIST = Path(__file__).with_name("wallpapers.csv")


def fetch(folder: Path, packages: set[str]) -> None:
    """Download and unpack the packages that are not there yet, by apt-get and dpkg-deb."""
    for package in sorted(packages):
        target = folder / package
        if target.exists():
            continue
        folder.mkdir(parents=True, exist_ok=True)
        try:
            subprocess.run(["apt-get", "download", "-qq", package], cwd=folder, check=True, stderr=subprocess.DEVNULL)
            archive = next(folder.glob(f"{package}_*.deb"))
            subprocess.run(["dpkg-deb", "-x", archive, target], check=True)
        except (OSError, subprocess.CalledProcessError, StopIteration) as error:
            raise DataError(f"cannot get the wallpaper package {package}: {error}") from None


def load_wallpapers(folder: Path) -> list[Picture]:
    """The listed wallpapers as pictures without hazards; a fifth of them is held out."""
    with open(LIST, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    fetch(folder, {row["package"] for row in rows})
    pictures = []
    for row in rows:
        labels = {"fire_smoke": 0.0, "road_damage": 0.0, "garbage": 0.0,
                  "water": 0.0 if row["water"] == "0" else np.nan}
        held_out = int(hashlib.sha256(row["path"].encode()).hexdigest()[:2], 16) < 52
        with Image.open(folder / row["package"] / row["path"]) as image:
            image.draft("RGB", (2 * LONGEST_KEPT, 2 * LONGEST_KEPT))
            pixels = shrunk(image.convert("RGB"), LONGEST_KEPT)
        pictures.append(Picture(row["path"], "wallpapers", "", labels, held_out, 0.0, pixels))
    return pictures
