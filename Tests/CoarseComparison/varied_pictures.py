"""Write JPEG files of many kinds for CoarseComparison: drawn pictures through every encoder that is installed.

Needs numpy and Pillow; uses cjpeg and jpegtran (libjpeg-turbo), convert (ImageMagick) and ffmpeg where they are there.
"""

import argparse
import io
import random
import shutil
import subprocess
from pathlib import Path

import numpy as np
from PIL import Image, ImageFile

ImageFile.MAXBLOCK = 1 << 22  # Pillow's buffer for optimised tables is too small for noise


def drawn(rng: np.random.Generator, width: int, height: int) -> Image.Image:
    """Something between flat colour and noise, with edges."""
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    picture = np.empty((height, width, 3), np.float32)
    for channel in range(3):
        wave = np.sin(x * rng.uniform(0, 0.6) + rng.uniform(0, 6)) * np.cos(y * rng.uniform(0, 0.6))
        picture[..., channel] = rng.uniform(0, 255) + rng.uniform(0, 120) * wave
    for _ in range(rng.integers(0, 6)):
        left, top = rng.integers(0, width), rng.integers(0, height)
        picture[top:top + rng.integers(1, height + 1), left:left + rng.integers(1, width + 1)] = rng.uniform(0, 255, 3)
    picture += rng.normal(0, rng.choice([0, 1, 4, 20, 90]), picture.shape)
    return Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))


def run(command: list, data: bytes) -> bytes:
    """A program's answer on stdout to data on stdin."""
    return subprocess.run([str(part) for part in command], input=data, capture_output=True, check=True).stdout


def ppm(picture: Image.Image) -> bytes:
    """The picture as the simplest file that all encoders read."""
    file = io.BytesIO()
    picture.save(file, "PPM")
    return file.getvalue()


def by_pillow(picture: Image.Image, choose: random.Random) -> bytes:
    """Pillow: qualities, samplings, optimised tables, progressive, restart markers, grey."""
    options = {"quality": choose.choice([3, 25, 50, 75, 85, 92, 100]), "subsampling": choose.choice([0, 1, 2]),
               "optimize": choose.random() < 0.4, "progressive": choose.random() < 0.2}
    if choose.random() < 0.3:
        options["restart_marker_blocks"] = choose.choice([1, 2, 7, 40])
    elif choose.random() < 0.3:
        options["restart_marker_rows"] = choose.choice([1, 2, 3])
    if choose.random() < 0.3:
        options["comment"] = bytes(choose.randrange(256) for _ in range(choose.randrange(300)))
    file = io.BytesIO()
    (picture.convert("L") if choose.random() < 0.2 else picture).save(file, "JPEG", **options)
    return file.getvalue()


def by_cjpeg(picture: Image.Image, choose: random.Random) -> bytes:
    """cjpeg: all samplings, a scan for each component, arithmetic coding, restart markers."""
    command = ["cjpeg", "-quality", choose.choice([5, 40, 75, 90, 100]),
               "-sample", choose.choice(["1x1", "2x1", "1x2", "2x2", "4x1", "1x4", "4x2", "2x4", "2x2,2x1,2x1",
                                         "2x1,2x1,2x1"])]
    if choose.random() < 0.3:
        command.append("-optimize")
    if choose.random() < 0.3:
        command += ["-restart", choose.choice(["1B", "5B", "1", "2"])]
    kind = choose.random()
    if kind < 0.1:
        command.append("-progressive")
    elif kind < 0.2:
        command = [part for part in command if part != "-optimize"] + ["-arithmetic"]
    elif kind < 0.4:
        scans = Path("/tmp") / f"scans-{choose.randrange(10 ** 9)}"
        scans.write_text(choose.choice(["0;1;2;", "0;1,2;", "2;0;1;", "0,1;2;"]))
        command += ["-scans", scans]
    elif kind < 0.5:
        command.append("-grayscale")
    try:
        return run(command, ppm(picture))
    finally:
        for part in command:
            if isinstance(part, Path):
                part.unlink()


def by_magick(picture: Image.Image, choose: random.Random) -> bytes:
    """ImageMagick."""
    command = ["convert", "ppm:-", "-quality", choose.choice([10, 60, 85, 95, 100]), "-sampling-factor",
               choose.choice(["1x1", "2x1", "2x2", "1x2", "4x1"])]
    if choose.random() < 0.2:
        command += ["-interlace", "JPEG"]
    if choose.random() < 0.2:
        command += ["-colorspace", "Gray"]
    return run([*command, "jpeg:-"], ppm(picture))


def by_ffmpeg(picture: Image.Image, choose: random.Random) -> bytes:
    """ffmpeg's mjpeg encoder."""
    pixels = choose.choice(["yuvj420p", "yuvj422p", "yuvj444p"])
    return run(["ffmpeg", "-v", "error", "-f", "ppm_pipe", "-i", "-", "-frames:v", 1, "-pix_fmt", pixels, "-q:v",
                choose.choice([1, 2, 5, 12, 31]), "-huffman", choose.choice(["default", "optimal"]), "-f", "mjpeg",
                "-"], ppm(picture))


def with_fill_bytes(data: bytes, choose: random.Random) -> bytes:
    """Fill bytes before the first segment and an unknown application segment."""
    extra = b"\xff" * choose.randrange(1, 5) + b"\xff\xe7\x00\x0a" + bytes(choose.randrange(256) for _ in range(8))
    return data[:2] + extra + data[2:]


def without_tables(data: bytes) -> bytes:
    """A Motion JPEG frame that relies on the standard's Huffman tables."""
    out, at = bytearray(data[:2]), 2
    while data[at + 1] != 0xDA:
        length = int.from_bytes(data[at + 2:at + 4], "big")
        if data[at + 1] != 0xC4:
            out += data[at:at + 2 + length]
        at += 2 + length
    return bytes(out) + data[at:]


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    encoders = [by_pillow] + [encode for tool, encode in (("cjpeg", by_cjpeg), ("convert", by_magick),
                                                         ("ffmpeg", by_ffmpeg)) if shutil.which(tool)]
    rng, choose = np.random.default_rng(args.seed), random.Random(args.seed)
    for index in range(args.count):
        width, height = (int(v) for v in rng.integers(1, 400, 2)) if index % 5 else (640, 360)
        encode = encoders[index % len(encoders)]
        if encode is by_ffmpeg:
            width, height = max(width, 16), max(height, 16)
        picture = drawn(rng, width, height)
        data = encode(picture, choose)
        kind = ""
        if choose.random() < 0.1:
            data, kind = with_fill_bytes(data, choose), "-fill"
        if encode is by_pillow and choose.random() < 0.1:
            file = io.BytesIO()
            picture.save(file, "JPEG", quality=80)
            data, kind = without_tables(file.getvalue()), "-tableless"
        (args.out / f"{index:05d}-{encode.__name__[3:]}{kind}.jpg").write_bytes(data)
    print(f"{args.count} files in {args.out} by {', '.join(e.__name__[3:] for e in encoders)}")


if __name__ == "__main__":
    main()
