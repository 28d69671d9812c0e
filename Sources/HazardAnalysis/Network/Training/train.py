"""From labelled pictures to weights in one command: `python3 train.py --data DIR --out DIR`.

Trains the full network on the pictures that are not held out, calibrates and judges it on those that are, quantizes it,
then distils the first look from it. Writes to the output folder: `hazard-network.bin`, `first-look.bin`, for each an
`…activations.json`, `figures.txt`, float weights (`…weights.npz`) and, with --onnx, ONNX files for comparisons.
Exit codes: 0 done, 2 the data or a parameter cannot be used.
"""

import argparse
import functools
import json
import sys
import time
from pathlib import Path

import numpy as np
import tensorflow as tf

from architecture import Architecture, first_look, full_network
from distill import PoolBatches, distillation_losses, fill_pool
from evaluation import (FloatRunner, IntegerRunner, all_figures, calibrate, figure_lines)
from export import write_network
from export_onnx import write_onnx
from integer_reference import IntegerNetwork, activations, synthetic_picture
from losses import full_losses
from network import FloatNetwork
from pictures import DataError, first_look_input, full_input, load_pictures
from pretrained import PretrainedError, load_state, weights_path
from quantize import QuantizedNetwork
from scoring import output_headers
from training import BatchFeeder, Trainer, load_weights
from wallpapers import load_wallpapers

FROZEN_LAYERS = 9  # stem and the first three blocks keep their ImageNet weights
FULL_RATES = (3e-4, 2e-3)  # trunk, heads
FIRST_RATES = (3e-3, 3e-3)
FIRST_BATCH = 48
CALIBRATION_PICTURES = 48
ONNX_SIZE = (240, 320)


def arguments():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, type=Path, metavar="DIR", help="folder with manifest.csv and pictures")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for weights and figures")
    parser.add_argument("--wallpapers", type=Path, metavar="DIR",
                        help="where wallpaper packages are unpacked (default OUT/wallpapers)")
    parser.add_argument("--steps", type=int, default=3500, help="steps of the full network")
    parser.add_argument("--first-steps", type=int, default=3000, help="steps of the first look")
    parser.add_argument("--pool", type=int, default=7000, help="canvases that the first look learns from")
    parser.add_argument("--batch", type=int, default=16, help="canvases per step")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--everything", action="store_true", help="train on held-out pictures too (figures then flatter)")
    parser.add_argument("--start", type=Path, metavar="NPZ", help="go on from these weights of the full network")
    parser.add_argument("--version", default="1", help="version told by the files")
    parser.add_argument("--onnx", action="store_true", help="write ONNX files too")
    args = parser.parse_args()
    if min(args.steps, args.first_steps) < 0 or min(args.batch, args.pool) < 1:
        parser.error("steps, batch and pool must be positive")
    return args


def trained_full(args, pictures, report) -> FloatNetwork:
    """The full network after its training."""
    architecture = full_network()
    feeder = BatchFeeder([p for p in pictures if args.everything or not p.held_out], args.seed, args.batch)
    network = FloatNetwork(architecture, load_state(weights_path()), args.seed)
    if args.start:
        load_weights(args.start, network)
        if not args.steps:
            feeder.stop()
            return network
    else:
        network.settle_new_layers(feeder.next()[0], True)
        for number, layer in enumerate(architecture.layers):
            if layer.name in ("fine.maps", "area.maps"):
                network.biases[number].assign_sub(np.full(layer.outputs, 3, np.float32))  # hazards are rare
    trunk = sum(bool(layer.pretrained) for layer in architecture.layers) - 1
    loss = functools.partial(full_losses, architecture)
    trainer = Trainer(network, loss, FROZEN_LAYERS, trunk, FULL_RATES, args.steps)
    trainer.run(feeder, args.out / "full-weights.npz", report)
    feeder.stop()
    load_weights(args.out / "full-weights.npz", network)
    return network


def trained_first_look(args, pictures, teacher: FloatNetwork, report) -> FloatNetwork:
    """The first look after its distillation."""
    architecture = first_look()
    feeder = BatchFeeder([p for p in pictures if args.everything or not p.held_out], args.seed + 100, args.batch, 2)
    network = FloatNetwork(architecture, None, args.seed)
    pool = fill_pool(architecture, teacher, feeder, args.pool)
    feeder.stop()
    report(f"{len(pool.planes)} canvases seen by the teacher")
    batches = PoolBatches(pool, FIRST_BATCH, args.seed)
    network.settle_new_layers(batches.next()[0], False)
    loss = functools.partial(distillation_losses, architecture)
    trainer = Trainer(network, loss, 0, 0, FIRST_RATES, args.first_steps)
    trainer.run(batches, args.out / "first-weights.npz", report)
    load_weights(args.out / "first-weights.npz", network)
    return network


def deliver(args, network: FloatNetwork, pictures, make_input, name: str, report) -> None:
    """Calibrate on held-out pictures, quantize, judge both forms, write the files of one network."""
    architecture, folded = network.architecture, network.folded()
    held_out = [p for p in pictures if p.held_out]
    inputs = [make_input(p.pixels) for p in held_out]
    random = np.random.default_rng(args.seed)
    trained = [p for p in pictures if not p.held_out]
    samples = [make_input(trained[i].pixels) for i in random.choice(len(trained), CALIBRATION_PICTURES, replace=False)]
    quantized = QuantizedNetwork(architecture, folded, samples)
    runners = {"float": FloatRunner(architecture, folded), "integer": IntegerRunner(quantized)}
    calibration = None
    for kind, runner in runners.items():
        outputs = [runner(picture) for picture in inputs]
        calibration = calibrate(architecture, held_out, outputs)
        report(f"\n{architecture.name}, {kind}, {len(held_out)} held-out pictures")
        for line in figure_lines(all_figures(architecture, held_out, outputs, calibration)):
            report(line)
    headers = output_headers(architecture, calibration.fits, calibration.offsets, calibration.counting)
    path = args.out / f"{name}.bin"
    write_network(path, quantized, headers, f"{architecture.name} {args.version}")
    check_reference(path, quantized)
    told = activations(IntegerNetwork(path.read_bytes()))
    (args.out / f"{name}.activations.json").write_text(json.dumps(told), encoding="utf-8")
    if args.onnx and architecture.input_channels == 3:
        sized = [p for p in samples if p.shape[:2] == ONNX_SIZE] or [synthetic_picture(*ONNX_SIZE, 3)]
        write_onnx(args.out / "onnx", architecture, folded, sized, *ONNX_SIZE)


def check_reference(path: Path, quantized: QuantizedNetwork) -> None:
    """The written file, run by the NumPy reference, must equal TensorFlow on the same integers in float64."""
    picture = synthetic_picture(53, 75, quantized.architecture.input_channels)
    reference = IntegerNetwork(path.read_bytes()).run(picture)
    for number, (told, wanted) in enumerate(zip(reference, quantized.run(picture[None], tf.float64))):
        if not np.array_equal(told, wanted[0]):
            raise AssertionError(f"{path.name}: tensor {number} of the reference differs from TensorFlow's integers")


def size_line(architecture: Architecture, height: int, width: int) -> str:
    """Parameters and multiply-adds as text."""
    adds = architecture.multiply_adds(height, width) / 1e6
    return f"{architecture.name}: {architecture.parameters} parameters, {adds:.1f} M multiply-adds at {width} x {height}"


def main() -> int:
    """Run everything."""
    args = arguments()
    args.out.mkdir(parents=True, exist_ok=True)
    begin = time.monotonic()
    with open(args.out / "figures.txt", "w", encoding="utf-8") as log:
        def report(line: str) -> None:
            print(line, flush=True)
            log.write(line + "\n")
            log.flush()

        report(f"seed {args.seed}, {args.steps} steps of {args.batch} canvases")
        try:
            pictures = load_pictures(args.data) + load_wallpapers(args.wallpapers or args.out / "wallpapers")
            tf.keras.utils.set_random_seed(args.seed)
            report(size_line(full_network(), 240, 320))
            full = trained_full(args, pictures, report)
            deliver(args, full, pictures, full_input, "hazard-network", report)
            if args.first_steps:
                report(size_line(first_look(), 68, 120))
                first = trained_first_look(args, pictures, full, report)
                deliver(args, first, pictures, first_look_input, "first-look", report)
        except (DataError, PretrainedError) as error:
            print(f"train.py: {error}", file=sys.stderr)
            return 2
        report(f"\n{(time.monotonic() - begin) / 60:.0f} minutes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
