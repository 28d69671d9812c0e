"""From output maps to answers: pools, scores, heat maps and counts, as FORMAT.md describes them; and their calibration."""

from dataclasses import dataclass

import numpy as np
from PIL import Image
from scipy.optimize import minimize, minimize_scalar

from architecture import Architecture

TERMS = {  # hazard: (scene or map, name, sharpness)
    "fire_smoke": (("scene", "fire_smoke", 0.0), ("map", "fire_smoke", 2.0), ("map", "flame", 2.0), ("map", "smoke", 2.0)),
    "water": (("scene", "water", 0.0), ("map", "water", 2.0), ("map", "water", 0.0), ("map", "street", 0.0)),
    "road_damage": (("scene", "road_damage", 0.0), ("map", "crack", 2.0), ("map", "pothole", 2.0)),
    "garbage": (("scene", "garbage", 0.0), ("map", "garbage", 2.0), ("map", "bin", 2.0)),
}
HEAT_PARTS = {"fire_smoke": ("fire_smoke",), "water": ("water",), "road_damage": ("crack", "pothole"),
              "garbage": ("garbage",)}
RIDGE = 3.0
# Of water, only the offset is fitted: the pictures of city cameras that are held out are too few to weigh the branch for
# them against the rest. The weights were chosen by cross-validation over camera groups, the other terms drawn at random
# from pictures of city cameras that were held out: much above these they hide what it tells.
FIXED_WEIGHTS = {"water": (0.25, 0.08, 0.07, 2.0)}
PRIOR_WEIGHTS = {"scene": 0.5, "map": 0.25}


def pool(channel: np.ndarray, sharpness: float) -> float:
    """Plain mean, or the logarithm of the mean of exponentials, of a map."""
    if not sharpness:
        return float(channel.mean())
    top = float(channel.max())
    return top + float(np.log(np.exp(sharpness * (channel - top)).mean())) / sharpness


def place_of(architecture: Architecture, kind: str, name: str) -> tuple[int, int] | None:
    """Tensor and channel of a scene or map; None where the network has no such map."""
    return (architecture.scenes if kind == "scene" else architecture.maps).get(name)


def known_terms(architecture: Architecture, hazard: str) -> list[tuple]:
    """The terms of a hazard that this network can give: (tensor, channel, sharpness, prior weight)."""
    found = []
    for kind, name, sharpness in TERMS[hazard]:
        place = place_of(architecture, kind, name)
        if place:
            found.append((*place, sharpness, PRIOR_WEIGHTS[kind] if name not in ("flame", "smoke", "bin") else 0.0))
    return found


def term_values(architecture: Architecture, tensors: dict, hazard: str) -> list[float]:
    """The pools of a hazard; `tensors` holds output maps (height, width, channels) by number."""
    return [pool(tensors[t][..., c].astype(np.float64), s) for t, c, s, _ in known_terms(architecture, hazard)]


@dataclass
class ScoreFit:
    """A hazard's weights of its terms and the offset."""

    weights: np.ndarray
    offset: float

    def score(self, values) -> np.ndarray:
        """Probabilities for pools (..., terms)."""
        return 1 / (1 + np.exp(-(np.asarray(values) @ self.weights + self.offset)))


def fit_scores(values: np.ndarray, labels: np.ndarray, importance: np.ndarray, prior: np.ndarray) -> ScoreFit:
    """Logistic regression of labels on pools, drawn towards the prior weights; separable data stay finite."""
    spread = values.std(axis=0) + 1e-6
    smooth = np.where(labels > 0, 0.995, 0.005)
    weight = importance / importance.mean()

    def cost(x):
        logits = values @ x[:-1] + x[-1]
        loss = np.logaddexp(0, logits) - smooth * logits
        return (weight * loss).sum() + RIDGE * ((x[:-1] - prior) ** 2 * spread ** 2).sum()

    begin = np.append(prior, -float((values @ prior).mean()))
    found = minimize(cost, begin, method="L-BFGS-B", bounds=[(-0.5, None)] * len(prior) + [(None, None)])
    return ScoreFit(found.x[:-1], float(found.x[-1]))


def fit_offset(values: np.ndarray, labels: np.ndarray, importance: np.ndarray, weights: np.ndarray) -> ScoreFit:
    """The offset alone, for weights that are given."""
    smooth, sums = np.where(labels > 0, 0.995, 0.005), values @ weights

    def cost(offset):
        return float((importance * (np.logaddexp(0, sums + offset) - smooth * (sums + offset))).sum())

    return ScoreFit(weights, float(minimize_scalar(cost, bounds=(-20, 20), method="bounded").x))


def heat_map(architecture: Architecture, tensors: dict, hazard: str, offsets: dict, size=None) -> np.ndarray:
    """Heat of a hazard as u8 (128 = threshold), stretched to (width, height) or to the finest of its maps."""
    heat = None
    for name in HEAT_PARTS[hazard]:
        tensor, channel = architecture.maps[name]
        logits = tensors[tensor][..., channel] + offsets.get(name, 0.0)
        levels = np.clip(np.rint(256 / (1 + np.exp(-logits))), 0, 255).astype(np.uint8)
        heat = levels if heat is None else np.maximum(heat, levels)
    return heat if size is None else np.asarray(Image.fromarray(heat).resize(size, Image.Resampling.BILINEAR))


def count_vehicles(architecture: Architecture, tensors: dict, scale: float, offset: float) -> float:
    """Vehicles in a picture."""
    tensor, channel = architecture.maps["vehicles"]
    return scale * float(np.logaddexp(0, tensors[tensor][..., channel].astype(np.float64) + offset).sum())


def output_headers(architecture: Architecture, fits: dict[str, ScoreFit], offsets: dict, counting) -> list[dict]:
    """The `outputs` of the file header; `counting` is (scale, offset) of the vehicle count, or None."""
    outputs = []
    for hazard, fit in fits.items():
        terms = [{"tensor": t, "channel": c, "sharpness": s, "weight": float(w)}
                 for (t, c, s, _), w in zip(known_terms(architecture, hazard), fit.weights)]
        parts = [{"tensor": architecture.maps[name][0], "channel": architecture.maps[name][1], "scale": 1.0,
                  "offset": float(offsets.get(name, 0.0))}
                 for name in HEAT_PARTS[hazard] if name in architecture.maps]
        outputs.append({"name": hazard, "offset": fit.offset, "terms": terms, "map": parts})
    if counting:
        tensor, channel = architecture.maps["vehicles"]
        outputs.append({"name": "vehicles", "count": {"tensor": tensor, "channel": channel, "scale": counting[0],
                                                      "offset": counting[1]}})
    return outputs
