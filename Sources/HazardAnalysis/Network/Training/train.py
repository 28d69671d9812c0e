"""From labelled pictures to weights in one command: `python3 train.py --data DIR --out DIR`.

Trains the full network on the pictures that are not held out, fits its branch for city cameras, calibrates and judges
it on those that are, quantizes it, distils the first look from it, and goes on with all pictures for some slow steps,
keeping the calibration. With --from FILE nothing is trained but the branch: the file's layers keep their integers. Writes
`figures.txt`, and in `split` (what the figures tell of) and `all` (what is used): `hazard-network.bin`, `first-look.bin`
(the same in both), for each an `…activations.json`, float weights (`…weights.npz`); with --onnx, ONNX files too.
Exit codes: 0 done, 2 the data or a parameter cannot be used.
"""

import argparse
import functools
import json
import shutil
import sys
import time
from pathlib import Path

import numpy as np
import tensorflow as tf

from architecture import Architecture, first_look, full_network
from distill import PoolBatches, distillation_losses, fill_pool
from evaluation import Calibration, FloatRunner, IntegerRunner, all_figures, calibrate, figure_lines
from export import write_network
from export_onnx import write_onnx
from grown import grown
from integer_reference import IntegerNetwork, activations, synthetic_picture
from losses import full_losses
from network import FloatNetwork
from pictures import DataError, first_look_input, full_input, load_pictures
from pretrained import PretrainedError, load_state, weights_path
from quantize import QuantizedNetwork
from scoring import output_headers
from street import DRAWS, StreetLessons, camera_figures, set_street
from training import BatchFeeder, Trainer, load_weights, save_weights
from wallpapers import load_wallpapers
from warm_start import known_steps, tensor_steps, warm_start
from woodland import load_woodland

FROZEN_LAYERS = 9  # stem and the first three blocks keep their ImageNet weights
FULL_RATES = (3e-4, 2e-3)  # trunk, heads
FIRST_RATES = (3e-3, 3e-3)
FIRST_BATCH = 48
RANGE_PICTURES = 48  # that quantization looks at
RELIABILITY_PICTURES = 300
EVERYTHING_PACE = 0.2  # of the rates
USUAL_SIZE = (336, 448)
RARE_MAPS = ("thin.maps", "fine.maps", "area.maps", "water.map")  # begin low


def arguments():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, type=Path, metavar="DIR", help="folder with manifest.csv and pictures")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for weights and figures")
    parser.add_argument("--wallpapers", type=Path, metavar="DIR",
                        help="where wallpaper packages are unpacked (default OUT/wallpapers)")
    parser.add_argument("--woodland", type=Path, metavar="DIR", help="where that package lies (default OUT/woodland)")
    parser.add_argument("--steps", type=int, default=5000, help="steps of the full network")
    parser.add_argument("--first-steps", type=int, default=3000, help="steps of the first look")
    parser.add_argument("--pool", type=int, default=7000, help="canvases that the first look learns from")
    parser.add_argument("--batch", type=int, default=10, help="canvases per step")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--everything-steps", type=int, default=500,
                        help="slow steps with all pictures after the split is judged (0: none)")
    parser.add_argument("--start", type=Path, metavar="NPZ", help="go on from these weights of the full network")
    parser.add_argument("--from", dest="file", type=Path, metavar="FILE",
                        help="keep the layers of this network file; fit and add only the branch for city cameras")
    parser.add_argument("--version", default="1", help="version told by the files")
    parser.add_argument("--onnx", action="store_true", help="write ONNX files too")
    args = parser.parse_args()
    if args.file:
        args.steps = args.everything_steps = 0
    if min(args.steps, args.first_steps, args.everything_steps) < 0 or min(args.batch, args.pool) < 1:
        parser.error("steps, batch and pool must be positive")
    return args


def lessons(pictures, everything: bool) -> list:
    """The pictures to train with."""
    return [p for p in pictures if everything or not p.held_out]


def run_full(args, network: FloatNetwork, feeder: BatchFeeder, steps: int, pace: float, path: Path, report) -> None:
    """Some steps of the full network at a share of the usual rates; it then holds the averaged weights."""
    architecture = network.architecture
    loss = functools.partial(full_losses, architecture)
    rates = tuple(rate * pace for rate in FULL_RATES)
    Trainer(network, loss, FROZEN_LAYERS, architecture.trunk_layers, rates, steps).run(feeder, path, report)
    load_weights(path, network)


def trained_full(args, pictures, folder: Path, report) -> FloatNetwork:
    """The full network, trained without the held-out pictures."""
    architecture = full_network()
    feeder = BatchFeeder(lessons(pictures, False), args.seed, args.batch)
    network = FloatNetwork(architecture, load_state(weights_path()), args.seed)
    if args.start:
        load_weights(args.start, network)
    elif args.file:
        warm_start(args.file, network, FROZEN_LAYERS)
    else:
        network.settle(feeder.next()[0], {layer.name for layer in architecture.layers if not layer.pretrained})
        for number, layer in enumerate(architecture.layers):
            if layer.name in RARE_MAPS:
                network.biases[number].assign_sub(np.full(layer.outputs, 3, np.float32))  # hazards are rare
    if args.steps:
        run_full(args, network, feeder, args.steps, 1.0, folder / "full-weights.npz", report)
    else:
        save_weights(folder / "full-weights.npz", network)
    feeder.stop()
    return network


def trained_first_look(args, pictures, teacher: FloatNetwork, folder: Path, report) -> FloatNetwork:
    """The first look after its distillation, without the held-out pictures."""
    architecture = first_look()
    feeder = BatchFeeder(lessons(pictures, False), args.seed + 100, args.batch, 2)
    network = FloatNetwork(architecture, None, args.seed)
    pool = fill_pool(architecture, teacher, feeder, args.pool)
    feeder.stop()
    report(f"{len(pool.planes)} canvases seen by the teacher")
    batches = PoolBatches(pool, FIRST_BATCH, args.seed)
    network.settle(batches.next()[0], {layer.name for layer in architecture.layers})
    loss = functools.partial(distillation_losses, architecture)
    trainer = Trainer(network, loss, 0, 0, FIRST_RATES, args.first_steps)
    trainer.run(batches, folder / "first-weights.npz", report)
    load_weights(folder / "first-weights.npz", network)
    return network


def range_inputs(args, pictures, make_input) -> list[np.ndarray]:
    """Pictures that quantization looks at, none of them held out."""
    trained = lessons(pictures, False)
    picked = np.random.default_rng(args.seed).choice(len(trained), min(len(trained), RANGE_PICTURES), replace=False)
    return [make_input(trained[i].pixels) for i in picked]


def quantized_form(args, network: FloatNetwork, pictures, make_input) -> QuantizedNetwork:
    """The integer network; with --from, the full network keeps the file's integers."""
    inputs = range_inputs(args, pictures, make_input)
    if args.file and make_input is full_input:
        file = IntegerNetwork(args.file.read_bytes())
        steps = tensor_steps(file.layers, known_steps(file, network, FROZEN_LAYERS))
        return grown(file, network.architecture, network.folded(), inputs, steps)
    return QuantizedNetwork(network.architecture, network.folded(), inputs)


def fitted_street(args, network: FloatNetwork, pictures, report) -> StreetLessons:
    """Fit the branch for city cameras without the held-out ones; tells what cross-validation over camera groups gives."""
    taught = StreetLessons(network, pictures, args.seed)
    reached = [camera_figures(taught.cameras, taught.cross_validated(args.seed + i)) for i in range(DRAWS)]
    for name, values in zip(("plain ones", "all"), zip(*reached)):
        report(f"city cameras by the branch alone, cross-validated, {name}: AUC {np.mean(values):.3f} "
               f"(spread over {DRAWS} draws of folds {np.std(values):.3f})")
    set_street(network, *taught.fit([p for p in taught.cameras if not p.held_out]))
    return taught


def with_all_cameras(args, network: FloatNetwork, taught: StreetLessons, quantized: QuantizedNetwork, pictures):
    """The same integers with the last layer, the map of the branch, fitted to the held-out cameras too."""
    set_street(network, *taught.fit(taught.cameras))
    known = list(zip(quantized.layers, quantized.grids[1:]))[:-1]
    return QuantizedNetwork(network.architecture, network.folded(), range_inputs(args, pictures, full_input), known)


def judged(args, network: FloatNetwork, quantized: QuantizedNetwork, pictures, make_input, report) -> Calibration:
    """Calibrate on held-out pictures and report the figures of both forms; the calibration of the integer one."""
    architecture = network.architecture
    held_out = [p for p in pictures if p.held_out]
    runners = {"float": FloatRunner(architecture, network.folded()), "integer": IntegerRunner(quantized)}
    calibration = None
    for kind, runner in runners.items():
        outputs = [runner(make_input(picture.pixels)) for picture in held_out]
        calibration = calibrate(architecture, held_out, outputs)
        report(f"\n{architecture.name}, {kind}, {len(held_out)} held-out pictures")
        for line in figure_lines(all_figures(architecture, held_out, outputs, calibration)):
            report(line)
    return calibration


def write_files(args, quantized: QuantizedNetwork, calibration: Calibration, folder: Path, name: str) -> None:
    """The network's file and its activations, checked against TensorFlow."""
    architecture = quantized.architecture
    headers = output_headers(architecture, calibration.fits, calibration.offsets, calibration.counting)
    path = folder / f"{name}.bin"
    write_network(path, quantized, headers, f"{architecture.name} {args.version}")
    check_reference(path, quantized)
    told = activations(IntegerNetwork(path.read_bytes()))
    (folder / f"{name}.activations.json").write_text(json.dumps(told), encoding="utf-8")


def go_on_with_everything(args, network: FloatNetwork, calibration: Calibration, pictures, folder: Path, report) -> None:
    """Some slow steps with all pictures; the file keeps the calibration, whose fit is told on the trained pictures."""
    def told(when: str) -> None:
        trained = lessons(pictures, False)
        picked = np.random.default_rng(args.seed).permutation(len(trained))[:RELIABILITY_PICTURES]
        chosen, runner = [trained[i] for i in picked], FloatRunner(network.architecture, network.folded())
        outputs = [runner(full_input(p.pixels)) for p in chosen]
        report(f"\n{when} all pictures, reliability on {len(chosen)} trained pictures")
        figures = all_figures(network.architecture, chosen, outputs, calibration)
        for line in figure_lines({k: v for k, v in figures.items() if "reliability" in k or "vehicles" in k}):
            report(line)

    told("before")
    feeder = BatchFeeder(lessons(pictures, True), args.seed + 1, args.batch)
    run_full(args, network, feeder, args.everything_steps, EVERYTHING_PACE, folder / "full-weights.npz", report)
    feeder.stop()
    told("after")
    write_files(args, quantized_form(args, network, pictures, full_input), calibration, folder, "hazard-network")


def make_all(args, report) -> None:
    """Everything that the command promises."""
    split, everything = args.out / "split", args.out / "all"
    for folder in (split, everything):
        folder.mkdir(parents=True, exist_ok=True)
    pictures = load_pictures(args.data) + load_wallpapers(args.wallpapers or args.out / "wallpapers")
    pictures += load_woodland(args.woodland or args.out / "woodland")
    tf.keras.utils.set_random_seed(args.seed)
    report(size_line(full_network(), *USUAL_SIZE))
    full = trained_full(args, pictures, split, report)
    taught = fitted_street(args, full, pictures, report)
    quantized = quantized_form(args, full, pictures, full_input)
    calibration = judged(args, full, quantized, pictures, full_input, report)
    quantized = with_all_cameras(args, full, taught, quantized, pictures)
    write_files(args, quantized, calibration, split, "hazard-network")
    if args.onnx:
        sized = [synthetic_picture(*USUAL_SIZE, 3)]
        write_onnx(args.out / "onnx", full.architecture, full.folded(), sized, *USUAL_SIZE)
    if args.first_steps:
        report(size_line(first_look(), 68, 120))
        first = trained_first_look(args, pictures, full, split, report)
        small = quantized_form(args, first, pictures, first_look_input)
        write_files(args, small, judged(args, first, small, pictures, first_look_input, report), split, "first-look")
        for name in ("first-look.bin", "first-look.activations.json"):
            shutil.copy(split / name, everything / name)
    if args.everything_steps:
        go_on_with_everything(args, full, calibration, pictures, everything, report)


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
            make_all(args, report)
        except (DataError, PretrainedError) as error:
            print(f"train.py: {error}", file=sys.stderr)
            return 2
        report(f"\n{(time.monotonic() - begin) / 60:.0f} minutes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
