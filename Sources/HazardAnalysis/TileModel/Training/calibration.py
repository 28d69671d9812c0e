"""What turns the logits of a head into scores: fitted on pictures that the head did not see."""

import numpy as np

from figures import count_report
from network import pooled, sigmoid
from pictures import state
from vehicles import count, vehicle_blocks


def calibrate_picture(head: dict, pictures: list, tiles: list, name: str) -> None:
    """Logistic regression on the pooled means, classes alike, sets of a class weighted by the root of their size."""
    chosen = [i for i, p in enumerate(pictures) if state(p, name) is not None and len(tiles[i])]
    x = np.array([pooled(tiles[i]) for i in chosen]) / 65536
    y = np.array([state(pictures[i], name) for i in chosen])
    size = {}
    for i, label in zip(chosen, y):
        size[pictures[i].set, label] = size.get((pictures[i].set, label), 0) + 1
    weight = np.array([size[pictures[i].set, label] ** -0.5 for i, label in zip(chosen, y)])
    for label in (0, 1):
        weight[y == label] /= weight[y == label].sum()
    factors, offset = regress(x, y, weight)
    head["pictureFactors"] = [int(v) for v in np.round(factors * 1024)]
    head["pictureOffset"] = int(np.round(offset * 65536))


def calibrate_tiles(head: dict, pictures: list, tiles: list, name: str) -> None:
    """Slope by logistic regression and the threshold of the best F1 where tiles are known; else as the picture's."""
    known = [(t, p.targets[name][~p.blank]) for t, p in zip(tiles, pictures)
             if name in p.targets and state(p, name) == 1]
    if not known:
        head["tileFactor"], head["tileOffset"] = sum(head["pictureFactors"]), head["pictureOffset"]
        return
    free = [t for t, p in zip(tiles, pictures) if state(p, name) == 0]
    x = np.concatenate([t for t, _ in known] + free) / 1024
    y = np.concatenate([k for _, k in known] + [np.zeros(len(t), int) for t in free])
    x, y = x[y >= 0], y[y >= 0]
    weight = np.where(y == 1, 0.5 / max(1, (y == 1).sum()), 0.5 / max(1, (y == 0).sum()))
    factors, _ = regress(x[:, None], y, weight)
    # The picture decides whether there is anything; tiles decide where, so only pictures with the thing count.
    inside = np.concatenate([t for t, _ in known]) / 1024
    truth = np.concatenate([k for _, k in known])
    cuts = np.quantile(inside, np.linspace(0.02, 0.98, 97))
    best = max(cuts, key=lambda cut: f1(inside[truth >= 0] >= cut, truth[truth >= 0] == 1))
    slope = max(0.1, factors[0])
    head["tileFactor"], head["tileOffset"] = round(slope * 1024), round(-slope * best * 65536)
    print(f"{name}: tiles, F1 {f1(inside[truth >= 0] >= best, truth[truth >= 0] == 1):.3f} at {best:.2f}")


def calibrate_count(head: dict, pictures: list, tiles: list) -> None:
    """The size of a vehicle that tells the counts of pictures best that the fit did not see."""
    sizes = [vehicle_blocks(head, p, t) for p, t in zip(pictures, tiles)]
    counted = [(p, s) for p, s in zip(pictures, sizes) if p.vehicles is not None]
    head["tilesPerVehicle"] = min(
        range(4, 41), key=lambda size: sum(abs(count(s, size) - p.vehicles) for p, s in counted))
    count_report(head, "cross-validated", pictures, sizes)


def f1(found: np.ndarray, truth: np.ndarray) -> float:
    return 2 * (found & truth).sum() / max(1, found.sum() + truth.sum())


def regress(x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> tuple:
    """Weighted logistic regression with a small penalty; factors are kept at 0 or above."""
    mean, deviation = np.average(x, 0, weight), x.std(0) + 1e-6
    z, beta, bias = (x - mean) / deviation, np.full(x.shape[1], 0.3), 0.0
    for _ in range(3000):
        error = (sigmoid(z @ beta + bias) - y) * weight
        beta = np.maximum(0, beta - 0.5 * (z.T @ error + 0.002 * beta))
        bias -= 0.5 * error.sum()
    return beta / deviation, bias - (beta * mean / deviation).sum()
