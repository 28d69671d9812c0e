"""Figures on held-out pictures, by the slices and rules of the outside judge."""

import numpy as np
from scipy.ndimage import maximum_filter

from pictures import HAZARDS, Picture

CRACK_TOLERANCE = 0.015  # of the longer side


def area_under_curve(positive, negative) -> float:
    """The chance that a positive scores above a negative; ties count half."""
    if not len(positive) or not len(negative):
        return float("nan")
    ordered = np.sort(negative)
    below = np.searchsorted(ordered, positive, "left") + np.searchsorted(ordered, positive, "right")
    return float(below.mean() / (2 * len(ordered)))


def recall_at(positive, negative, share: float = 0.01) -> float:
    """Recall at the threshold that alarms on at most this share of the negatives."""
    if not len(positive) or not len(negative):
        return float("nan")
    return float((np.asarray(positive) > np.sort(negative)[::-1][int(share * len(negative) + 1e-9)]).mean())


SLICES = (  # name, hazard, sets of positives, sets of negatives, note that both must have
    ("fire: on the ground", "fire_smoke", ("kaggle-fire999", "kunge-fire", "kunge-smoke"),
     ("kaggle-fire999", "camvid-streets", "wallpapers", "rio-cctv", "cn-garbage"), ""),
    ("fire: forests with and without", "fire_smoke", ("kaggle-fire999",), ("kaggle-fire999",), ""),
    ("fire: against wallpapers", "fire_smoke", ("kaggle-fire999", "kunge-fire", "kunge-smoke"), ("wallpapers",), ""),
    ("fire: from the air", "fire_smoke", ("aider-aerial-fire",), ("drone-vehicles",), ""),
    ("water: city cameras", "water", ("rio-cctv",), ("rio-cctv",), ""),
    ("water: city cameras, clear", "water", ("rio-cctv",), ("rio-cctv",), "clear=1"),
    ("water: from the air", "water", ("flood-area",), ("drone-vehicles", "camvid-streets"), ""),
    ("garbage: against bins", "garbage", ("cn-garbage",), ("cn-garbage",), ""),
    ("garbage: against streets", "garbage", ("cn-garbage",), ("camvid-streets",), ""),
    ("road: against streets", "road_damage", ("br-road", "pothole-seg"), ("camvid-streets",), ""),
)


def score_figures(pictures: list[Picture], scores: dict[str, np.ndarray]) -> dict[str, float]:
    """AUC and recall at 1 % false alarms, for each hazard over all pictures and for each slice."""
    figures = {}
    for hazard in HAZARDS:
        told = np.array([p.labels[hazard] for p in pictures])
        judged = np.array([p.origin not in ("wallpapers", "woodland") for p in pictures])
        positive, negative = scores[hazard][(told == 1) & judged], scores[hazard][(told == 0) & judged]
        figures[f"{hazard}: AUC"] = area_under_curve(positive, negative)
        figures[f"{hazard}: recall at 1 %"] = recall_at(positive, negative)
    for name, hazard, with_sets, without_sets, note in SLICES:
        def chosen(truth, sets):
            return np.array([s for p, s in zip(pictures, scores[hazard]) if p.origin in sets
                             and p.labels[hazard] == truth and (not note or note in p.note)])
        positive, negative = chosen(1, with_sets), chosen(0, without_sets)
        figures[f"{name}: AUC"] = area_under_curve(positive, negative)
    return figures


def grown(mask: np.ndarray, reach: int) -> np.ndarray:
    """Every pixel widened to a square that reaches this far."""
    return maximum_filter(mask.astype(np.uint8), 2 * reach + 1, mode="constant") > 0


def region_f1(found: np.ndarray, crack: np.ndarray, area: np.ndarray) -> float:
    """F1 of a found region; cracks count within the tolerance."""
    reach = max(1, round(CRACK_TOLERANCE * max(found.shape)))
    allowed = area | grown(crack, reach) if crack.any() else area
    precise = (found & allowed).sum() / max(1, found.sum())
    met = area & found
    if crack.any():
        met = met | (crack & ~area & grown(found, reach))
    recalled = met.sum() / max(1, (crack | area).sum())
    return float(2 * precise * recalled / (precise + recalled)) if precise + recalled else 0.0


def truth_masks(picture: Picture) -> tuple[str, np.ndarray, np.ndarray] | None:
    """Hazard, crack mask and area mask of a picture with marked regions; None where nothing is marked."""
    hazard = {"br-road": "road_damage", "pothole-seg": "road_damage", "flood-area": "water"}.get(picture.origin)
    if not hazard or not picture.planes:
        return None
    planes = {name: np.asarray(plane) >= 128 for name, plane in picture.planes.items()}
    empty = np.zeros(picture.pixels.size[::-1], bool)
    crack = planes.get("crack", empty) if picture.origin == "br-road" else empty
    area = planes.get("water" if hazard == "water" else "pothole", empty)
    return (hazard, crack, area) if (crack | area).any() else None


def reliability(labels: np.ndarray, scores: np.ndarray, parts: int = 5) -> list[tuple[float, float, int]]:
    """Mean score, share of positives and number, for equal ranges of the score."""
    rows = []
    for low in np.arange(parts) / parts:
        inside = (scores >= low) & (scores < low + 1 / parts + (1e-9 if low + 1 / parts >= 1 else 0))
        if inside.any():
            rows.append((float(scores[inside].mean()), float(labels[inside].mean()), int(inside.sum())))
    return rows
