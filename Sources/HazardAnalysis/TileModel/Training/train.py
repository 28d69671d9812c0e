"""Labelled pictures to the parameters of `TileModel`: one command, fixed seeds.

    train.py --data DIR --dump PROGRAM --work DIR [--negatives DIR] [--leave-out SET ...] [--write FILE]

DIR of --data has manifest.csv; PROGRAM is the built `TileFeatureDump`; --negatives is a folder of pictures without
any hazard. Pictures that are held out (whole groups, and the sets that --leave-out names) take no part in any
choice; their names go to WORK/held-out.txt. Figures of the cross-validation within the rest go to stdout.
"""

import argparse
import csv
import os
import subprocess
from multiprocessing import Pool
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # sums in one order; before NumPy is loaded

import numpy as np
from PIL import Image

import export
from calibration import calibrate_count, calibrate_picture, calibrate_tiles
from figures import count_report, report
from network import Network, Scaling, logits, picture_logit, pooled, sigmoid
from pictures import HAZARDS, VEHICLES, chance, read, state
from vehicles import count, vehicle_blocks

FEATURES = 23
UNITS = 12
STEPS, BATCH, TILES, RATE, DECAY = 3000, 24, 256, 3e-3, 0.02
# Random shift of each feature of a whole picture, in standard deviations: cameras differ in this way.
SHIFT = 0.25
FOLDS = 3
HELD_OUT_SHARE = 0.3
FIRE_FOLDS = {"kaggle-fire999": 0, "kunge-fire": 1, "kunge-smoke": 1, "aider-aerial-fire": 2}


def main() -> None:
    args = arguments()
    args.work.mkdir(parents=True, exist_ok=True)
    with open(args.data / "manifest.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    pictures = dump(args, rows, args.data, "manifest")
    if args.negatives:
        made = crop_negatives(args.negatives, args.work / "negatives")
        pictures += dump(args, made, args.work / "negatives", "negatives")
    held = held_out(pictures, args.leave_out)
    (args.work / "held-out.txt").write_text(
        "".join(p.file + "\n" for p in pictures if p.group in held and p.set != "negatives"))
    training = [p for p in pictures if p.group not in held]
    scaling = Scaling.fit(training)
    for picture in pictures:
        scaling.prepare(picture)
    tested = [p for p in pictures if p.group in held]
    print(f"{len(training)} pictures to fit, {len(tested)} held out")
    with Pool(2, initializer=share, initargs=(training,)) as pool:
        heads = {name: fit_head(pool, training, name) for name in (*HAZARDS, VEHICLES)}
    for name in HAZARDS:
        report(name, "held out", tested, [score(heads[name], p) for p in tested])
    count_report(heads[VEHICLES], "held out", tested, [vehicle_blocks(heads[VEHICLES], p) for p in tested])
    write_scores(args.work / "scores.csv", pictures, heads)
    if args.write:
        export.write(args.write, args.version, scaling, heads)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--dump", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--negatives", type=Path)
    parser.add_argument("--leave-out", nargs="*", default=["kaggle-fire999"], metavar="SET")
    parser.add_argument("--write", type=Path, help="TileModel+Fitted.swift")
    parser.add_argument("--version", default="1")
    return parser.parse_args()


def dump(args, rows: list, root: Path, name: str) -> list:
    """Measures the pictures with the program and pairs them with their labels."""
    listing, out = args.work / f"{name}.txt", args.work / f"{name}.features"
    listing.write_text("".join(row["file"] + "\n" for row in rows))
    subprocess.run([args.dump, listing, root, out], check=True)
    return read(out, rows, FEATURES, root)


def crop_negatives(source: Path, target: Path) -> list:
    """Each picture whole and in two random parts, longest side 480, as rows of a manifest."""
    target.mkdir(exist_ok=True)
    rows = []
    for path in sorted(p for p in source.rglob("*") if p.suffix in (".jpg", ".jpeg", ".png") and p.is_file() and not
                       p.is_symlink()):
        if "screenshot" in path.name or "_dark" in str(path):
            continue
        with Image.open(path) as image:
            image = image.convert("RGB")
        rng = np.random.default_rng(int(chance(path.name) * 2**32))
        for part in range(3):
            side = 1 if part == 0 else rng.uniform(0.3, 0.7)
            width, height = int(image.width * side), int(image.height * side)
            x, y = rng.integers(0, image.width - width + 1), rng.integers(0, image.height - height + 1)
            piece = image.crop((x, y, x + width, y + height))
            piece.thumbnail((480, 480))
            parts = path.relative_to(source).with_suffix("").parts
            name = "-".join(p for p in parts if p not in ("contents", "images", "usr", "share", "x")) + f"-{part}.jpg"
            piece.save(target / name, quality=85)
            rows.append({"file": name, "set": "negatives", "group": str(path.parent) if "contents" in parts else
                         path.stem, "fire_smoke": "0", "garbage": "0", "road_damage": "0", "water": "", "vehicles": "",
                         "mask": "", "boxes": "", "note": ""})
    return rows


def held_out(pictures: list, left_out: list) -> set:
    """Groups that the fit does not see: by chance, about three tenths of the pictures of a set, and whole sets."""
    sizes = {}
    for p in pictures:
        groups = sizes.setdefault(p.set, {})
        groups[p.group] = groups.get(p.group, 0) + 1
    held = set()
    for name, groups in sizes.items():
        total, taken = sum(groups.values()), 0
        if name in left_out:
            held |= set(groups)
        for group in sorted(groups, key=chance) if len(groups) > 1 else []:
            # A group that is too large for its set is left for the fit.
            if taken < HELD_OUT_SHARE * total and taken + groups[group] <= (HELD_OUT_SHARE + 0.1) * total:
                held.add(group)
                taken += groups[group]
    return held


def folds(pictures: list, name: str) -> np.ndarray:
    """The fold of each picture: sets of fires stay whole, elsewhere groups do."""
    by_set = {}
    for p in pictures:
        by_set.setdefault(p.set, set()).add(p.group)
    place = {g: i % FOLDS for groups in by_set.values() for i, g in enumerate(sorted(groups, key=chance))}
    return np.array([FIRE_FOLDS.get(p.set, place[p.group]) if name == "fire_smoke" else place[p.group]
                     for p in pictures])


SHARED = []


def share(pictures: list) -> None:
    """Gives a worker the pictures once."""
    SHARED[:] = pictures


def fit_head(pool: Pool, pictures: list, name: str) -> dict:
    """Fits a head on all pictures; its calibration comes from fits that did not see the picture."""
    fold = folds(pictures, name)
    # The last round leaves nothing out.
    rounds = pool.starmap(fit_round, [(name, fold != f, f) for f in range(FOLDS + 1)])
    apart = [rounds[f][0] for f in range(FOLDS)]
    tiles = [logits(apart[f], p) for p, f in zip(pictures, fold)]
    head = rounds[FOLDS][0]
    if name != VEHICLES:
        calibrate_picture(head, pictures, tiles, name)
        values = [picture_logit(head, pooled(t)) if len(t) else None for t in tiles]
        report(name, "cross-validated", pictures, [sigmoid(v / 65536) if v is not None else 0 for v in values])
    calibrate_tiles(head, pictures, tiles, name)
    if name == VEHICLES:
        calibrate_count(head, pictures, tiles)
    return head


def fit_round(name: str, included: np.ndarray, seed: int) -> tuple:
    """One fit over the included pictures."""
    rng = np.random.default_rng(seed)
    pictures = [p for p, i in zip(SHARED, included) if i and len(p.inputs) and state(p, name) is not None]
    classes = []
    for wanted in (1, 0):
        chosen = [p for p in pictures if state(p, name) == wanted]
        size = {}
        for p in chosen:
            size[p.set] = size.get(p.set, 0) + 1
        weight = np.array([size[p.set] ** -0.5 for p in chosen])  # between "each picture" and "each set alike"
        classes.append((chosen, weight / weight.sum()))
    network = Network(4 * FEATURES, UNITS, rng)
    for step in range(STEPS):
        batch = [chosen[i] for chosen, weight in classes
                 for i in rng.choice(len(chosen), BATCH // 2, p=weight)]
        parts, targets, labels = zip(*(sample(p, name, rng) for p in batch))
        x = np.concatenate(parts)
        hidden, out = network.forward(x)
        slope, start = np.zeros(len(x), np.float32), 0
        for part, target, label in zip(parts, targets, labels):
            end = start + len(part)
            slope[start:end] = gradient(out[start:end], target, label, name)
            start = end
        rate = RATE * 0.5 * (1 + np.cos(np.pi * step / STEPS))
        network.step(x, hidden, slope / BATCH, rate, DECAY)
    return (network.integers(),)


def sample(picture, name: str, rng) -> tuple:
    """Inputs of some tiles of a picture with a random shift of its features, their targets, the picture's label."""
    count = len(picture.inputs)
    chosen = rng.choice(count, TILES, replace=False) if count > TILES else np.arange(count)
    shift = rng.normal(0, SHIFT * 64, FEATURES)
    x = picture.inputs[chosen] + np.tile(shift, 3)
    x = np.concatenate([x, np.tile(picture.means + shift, (len(chosen), 1))], 1)
    known = picture.targets.get(name)
    label = state(picture, name)
    if known is not None:
        target = known[~picture.blank][chosen]
    else:
        target = np.full(len(chosen), 0 if label == 0 else -1)
    return (x / 64).astype(np.float32), target, label


def gradient(out: np.ndarray, target: np.ndarray, label: int, name: str) -> np.ndarray:
    """Derivative of a picture's loss by its tiles' logits: known tiles, and the pooled logit against the label."""
    slope = np.zeros(len(out))
    for value in (0, 1):
        chosen = target == value
        if chosen.any():
            share = 0.5 if (target == 1 - value).any() or label == 0 else 1.0
            slope[chosen] += share * (sigmoid(out[chosen]) - value) / chosen.sum()
    if name != VEHICLES:
        order = np.argsort(-out)
        tops = [order[:max(1, len(out) // f)] for f in (32, 8)]
        error = sigmoid(np.mean([out[t].mean() for t in tops])) - label
        for t in tops:
            slope[t] += error / (2 * len(t))
    return slope


def score(head: dict, picture) -> float:
    """The picture's score by the integer model."""
    tiles = logits(head, picture) if len(picture.inputs) else []
    return float(sigmoid(picture_logit(head, pooled(tiles)) / 65536)) if len(tiles) else 0.0


def write_scores(path: Path, pictures: list, heads: dict) -> None:
    """Scores of every picture, to compare with the program's."""
    with open(path, "w", encoding="utf-8") as file:
        file.write("file," + ",".join(HAZARDS) + ",vehicles\n")
        for p in pictures:
            values = [f"{score(heads[h], p):.6f}" for h in HAZARDS]
            vehicles = count(vehicle_blocks(heads[VEHICLES], p), heads[VEHICLES]["tilesPerVehicle"])
            file.write(f"{p.file},{','.join(values)},{vehicles}\n")


if __name__ == "__main__":
    main()
