"""The tile network: fitted in floats, then rounded to the integers that the program runs."""

from dataclasses import dataclass

import numpy as np

POOLED = (32, 8, 1)  # the strongest tile of so many is averaged


@dataclass
class Scaling:
    """How features become standardised inputs (`TileModel.Scaling`)."""

    centers: np.ndarray
    scales: np.ndarray

    @staticmethod
    def fit(pictures: list) -> "Scaling":
        """Mean and deviation over tiles that are not blank; every set counts alike."""
        by_set = {}
        for p in pictures:
            by_set.setdefault(p.set, []).append(p.features[~p.blank].astype(np.float64))
        moments = []
        for tiles in by_set.values():
            tiles = np.concatenate(tiles)
            moments.append((tiles.mean(0), (tiles**2).mean(0)))
        mean = np.mean([m[0] for m in moments], 0)
        deviation = np.sqrt(np.maximum(1, np.mean([m[1] for m in moments], 0) - mean**2))
        return Scaling(np.round(mean).astype(np.int64), np.clip(np.round(16384 / deviation), 1, 32767).astype(np.int64))

    def prepare(self, picture) -> None:
        """Fills the inputs and means of a picture as `TileContext` does."""
        z = ((picture.features.astype(np.int64) - self.centers) * self.scales + 128) >> 8
        z = np.clip(z, -512, 511)
        z[picture.blank] = 0
        grid = np.concatenate([z, (~picture.blank)[:, None]], 1).reshape(picture.rows, picture.columns, -1)
        corners = np.pad(grid.cumsum(0).cumsum(1), ((1, 0), (1, 0), (0, 0)))
        parts = [z]
        for radius in (1, 3):
            ys, xs = np.arange(picture.rows), np.arange(picture.columns)
            top, bottom = np.maximum(0, ys - radius), np.minimum(picture.rows, ys + radius + 1)
            left, right = np.maximum(0, xs - radius), np.minimum(picture.columns, xs + radius + 1)
            total = (corners[np.ix_(bottom, right)] - corners[np.ix_(bottom, left)] - corners[np.ix_(top, right)]
                     + corners[np.ix_(top, left)])
            parts.append(mean(total).reshape(len(z), -1))
        picture.inputs = np.concatenate(parts, 1)[~picture.blank].astype(np.int16)
        picture.means = mean(corners[-1, -1]).astype(np.int16)


def mean(total: np.ndarray) -> np.ndarray:
    """Sums with their count as the last value to means, half up; zero for nothing."""
    count = np.maximum(1, total[..., -1:])
    return np.where(total[..., -1:] == 0, 0, (total[..., :-1] + 512 * count + count // 2) // count - 512)


class Network:
    """inputs → rectified units → logit of a tile, fitted with Adam."""

    def __init__(self, inputs: int, units: int, rng: np.random.Generator):
        self.p = [rng.normal(0, 1 / np.sqrt(inputs), (inputs, units)), np.full(units, 0.1),
                  rng.normal(0, 1 / np.sqrt(units), units), np.zeros(1)]
        self.p = [v.astype(np.float32) for v in self.p]
        self.m = [np.zeros_like(v) for v in self.p]
        self.v = [np.zeros_like(v) for v in self.p]
        self.steps = 0

    def forward(self, x: np.ndarray):
        hidden = np.maximum(0, x @ self.p[0] + self.p[1])
        return hidden, hidden @ self.p[2] + self.p[3]

    def step(self, x: np.ndarray, hidden: np.ndarray, slope: np.ndarray, rate: float, decay: float) -> None:
        """One step down: `slope` is the derivative of the loss by each tile's logit."""
        back = np.outer(slope, self.p[2]) * (hidden > 0)
        grads = [x.T @ back, back.sum(0), hidden.T @ slope, np.array([slope.sum()], np.float32)]
        self.steps += 1
        for i, g in enumerate(grads):
            self.m[i] = 0.9 * self.m[i] + 0.1 * g
            self.v[i] = 0.999 * self.v[i] + 0.001 * g * g
            m, v = self.m[i] / (1 - 0.9**self.steps), self.v[i] / (1 - 0.999**self.steps)
            self.p[i] -= (rate * (m / (np.sqrt(v) + 1e-8) + (decay * self.p[i] if i in (0, 2) else 0))).astype(
                np.float32)
            if i in (0, 2):
                self.p[i] = np.clip(self.p[i], -15, 15)

    def integers(self) -> dict:
        """Hidden weights Q10 and biases Q16, output weights Q10 and bias Q20."""
        return {"hiddenWeights": np.round(self.p[0].T * 1024).astype(np.int64),
                "hiddenBiases": np.round(self.p[1] * 65536).astype(np.int64),
                "outputWeights": np.round(self.p[2] * 1024).astype(np.int64),
                "outputBias": int(np.round(self.p[3][0] * 2**20))}


def logits(head: dict, picture) -> np.ndarray:
    """The Q10 logits of a picture's visible tiles, exactly as `TileHead.fillLogits`."""
    x = np.concatenate([picture.inputs, np.tile(picture.means, (len(picture.inputs), 1))], 1)
    # All products stay far below 2^53, so that float64 is exact (and faster than integers).
    sums = (x.astype(np.float64) @ head["hiddenWeights"].T.astype(np.float64)).astype(np.int64)
    hidden = np.minimum(np.maximum(0, sums + head["hiddenBiases"]) >> 6, 32767)
    return np.clip((hidden @ head["outputWeights"] + head["outputBias"]) >> 10, -32768, 32768)


def pooled(tiles: np.ndarray) -> list:
    """Means over the strongest tiles, Q16, as `TileHead.pictureLogit`."""
    ranked = np.sort(tiles)[::-1]
    counts = [max(1, len(ranked) // f) for f in POOLED]
    return [truncate(int(ranked[:c].sum()) * 64, c) for c in counts]


def truncate(a: int, b: int) -> int:
    """Integer division towards zero."""
    return a // b if a >= 0 else -(-a // b)


def picture_logit(head: dict, values: list) -> int:
    """The calibrated Q16 logit of a picture."""
    return head["pictureOffset"] + sum((f * v) >> 10 for f, v in zip(head["pictureFactors"], values))


def sigmoid(v):
    """The chance that a logit stands for."""
    return 1 / (1 + np.exp(-np.clip(v, -30, 30)))
