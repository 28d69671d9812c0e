"""Run a network over held-out pictures, calibrate its scores there, and tell the figures."""

import dataclasses
from dataclasses import dataclass

import numpy as np
import tensorflow as tf

from architecture import Architecture
from figures import area_under_curve, region_f1, reliability, score_figures, truth_masks
from network import INPUT_ZEROS, FoldedLayer, apply_layer, upsampled
from pictures import HAZARDS, Picture
from scoring import (FIXED_WEIGHTS, HEAT_PARTS, ScoreFit, count_vehicles, fit_offset, fit_scores, heat_map, known_terms,
                     term_values)

OFFSET_CANDIDATES = np.arange(-2.0, 3.01, 0.5)
IMPORTANCE = {"wallpapers": 0.5}
OFFSET_IMPORTANCE = IMPORTANCE | {"flood-area": 4.0}  # a flood that is not called has no map either
FALSE_AREA_LIMIT = 0.015


class FloatRunner:
    """The folded float network as a function of u8 pictures of any size."""

    def __init__(self, architecture: Architecture, folded: list[FoldedLayer]):
        self.architecture = architecture
        channels = architecture.input_channels
        zeros = tf.constant(INPUT_ZEROS[channels], tf.float32)

        @tf.function(input_signature=[tf.TensorSpec([None, None, None, channels], tf.float32)])
        def outputs(pictures):
            results = [pictures - zeros]
            for layer, weights in zip(architecture.layers, folded):
                results.append(apply_layer(layer, results[layer.source], tf.constant(weights.weights),
                                           tf.constant(weights.bias),
                                           None if layer.residual is None else results[layer.residual]))
            return [results[number] for number in architecture.outputs]

        self._outputs = outputs

    def __call__(self, picture: np.ndarray) -> dict[int, np.ndarray]:
        """Output maps (height, width, channels) by tensor number."""
        found = self._outputs(tf.constant(picture[None].astype(np.float32)))
        return {number: value.numpy()[0] for number, value in zip(self.architecture.outputs, found)}


class IntegerRunner:
    """The quantized network as one TensorFlow graph.

    Sums are float32 here: exact up to 2^24, beyond that off by a unit or two; the exact forms are the NumPy reference
    and QuantizedNetwork.run.
    """

    def __init__(self, quantized):
        self.architecture = quantized.architecture
        channels = self.architecture.input_channels

        @tf.function(input_signature=[tf.TensorSpec([None, None, None, channels], tf.float32)])
        def outputs(pictures):
            levels = [pictures]
            for number in range(len(quantized.layers)):
                levels.append(_integer_layer(quantized, number, levels))
            return [levels[number] for number in self.architecture.outputs]

        self._outputs = outputs

    def __call__(self, picture: np.ndarray) -> dict[int, np.ndarray]:
        found = self._outputs(tf.constant(picture[None].astype(np.float32)))
        return {number: value.numpy()[0] for number, value in zip(self.architecture.outputs, found)}


def _integer_layer(quantized, number: int, levels: list):
    """One integer layer in float32; levels are whole numbers."""
    layer, integers = quantized.architecture.layers[number], quantized.layers[number]
    zeros = np.array(quantized.input_zeros if layer.source == 0 else [quantized.grids[layer.source].zero])
    weights = integers.weights.astype(np.int64)
    if layer.op == "depthwise":
        kernel, offset = weights[..., None], weights.sum(axis=(0, 1)) * zeros[0]
    else:
        kernel, offset = weights.transpose(1, 2, 3, 0), (weights.sum(axis=(1, 2)) * zeros).sum(axis=1)
    plain = dataclasses.replace(layer, clipped=False)
    sums = apply_layer(plain, levels[layer.source] - tf.constant(zeros, tf.float32), tf.constant(kernel, tf.float32),
                       tf.constant(integers.bias + offset, tf.float32), None)
    values = sums * integers.scales
    if layer.residual is not None:
        residual = levels[layer.residual] - quantized.grids[layer.residual].zero
        values += (upsampled(residual, values) if layer.upsamples else residual) * np.float32(integers.residual_scale)
    if layer.is_output:
        return values
    zero = quantized.grids[number + 1].zero
    return tf.clip_by_value(tf.round(values) + zero, float(zero if layer.clipped else 0), 255.0)


@dataclass
class Calibration:
    """What turns maps into answers: score fits by hazard, heat offsets by map, count scale and offset (or None)."""

    fits: dict[str, ScoreFit]
    offsets: dict[str, float]
    counting: tuple[float, float] | None


def calibrate(architecture: Architecture, pictures: list[Picture], outputs: list[dict]) -> Calibration:
    """Fit scores, heat thresholds and the vehicle scale to pictures that the network was not trained on."""
    fits = {}
    for hazard in HAZARDS:
        terms = known_terms(architecture, hazard)
        judged = [(p, o) for p, o in zip(pictures, outputs) if p.labels[hazard] in (0, 1)]
        if terms:
            values = np.array([term_values(architecture, o, hazard) for _, o in judged])
            labels = np.array([p.labels[hazard] for p, _ in judged])
            importance = np.array([IMPORTANCE.get(p.origin, 1.0) for p, _ in judged])
            fixed = np.array(FIXED_WEIGHTS.get(hazard, ()))
            if len(fixed) == len(terms):
                importance = np.array([OFFSET_IMPORTANCE.get(p.origin, 1.0) for p, _ in judged])
                fits[hazard] = fit_offset(values, labels, importance, fixed)
            else:
                fits[hazard] = fit_scores(values, labels, importance, np.array([t[3] for t in terms]))
    offsets = {}
    for hazard in fits:
        if all(name in architecture.maps for name in HEAT_PARTS[hazard]):
            _fit_heat(architecture, pictures, outputs, hazard, offsets)
    return Calibration(fits, offsets, _fit_count(architecture, pictures, outputs))


def _fit_heat(architecture, pictures, outputs, hazard, offsets) -> None:
    """Offsets of the maps: best mean F1 where masks exist, else the highest that paints little on clean pictures."""
    marked = [(p.origin, o, truth) for p, o in zip(pictures, outputs)
              if (truth := truth_masks(p)) and truth[0] == hazard]
    clean = [o for p, o in zip(pictures, outputs) if p.labels[hazard] == 0]
    for name in HEAT_PARTS[hazard]:
        offsets[name] = 0.0
    for name in HEAT_PARTS[hazard] * (2 if len(HEAT_PARTS[hazard]) > 1 else 1):
        ranked = []
        for offset in OFFSET_CANDIDATES:
            tried = offsets | {name: float(offset)}
            painted = np.mean([(heat_map(architecture, o, hazard, tried) >= 128).mean() for o in clean])
            reached: dict[str, list] = {}  # by set: each set counts the same
            for origin, o, (_, crack, area) in marked:
                found = heat_map(architecture, o, hazard, tried, crack.shape[::-1]) >= 128
                reached.setdefault(origin, []).append(region_f1(found, crack, area))
            f1 = np.mean([np.mean(values) for values in reached.values()]) if reached else -abs(offset)
            ranked.append((painted <= FALSE_AREA_LIMIT, f1, float(offset)))
        offsets[name] = max(ranked)[2]


def _fit_count(architecture, pictures, outputs):
    if "vehicles" not in architecture.maps:
        return None
    counted = [(p.vehicles, o) for p, o in zip(pictures, outputs) if p.origin == "drone-vehicles"]
    told = np.array([count_vehicles(architecture, o, 1.0, 0.0) for _, o in counted])
    truth = np.array([c for c, _ in counted])
    scales = np.linspace(0.6, 1.6, 101)
    errors = [np.abs(scale * told - truth).mean() for scale in scales]
    return float(scales[int(np.argmin(errors))]), 0.0


def all_scores(architecture: Architecture, outputs: list[dict], calibration: Calibration) -> dict[str, np.ndarray]:
    """Scores of every picture by hazard."""
    return {hazard: fit.score([term_values(architecture, o, hazard) for o in outputs])
            for hazard, fit in calibration.fits.items()}


def all_figures(architecture: Architecture, pictures: list[Picture], outputs: list[dict], calibration: Calibration) -> dict:
    """Every figure by name: scores, regions, false areas, vehicles, reliability."""
    scores = all_scores(architecture, outputs, calibration)
    figures = score_figures(pictures, scores) if set(scores) == set(HAZARDS) else {
        f"{hazard}: AUC": area_under_curve(*[values[[p.labels[hazard] == truth for p in pictures]] for truth in (1, 0)])
        for hazard, values in scores.items()}
    for hazard, values in scores.items():
        judged = np.array([p.labels[hazard] in (0, 1) for p in pictures])
        labels = np.array([p.labels[hazard] for p in pictures])[judged]
        figures[f"{hazard}: reliability (score, share, pictures)"] = reliability(labels, values[judged])
    by_set: dict[str, list] = {}
    for picture, output in zip(pictures, outputs):
        truth = truth_masks(picture)
        if truth and all(name in architecture.maps for name in HEAT_PARTS[truth[0]]):
            found = heat_map(architecture, output, truth[0], calibration.offsets, truth[1].shape[::-1]) >= 128
            by_set.setdefault(picture.origin, []).append(region_f1(found, truth[1], truth[2]))
    for name, values in by_set.items():
        f1 = np.array(values)
        figures[f"regions {name}: F1"], figures[f"regions {name}: IoU"] = float(f1.mean()), float((f1 / (2 - f1)).mean())
    for hazard in HAZARDS:
        if all(name in architecture.maps for name in HEAT_PARTS[hazard]):
            painted = [(heat_map(architecture, o, hazard, calibration.offsets) >= 128).mean()
                       for p, o in zip(pictures, outputs) if p.labels[hazard] == 0]
            figures[f"regions {hazard}: painted share of clean pictures"] = float(np.mean(painted))
    if calibration.counting:
        figures |= _count_figures(architecture, pictures, outputs, calibration.counting)
    return figures


def _count_figures(architecture, pictures, outputs, counting) -> dict:
    counted = [(p.vehicles, count_vehicles(architecture, o, *counting)) for p, o in zip(pictures, outputs)
               if p.origin == "drone-vehicles"]
    truth, told = np.array(counted).T
    return {"vehicles: mean count": float(truth.mean()),
            "vehicles: relative error": float(np.abs(told - truth).mean() / truth.mean()),
            "vehicles: relative error of the mean count": float(np.abs(truth - truth.mean()).mean() / truth.mean())}


def figure_lines(figures: dict) -> list[str]:
    """Figures as text."""
    return [f"{name:60s} {value:.4f}" if isinstance(value, float) else
            f"{name:60s} " + " ".join(f"({a:.2f}, {b:.2f}, {n})" for a, b, n in value) for name, value in figures.items()]
