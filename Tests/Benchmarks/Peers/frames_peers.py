"""Compare `jinxun bench frames` with decoders and motion detectors that read the same JPEG frames.

Rounds run the program and every peer in turn on one processor, so that a slow minute of the machine meets them alike.
Frames are read into memory first and looped. A camera's frames are one folder; `jinxun simulate camera --width 1920
--height 1080` draws some. Needs numpy, opencv-python-headless, PyTurboJPEG.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import cv2
import numpy as np
from turbojpeg import TurboJPEG

cv2.setNumThreads(1)


def reduced_colour(frame: np.ndarray):
    """OpenCV at one eighth of the size."""
    return cv2.imdecode(frame, cv2.IMREAD_REDUCED_COLOR_8)


class TurboEighth:
    """PyTurboJPEG at one eighth of the size."""

    def __init__(self):
        self.decoder = TurboJPEG()

    def __call__(self, frame: np.ndarray):
        return self.decoder.decode(frame.data, scaling_factor=(1, 8))


class RecorderMotion:
    """A video recorder's motion: grey at one eighth, blurred, against a running mean, regions of what differs."""

    def __init__(self):
        self.mean = None

    def __call__(self, frame: np.ndarray):
        grey = cv2.imdecode(frame, cv2.IMREAD_REDUCED_GRAYSCALE_8)
        height, width = grey.shape
        grey = cv2.GaussianBlur(cv2.resize(grey, (100 * width // height, 100)), (3, 3), 0)
        if self.mean is None:
            self.mean = grey.astype(np.float32)
        distance = cv2.absdiff(grey, cv2.convertScaleAbs(self.mean))
        _, moved = cv2.threshold(distance, 30, 255, cv2.THRESH_BINARY)
        regions, _ = cv2.findContours(cv2.dilate(moved, None), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        cv2.accumulateWeighted(grey, self.mean, 0.01)
        return [cv2.boundingRect(region) for region in regions]


class FireAndMotion:
    """Fire colours in HSV and the change since the frame before, both as regions, at one eighth of the size."""

    def __init__(self):
        self.previous = None

    def __call__(self, frame: np.ndarray):
        colour = reduced_colour(frame)
        fire = cv2.inRange(cv2.cvtColor(colour, cv2.COLOR_BGR2HSV), (0, 120, 160), (35, 255, 255))
        grey = cv2.GaussianBlur(cv2.cvtColor(colour, cv2.COLOR_BGR2GRAY), (5, 5), 0)
        change = None
        if self.previous is not None:
            _, moved = cv2.threshold(cv2.absdiff(grey, self.previous), 15, 255, cv2.THRESH_BINARY)
            change = cv2.connectedComponentsWithStats(moved)
        self.previous = grey
        return cv2.connectedComponentsWithStats(fire), change


# One maker call a camera: detectors keep what they saw.
PEERS = {"opencv_colour_eighth": lambda: reduced_colour, "turbojpeg_eighth": TurboEighth,
         "recorder_motion": RecorderMotion, "fire_and_motion": FireAndMotion}


def cameras_of(folders: list) -> list:
    """The frames of each folder as arrays of bytes."""
    cameras = []
    for folder in folders:
        files = sorted(f for f in Path(folder).iterdir() if f.suffix.lower() in (".jpg", ".jpeg"))
        if not files:
            sys.exit(f"{folder}: no JPEG files")
        cameras.append([np.fromfile(f, np.uint8) for f in files])
    return cameras


def speed_of_peer(name: str, cameras: list, seconds: float) -> float:
    """Frames a second of one peer, cameras in turn."""
    looks = [PEERS[name]() for _ in cameras]
    for look, frames in zip(looks, cameras):
        look(frames[0])
    count, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < seconds:
        for look, frames in zip(looks, cameras):
            look(frames[count // len(cameras) % len(frames)])
            count += 1
    return count / (time.perf_counter() - begun)


def speed_of_program(program: str, folders: list, seconds: float) -> dict:
    """The answer of `bench frames` on one thread."""
    command = [program, "bench", "frames", *folders, "--threads", "1", "--seconds", str(seconds)]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def main() -> None:
    """Run all rounds, print a table and, last, one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("--frames", nargs="+", required=True, metavar="DIR")
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    cameras = cameras_of(args.frames)
    own, rates = [], {name: [] for name in PEERS}
    for _ in range(args.rounds):
        own.append(speed_of_program(args.program, args.frames, args.seconds))
        for name in PEERS:
            rates[name].append(speed_of_peer(name, cameras, args.seconds))
    speeds = [answer["fps"] for answer in own]
    kilobytes = np.mean([frame.size for frames in cameras for frame in frames]) / 1000
    print(f"{len(cameras)} cameras, {kilobytes:.0f} KB a frame, {args.rounds} rounds of {args.seconds:g} s")
    print(f"{'jinxun':24}{statistics.median(speeds):9.0f} frames/s  ({min(speeds):.0f}-{max(speeds):.0f}), "
          f"analysis {100 * statistics.median(a['analysis_share'] for a in own):.1f} %")
    figures = {"jinxun": statistics.median(speeds)}
    for name, values in rates.items():
        ratios = [ours / theirs for ours, theirs in zip(speeds, values)]
        print(f"{name:24}{statistics.median(values):9.0f} frames/s, jinxun is {statistics.median(ratios):.2f} times "
              f"as fast ({min(ratios):.2f}-{max(ratios):.2f})")
        figures |= {name: statistics.median(values), f"over_{name}": statistics.median(ratios)}
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
