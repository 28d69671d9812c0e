"""What the full network is trained on: maps against masks and boxes, pooled scores against labels of regions."""

import tensorflow as tf

from architecture import Architecture
from batches import AREA_TARGETS, FINE_TARGETS, REGION_TARGETS, TILES

SHARPNESS = 2.0  # of the log-mean-exp pool
REGION_MAPS = (("fire_smoke", "fire_smoke"), ("water", "water"), ("garbage", "garbage"), ("flame", "flame"),
               ("smoke", "smoke"))  # label of a region, map that is pooled
MAP_WEIGHTS = {"crack": 2.0, "pothole": 1.5, "lane": 0.2, "water": 1.5, "fire_smoke": 0.3, "garbage": 0.6, "bin": 0.3}
OVERLAP_WEIGHTS = {"crack": 0.25, "pothole": 0.25, "water": 0.25, "garbage": 0.1}
VEHICLE_CELLS = 8  # side of the blocks, in cells, on which counts are compared


def cross_entropy(logits, targets, weights):
    """Mean cross-entropy over what is judged (weight above 0); 0 where nothing is."""
    losses = tf.nn.sigmoid_cross_entropy_with_logits(targets, logits)
    return tf.reduce_sum(losses * weights) / (tf.reduce_sum(weights) + 1e-3)


def overlap_loss(logits, targets, weights):
    """One less the soft F1 of each canvas that has something marked; 0 where none has."""
    share = tf.sigmoid(logits) * weights
    targets = targets * weights
    f1 = (2 * tf.reduce_sum(share * targets, (1, 2)) + 0.5) / (tf.reduce_sum(share + targets, (1, 2)) + 0.5)
    marked = tf.cast(tf.reduce_sum(targets, (1, 2)) > 1, tf.float32)
    return tf.reduce_sum((1 - f1) * marked) / (tf.reduce_sum(marked) + 1e-3)


def region_masks(regions, height: int):
    """(batch, height, width, TILES + 1) of ones inside each tile, the last for the whole."""
    factor = height // regions.shape[1]
    numbers = tf.repeat(tf.repeat(regions, factor, 1), factor, 2)
    tiles = tf.one_hot(numbers, TILES)
    return tf.concat([tiles, tf.ones_like(tiles[..., :1])], -1)


def pooled(channel, masks, sharpness: float):
    """Pools of a map (batch, height, width) over regions: (batch, regions)."""
    area = tf.reduce_sum(masks, (1, 2)) + 1e-6
    values = channel[..., None]
    if not sharpness:
        return tf.reduce_sum(values * masks, (1, 2)) / area
    powers = tf.exp(tf.minimum(sharpness * values, 40.0))
    return tf.math.log(tf.reduce_sum(powers * masks, (1, 2)) / area + 1e-9) / sharpness


def region_loss(logits, labels):
    """Cross-entropy of pooled scores; whole canvases count half, unjudged ones (NaN) not at all."""
    judged = tf.cast(tf.logical_not(tf.math.is_nan(labels)), tf.float32)
    weights = judged * tf.constant([[1.0] * TILES + [0.5]])
    return cross_entropy(logits, tf.where(judged > 0, labels, tf.zeros_like(labels)), weights)


def vehicle_loss(logits, counts, weights):
    """Poisson loss per cell and relative error per block."""
    rates = tf.nn.softplus(logits)
    cell = tf.reduce_sum((rates - counts * tf.math.log(rates + 1e-6)) * weights) / (tf.reduce_sum(weights) + 1e-3)
    size, stack = [VEHICLE_CELLS] * 2, tf.stack([rates * weights, counts * weights], -1)
    sums = tf.nn.avg_pool2d(stack, size, size, "VALID") * VEHICLE_CELLS ** 2
    judged = tf.nn.avg_pool2d(weights[..., None], size, size, "VALID")[..., 0]
    off = tf.abs(sums[..., 0] - sums[..., 1])
    return 8 * cell + 0.2 * tf.reduce_sum(off * judged) / (tf.reduce_sum(judged) + 1e-3)


def full_losses(architecture: Architecture, tensors: list, fine, fine_weight, area, area_weight, regions, labels) -> dict:
    """Every part of the loss by name; the loss is their sum."""
    def channel(place):
        return tensors[place[0]][..., place[1]]

    parts = {}
    for targets, weights, names in ((fine, fine_weight, FINE_TARGETS), (area, area_weight, AREA_TARGETS)):
        for i, name in enumerate(names):
            logits = channel(architecture.maps[name])
            if name == "vehicles":
                parts["vehicles"] = vehicle_loss(logits, targets[..., i], weights[..., i])
            else:
                importance = weights[..., i] * (1 + 2 * targets[..., i]) if name == "crack" else weights[..., i]
                parts[f"map {name}"] = MAP_WEIGHTS[name] * cross_entropy(logits, targets[..., i], importance)
            if name in OVERLAP_WEIGHTS:
                parts[f"overlap {name}"] = OVERLAP_WEIGHTS[name] * overlap_loss(logits, targets[..., i], weights[..., i])
    for hazard, place in architecture.scenes.items():
        logits = channel(place)
        means = pooled(logits, region_masks(regions, logits.shape[1]), 0.0)
        parts[f"scene {hazard}"] = region_loss(means, labels[..., REGION_TARGETS.index(hazard)])
    for hazard, name in REGION_MAPS:
        logits = channel(architecture.maps[name])
        peaks = pooled(logits, region_masks(regions, logits.shape[1]), SHARPNESS)
        importance = 0.3 if name in ("flame", "smoke") else 0.7
        parts[f"pool {name}"] = importance * region_loss(peaks, labels[..., REGION_TARGETS.index(hazard)])
    return parts
