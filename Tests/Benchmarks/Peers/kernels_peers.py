#!/usr/bin/env python3
"""The vector kernels beside OpenCV and memory copies, interleaved in one run.

    kernels_peers.py --program .build/release/Benchmarks [--rounds 7] [--seconds 1.5] [--json FILE]

PROGRAM is the benchmark executable, or a `jinxun` that answers `bench kernels`. Each round measures the
program, OpenCV and the copies on the same planes, one size after the other, on one thread; every figure is the
median of the rounds, with its range. OpenCV does what the kernel does as it is usually written there, in the
fastest of the ways that are tried; its outputs are preallocated. Pin the script to one core where others use
the machine: `taskset -c 1 kernels_peers.py …` (the program inherits it).
"""
import argparse
import ctypes
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import cv2
import numpy as np

SIZES = [(1920, 1080, 16), (960, 540, 16), (240, 135, 4), (120, 68, 4)]
THRESHOLD = 20


def seeded_plane(seed, number, width, height):
    """Plane `number` of the program's seeded planes: the low bytes of SplitMix64."""
    count = width * height
    with np.errstate(over="ignore"):
        index = np.arange(1, count + 1, dtype=np.uint64) + np.uint64(number * count)
        z = np.uint64(seed) + index * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (z ^ (z >> np.uint64(31))).astype(np.uint8).reshape(height, width)


class Peers:
    """OpenCV's equivalents of the kernels on three planes; each method is one call of a kernel."""

    def __init__(self, planes, tile):
        self.first, self.second, self.third = planes
        self.tile = tile
        height, width = self.first.shape
        self.tiles = (width // tile, height // tile)
        self.background = self.second.copy()
        self.a, self.b, self.c, self.d = (np.empty_like(self.first) for _ in range(4))
        self.x, self.y = (np.empty((height, width), np.int16) for _ in range(2))
        self.bgr = cv2.merge(planes)
        self.hsv = np.empty_like(self.bgr)
        self.sums = np.empty((height + 1, width + 1), np.int32)
        self.small = np.empty(self.tiles[::-1], np.uint8)
        self.shrunk = {f: np.empty((-(-height // f), -(-width // f)), np.uint8) for f in (2, 4, 8)}
        self.target = np.empty_like(self.first)

    def copies(self):
        bytes_, source, target = self.first.nbytes, self.first.ctypes.data, self.target.ctypes.data
        move = ctypes.memmove
        return {
            "memmove": lambda: move(target, source, bytes_),
            "copyto": lambda: np.copyto(self.target, self.first),
        }

    def ways(self):
        """Kernel → ways to do it; the fastest one counts."""
        return {
            "update_background": [
                self.update_by_comparing, self.update_by_subtracting, self.update_by_clamping,
            ],
            "count_changes": [lambda: self.count(self.second)],
            "tile_gradients": [self.gradients_by_resize, self.gradients_by_integral],
            "tile_colours": [self.colours],
            "tile_differences": [self.differences],
            "box_blur": [lambda: cv2.blur(self.first, (3, 3), self.a)],
            "halve": [lambda: self.shrink(2)],
            "shrink_by_4": [lambda: self.shrink(4)],
            "shrink_by_8": [lambda: self.shrink(8)],
            "integral": [lambda: cv2.integral(self.first, self.sums)],
            "histogram": [lambda: cv2.calcHist([self.first], [0], None, [256], [0, 256])],
        }

    def count(self, other):
        """Changed samples of the whole picture: absolute difference, threshold, count."""
        cv2.absdiff(self.first, other, self.a)
        cv2.threshold(self.a, THRESHOLD, 255, cv2.THRESH_BINARY, self.b)
        return cv2.countNonZero(self.b)

    def update_by_comparing(self):
        self.count(self.background)
        cv2.compare(self.first, self.background, cv2.CMP_GT, self.c)
        cv2.compare(self.first, self.background, cv2.CMP_LT, self.d)
        cv2.min(self.c, 1, self.c)
        cv2.min(self.d, 1, self.d)
        cv2.add(self.background, self.c, self.background)
        cv2.subtract(self.background, self.d, self.background)

    def update_by_subtracting(self):
        self.count(self.background)
        cv2.subtract(self.first, self.background, self.c)
        cv2.subtract(self.background, self.first, self.d)
        cv2.min(self.c, 1, self.c)
        cv2.min(self.d, 1, self.d)
        cv2.add(self.background, self.c, self.background)
        cv2.subtract(self.background, self.d, self.background)

    def update_by_clamping(self):
        self.count(self.background)
        cv2.subtract(self.background, 1, self.c)
        cv2.add(self.background, 1, self.d)
        cv2.max(self.first, self.c, self.c)
        cv2.min(self.c, self.d, self.background)

    def sobel(self):
        cv2.Sobel(self.first, cv2.CV_16S, 1, 0, self.x)
        cv2.Sobel(self.first, cv2.CV_16S, 0, 1, self.y)
        cv2.convertScaleAbs(self.x, self.a)
        cv2.convertScaleAbs(self.y, self.b)
        cv2.add(self.a, self.b, self.c)

    def gradients_by_resize(self):
        self.sobel()
        cv2.resize(self.c, self.tiles, self.small, interpolation=cv2.INTER_AREA)

    def gradients_by_integral(self):
        self.sobel()
        cv2.integral(self.c, self.sums)

    def colours(self):
        """One mask of the usual fire colours (eight classes per tile on our side)."""
        cv2.cvtColor(self.bgr, cv2.COLOR_BGR2HSV, self.hsv)
        cv2.inRange(self.hsv, (0, 100, 150), (30, 255, 255), self.a)

    def differences(self):
        cv2.absdiff(self.first, self.second, self.a)
        cv2.resize(self.a, self.tiles, self.small, interpolation=cv2.INTER_AREA)

    def shrink(self, factor):
        height, width = self.first.shape
        size = (-(-width // factor), -(-height // factor))
        cv2.resize(self.first, size, self.shrunk[factor], interpolation=cv2.INTER_AREA)

    def check_updates(self):
        """All ways of the update give the same background, which is that of its formula."""
        results = []
        for way in self.ways()["update_background"]:
            self.background = self.second.copy()
            way()
            results.append(self.background.copy())
        sign = np.sign(self.first.astype(np.int16) - self.second.astype(np.int16))
        expected = (self.second.astype(np.int16) + sign).astype(np.uint8)
        for result in results:
            if not np.array_equal(result, expected):
                sys.exit("an OpenCV update is not the kernel's")


def milliseconds(call, turn_seconds):
    """Time of one call, over as many as take about `turn_seconds`; one untimed call before."""
    start = time.perf_counter()
    call()
    once = time.perf_counter() - start
    repetitions = max(1, int(turn_seconds / max(once, 1e-7)))
    start = time.perf_counter()
    for _ in range(repetitions):
        call()
    return (time.perf_counter() - start) / repetitions * 1e3


def run_program(program, seconds, folder, tile):
    name = Path(program).name
    command = [program] + (["kernels"] if name == "Benchmarks" else ["bench", "kernels"])
    command += ["--seconds", str(seconds), "--planes", str(folder), "--tile", str(tile)]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit {result.returncode}: {result.stderr.strip()}")
    return json.loads(result.stdout)


def write_planes(folder, planes):
    folder.mkdir()
    height, width = planes[0].shape
    for name, plane in zip(("first", "second", "third"), planes):
        header = f"P5\n{width} {height}\n255\n".encode()
        (folder / f"{name}.pgm").write_bytes(header + plane.tobytes())


class Samples:
    """Milliseconds of one subject, round by round."""

    def __init__(self):
        self.values = []

    def summary(self, bytes_=None):
        median = statistics.median(self.values)
        out = {"ms": median, "lowest_ms": min(self.values), "highest_ms": max(self.values)}
        if bytes_:
            out["gigabytes_per_second"] = bytes_ / median / 1e6
        return out


def measure(arguments):
    """Size → subject → samples, the subjects named `ours kernel tier`, `opencv kernel way`, `copy name`."""
    measured, tier = {}, None
    with tempfile.TemporaryDirectory() as scratch:
        subjects = {}
        for width, height, tile in SIZES:
            planes = [seeded_plane(arguments.seed, k, width, height) for k in range(3)]
            folder = Path(scratch) / f"{width}x{height}"
            write_planes(folder, planes)
            peers = Peers(planes, tile)
            peers.check_updates()
            subjects[width, height, tile] = (peers, folder)
            measured[width, height, tile] = {}
        for number in range(arguments.rounds):
            for size, (peers, folder) in subjects.items():
                samples = measured[size]

                def note(name, value):
                    samples.setdefault(name, Samples()).values.append(value)

                answer = run_program(arguments.program, arguments.seconds, folder, size[2])
                tier = answer["tier"]
                note(("copy", "memcpy in the program"), answer["planes"][0]["memcpy"]["ms"])
                for row in answer["planes"][0]["kernels"]:
                    note(("ours", row["kernel"], row["tier"]), row["ms"])
                for name, call in peers.copies().items():
                    note(("copy", name), milliseconds(call, arguments.turn))
                for kernel, ways in peers.ways().items():
                    for way, call in enumerate(ways):
                        note(("opencv", kernel, way), milliseconds(call, arguments.turn))
            print(f"round {number + 1} of {arguments.rounds}", file=sys.stderr)
    return measured, tier


BYTES_PER_SAMPLE = {"update_background": 3, "count_changes": 2, "tile_gradients": 1, "tile_colours": 3}


def spread(summary):
    return f"({summary['lowest_ms'] * 1e3:.2f}…{summary['highest_ms'] * 1e3:.2f})"


def report(measured, tier):
    """The table on stdout; the same as a value to write as JSON."""
    out = {"tier": tier, "opencv": cv2.__version__, "planes": []}
    for (width, height, tile), samples in measured.items():
        count = width * height
        copies = {n[1]: s.summary(2 * count) for n, s in samples.items() if n[0] == "copy"}
        fastest = min(copies.values(), key=lambda copy: copy["ms"])
        print(f"\n{width} x {height}, tiles of {tile}, {tier}; memory in bytes read + written")
        for name, copy in copies.items():
            speed = copy["gigabytes_per_second"]
            print(f"  {name:22} {copy['ms'] * 1e3:10.2f} us  {spread(copy):>21}  {speed:6.1f} GB/s")
        print(f"  {'kernel':18} {'tier':8} {'us':>10}  {'range':>21}  {'÷ memcpy':>8}  {'OpenCV us':>10}"
              f"  {'range':>21}  {'x OpenCV':>8}")
        rows = []
        for (side, kernel, kernel_tier), values in ((n, s) for n, s in samples.items() if n[0] == "ours"):
            ours = values.summary(BYTES_PER_SAMPLE.get(kernel, 0) * count or None)
            theirs = [s.summary() for n, s in samples.items() if n[0] == "opencv" and n[1] == kernel]
            best = min(theirs, key=lambda way: way["ms"]) if theirs else None
            speed = ours.get("gigabytes_per_second")
            row = {
                "kernel": kernel, "tier": kernel_tier, "ours": ours, "opencv": best,
                "times_opencv": best["ms"] / ours["ms"] if best else None,
                "memcpy_ratio": speed / fastest["gigabytes_per_second"] if speed else None,
            }
            rows.append(row)
            if kernel_tier != tier:
                continue
            line = f"  {kernel:18} {kernel_tier:8} {ours['ms'] * 1e3:10.2f}  {spread(ours):>21}  "
            line += f"{row['memcpy_ratio']:8.2f}" if row["memcpy_ratio"] else " " * 8
            if best:
                line += f"  {best['ms'] * 1e3:10.2f}  {spread(best):>21}  {row['times_opencv']:8.1f}"
            print(line.rstrip())
        size = {"width_pixels": width, "height_pixels": height, "tile": tile}
        out["planes"].append(size | {"copies": copies, "kernels": rows})
    return out


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--program", required=True)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=1.5, help="of the program, per size and round")
    parser.add_argument("--turn", type=float, default=0.02, help="seconds of one OpenCV call's turn")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    result = report(*measure(arguments))
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
