"""The channel of streets under water as city cameras see them: a linear map on pooled ImageNet features.

There are 109 pictures of 35 camera groups, ten of which plainly show a flood. Whatever is trained deeper learns the
cameras; 81 numbers on features that no picture of ours changed can be judged by cross-validation over camera groups.
"""

import numpy as np
import tensorflow as tf
from PIL import Image
from scipy.optimize import minimize

from architecture import STREET
from augment import worn
from figures import area_under_curve
from network import FloatNetwork
from pictures import CLEAR, UNCLEAR_TRUST, Picture, full_input
from weather import rainy_night, unmarked

CAMERAS = "rio-cctv"
DRY = ("drone-vehicles", "aider-aerial-fire", "kunge-fire", "kunge-smoke")  # sets without water that nobody judged
COPIES = {CAMERAS: 14, "woodland": 2, "camvid-streets": 1, "drone-vehicles": 1, "cn-garbage": 1}
NIGHTLY = ("camvid-streets", "drone-vehicles", "cn-garbage")  # sets whose copies are put into rainy nights
OTHERS_SHARE = 0.3  # weight of all other sets together beside that of the city cameras
RIDGE = 0.15
FOLDS, DRAWS = 6, 4


def altered(random, picture: Picture) -> Image.Image:
    """A copy as another camera would have it: a part, mirrored, by night, worn."""
    image = unmarked(random, picture.pixels) if picture.origin == CAMERAS else picture.pixels
    size, part = np.array(image.size), random.uniform(0.75, 1, 2)
    begin = random.uniform(0, 1 - part) * size
    image = image.resize(image.size, Image.Resampling.BILINEAR, box=(*begin, *(begin + part * size)))
    if random.random() < 0.5:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return worn(random, rainy_night(random, image) if picture.origin in NIGHTLY else image)


class StreetLessons:
    """Pooled features of the pictures and their copies, with labels and weights."""

    def __init__(self, network: FloatNetwork, pictures: list[Picture], seed: int):
        """Other sets teach without their held-out pictures; city cameras are all here, folds or `held_out` part them."""
        random, read = np.random.default_rng(seed), feature_reader(network)
        self.cameras = [p for p in pictures if p.origin == CAMERAS]
        others = [p for p in pictures if p.origin != CAMERAS and not p.held_out and _is_dry(p)]
        self.features = {id(p): [read(full_input(image)) for image in _versions(random, p)]
                         for p in [*self.cameras, *others]}
        sizes = {name: sum(p.origin == name for p in others) for name in {p.origin for p in others}}
        self.others = _rows(self.features, [(p, 0.0, OTHERS_SHARE / len(sizes) / sizes[p.origin]) for p in others])

    def fit(self, cameras: list[Picture]) -> tuple[np.ndarray, float]:
        """Weights and bias from these pictures of city cameras, both labels alike in weight, and the other sets."""
        rows = [(p, p.labels["water"], 1.0 if CLEAR in p.note else UNCLEAR_TRUST) for p in cameras]
        sums = [sum(w for _, told, w in rows if told == truth) for truth in (0, 1)]
        rows = [(p, told, 0.5 * w / sums[int(told)]) for p, told, w in rows]
        return logistic(*[np.concatenate(pair) for pair in zip(_rows(self.features, rows), self.others)])

    def cross_validated(self, seed: int) -> np.ndarray:
        """Logits of every city camera picture by weights that no picture of its camera group taught."""
        groups = sorted({p.group for p in self.cameras})
        flooded = [any(p.group == g and p.labels["water"] == 1 and CLEAR in p.note for p in self.cameras) for g in groups]
        order = np.random.default_rng(seed).permutation(len(groups))
        ranked = sorted(order, key=lambda i: not flooded[i])  # plain floods are spread over the folds
        fold = {groups[i]: rank % FOLDS for rank, i in enumerate(ranked)}
        told = np.zeros(len(self.cameras))
        for number in range(FOLDS):
            weights, bias = self.fit([p for p in self.cameras if fold[p.group] != number])
            for i, picture in enumerate(self.cameras):
                if fold[picture.group] == number:
                    told[i] = self.features[id(picture)][0] @ weights + bias
        return told


def _is_dry(picture: Picture) -> bool:
    return picture.labels["water"] == 0 or np.isnan(picture.labels["water"]) and picture.origin in DRY


def _versions(random, picture: Picture) -> list:
    return [picture.pixels, *[altered(random, picture) for _ in range(COPIES.get(picture.origin, 0))]]


def _rows(features: dict, rows: list) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features, labels and weights with the copies of a picture sharing its weight."""
    parts = [(f, told, weight / len(features[id(p)])) for p, told, weight in rows for f in features[id(p)]]
    return tuple(np.array(column, np.float64) for column in zip(*parts))


def feature_reader(network: FloatNetwork):
    """A function from pictures to the pooled features that the map reads."""
    source = next(layer.source for layer in network.architecture.layers if layer.name == f"{STREET}map")

    @tf.function(input_signature=[tf.TensorSpec([None, None, None, 3], tf.float32)])
    def features(pictures):
        return tf.reduce_mean(network.tensors(pictures, source)[source], (0, 1, 2))
    return lambda picture: features(tf.constant(picture[None].astype(np.float32))).numpy()


def logistic(features: np.ndarray, labels: np.ndarray, importance: np.ndarray) -> tuple[np.ndarray, float]:
    """Ridge logistic regression on features of equal spread: weights and bias for the features as they are."""
    mean = np.average(features, axis=0, weights=importance)
    spread = np.sqrt(np.average((features - mean) ** 2, axis=0, weights=importance)) + 1e-6
    even = (features - mean) / spread

    def cost(x):
        logits = even @ x[:-1] + x[-1]
        slopes = importance * (1 / (1 + np.exp(-logits)) - labels)
        loss = (importance * (np.logaddexp(0, logits) - labels * logits)).sum() + RIDGE * (x[:-1] ** 2).sum()
        return loss, np.append(even.T @ slopes + 2 * RIDGE * x[:-1], slopes.sum())

    found = minimize(cost, np.zeros(features.shape[1] + 1), jac=True, method="L-BFGS-B").x
    weights = found[:-1] / spread
    return weights, float(found[-1] - mean @ weights)


def set_street(network: FloatNetwork, weights: np.ndarray, bias: float) -> None:
    """Put the fit into the network."""
    number = next(i for i, layer in enumerate(network.architecture.layers) if layer.name == f"{STREET}map")
    network.kernels[number].assign(weights.reshape(1, 1, -1, 1).astype(np.float32))
    network.gains[number].assign([1.0])
    network.biases[number].assign([np.float32(bias)])


def camera_figures(cameras: list[Picture], logits: np.ndarray) -> tuple[float, float]:
    """AUC over the pictures that plainly show their label, and over all."""
    truth, plain = (np.array([test(p) for p in cameras]) for test in (lambda p: p.labels["water"] == 1,
                                                                      lambda p: CLEAR in p.note))
    return tuple(area_under_curve(logits[truth & kept], logits[~truth & kept]) for kept in (plain, plain | True))
