"""Figures of a fit, in words."""

import numpy as np

from vehicles import count


def count_report(head: dict, what: str, pictures: list, sizes: list) -> None:
    counted = [(p, count(s, head["tilesPerVehicle"])) for p, s in zip(pictures, sizes) if p.vehicles is not None]
    total = sum(p.vehicles for p, _ in counted)
    print(f"vehicles, {what}: relative error {sum(abs(c - p.vehicles) for p, c in counted) / total:.3f} over "
          f"{len(counted)} pictures with {total} vehicles, {sum(c for _, c in counted)} counted")


def auc(scores: np.ndarray, labels: np.ndarray) -> float:
    """The chance that a positive scores above a negative; ties count half."""
    pos, neg = scores[labels == 1], np.sort(scores[labels == 0])
    if not len(pos) or not len(neg):
        return float("nan")
    return float((np.searchsorted(neg, pos, "left") + np.searchsorted(neg, pos, "right")).mean() / (2 * len(neg)))


def report(name: str, what: str, pictures: list, scores: list) -> None:
    """AUC over all, and each set's positives against all negatives, its negatives against all positives."""
    kept = [(p, s) for p, s in zip(pictures, scores) if p.labels[name] is not None]
    labels = np.array([p.labels[name] for p, _ in kept])
    values, sets = np.array([s for _, s in kept]), np.array([p.set for p, _ in kept])
    print(f"{name}, {what}: AUC {auc(values, labels):.4f}")
    for one in sorted(set(sets)):
        own = sets == one
        line = [f"  {one:20} {int((labels[own] == 1).sum()):4} + {int((labels[own] == 0).sum()):4} -"]
        if (labels[own] == 1).any() and (labels[own] == 0).any():
            line.append(f"within {auc(values[own], labels[own]):.3f}")
        for wanted, text in ((1, "its positives"), (0, "its negatives")):
            if (labels[own] == wanted).any():
                pick = (own & (labels == wanted)) | (labels == 1 - wanted)
                line.append(f"{text} {auc(values[pick], labels[pick]):.3f}, "
                            f"at 0.5 {(values[own & (labels == wanted)] >= 0.5).mean():.2f}")
        print("  ".join(line))
