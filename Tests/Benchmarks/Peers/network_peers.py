#!/usr/bin/env python3
"""The network beside ONNX Runtime on the same weights, interleaved in one run.

    network_peers.py --program .build/release/jinxun --float full-float.onnx --int8 full-int8.onnx [--rounds 9] [--seconds 1] [--json FILE]

PROGRAM answers `bench network`, or is the benchmark executable (`network`). The ONNX files are what the training
writes (`Training/export_onnx.py`): the same network in float, and in 8 bits (u8 values, s8 weights). Each round
measures all three on one thread at the files' size; figures are medians of the rounds with their range.
"""
import argparse
import json
import statistics
import subprocess
import sys
import time

import numpy as np
import onnxruntime


def session(path):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def milliseconds(peer, picture, seconds):
    """Median of runs that together take some seconds."""
    name, times = peer.get_inputs()[0].name, []
    peer.run(None, {name: picture})
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        begun = time.perf_counter()
        peer.run(None, {name: picture})
        times.append(1000 * (time.perf_counter() - begun))
    return statistics.median(times)


def ours(program, width, height, seconds):
    command = ["bench", "network"] if program.endswith("jinxun") else ["network"]
    answer = subprocess.run(
        [program, *command, "--width", str(width), "--height", str(height), "--seconds", str(seconds)],
        capture_output=True, text=True)
    if answer.returncode != 0:
        sys.exit(f"{program}: exit status {answer.returncode}: {answer.stderr.strip()[-200:]}")
    return json.loads(answer.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--float", required=True)
    parser.add_argument("--int8", required=True)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--json")
    args = parser.parse_args()
    peers = {"float": session(args.float), "int8": session(args.int8)}
    shape = peers["float"].get_inputs()[0].shape
    height, width = shape[2:]
    picture = np.random.default_rng(1).integers(0, 256, shape).astype(np.float32)
    times = {"float": [], "int8": [], "ours": []}
    for _ in range(args.rounds):
        answer = ours(args.program, width, height, args.seconds)
        times["ours"].append(answer["milliseconds"])
        for name, peer in peers.items():
            times[name].append(milliseconds(peer, picture, args.seconds))
    figures = {"width": width, "height": height, "tier": answer["tier"], "version": answer["version"],
               "onnxruntime": onnxruntime.__version__}
    for name, values in times.items():
        figures[f"{name}_ms"] = statistics.median(values)
        figures[f"{name}_ms_range"] = [min(values), max(values)]
    for name in ("float", "int8"):
        ratios = [theirs / own for theirs, own in zip(times[name], times["ours"])]
        figures[f"{name}_ratio"] = statistics.median(ratios)
        figures[f"{name}_ratio_range"] = [min(ratios), max(ratios)]
        print(f"ONNX Runtime {name}: {figures[name + '_ms']:.2f} ms, ours {figures['ours_ms']:.2f} ms, "
              f"ratio {figures[name + '_ratio']:.2f} ({min(ratios):.2f}-{max(ratios):.2f})")
    if args.json:
        with open(args.json, "w", encoding="utf-8") as file:
            json.dump(figures, file, indent=1)


if __name__ == "__main__":
    main()
