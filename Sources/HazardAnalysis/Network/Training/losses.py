"""What the full network is trained on: maps against masks and boxes, pooled scores against labels of regions."""

import tensorflow as tf

from architecture import Architecture
from batches import AREA_TARGETS, FINE_TARGETS, REGION_TARGETS, THIN_TARGETS, TILES

SHARPNESS = 2.0  # of the log-mean-exp pool
REGION_MAPS = (("fire_smoke", "fire_smoke"), ("water", "water"), ("garbage", "garbage"), ("flame", "flame"),
               ("smoke", "smoke"))  # label of a region, map that is pooled
MAP_WEIGHTS = {"crack": 1.0, "pothole": 1.0, "lane": 0.2, "water": 1.2, "fire_smoke": 0.3, "garbage": 0.6, "bin": 0.3}
GARBAGE_OVERLAP, WATER_OVERLAP, ROAD_OVERLAP = 0.1, 0.4, 0.5
PRESENT = 0.06  # share of a cell of stride 4 from which it holds a crack
TOLERANCE = 5  # cells of stride 4: a crack counts within two cells
NEARBY = 3  # cells: what is taught to be crack, since marks are a little off
VEHICLE_CELLS = 10  # side of the blocks, in cells, on which counts are compared


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


def tile_sums(values, masks):
    """Sums of a map (batch, height, width) over the tiles: (batch, TILES)."""
    return tf.einsum("bhw,bhwt->bt", values, masks[..., :TILES])


def spread(values, cells: int):
    """Maxima over squares of this side, for maps (batch, height, width)."""
    return tf.nn.max_pool2d(values[..., None], cells, 1, "SAME")[..., 0]


def marked_mean(losses, marked):
    """Mean over the tiles with something marked; 0 where none has."""
    weights = tf.cast(marked, tf.float32)
    return tf.reduce_sum(losses * weights) / (tf.reduce_sum(weights) + 1e-3)


def water_overlap_loss(logits, targets, weights, masks):
    """One less the soft IoU of each tile with water."""
    share, truth = tf.sigmoid(logits) * weights, targets * weights
    both, sizes = tile_sums(share * truth, masks), tile_sums(share + truth, masks)
    return marked_mean(1 - (both + 1) / (sizes - both + 1), tile_sums(truth, masks) > 4)


def road_overlap_loss(crack, pothole, targets, judged, masks):
    """One less the soft F1 of cracks and potholes together in each tile, cracks within the tolerance, as it is judged."""
    cracks, potholes = targets[..., 0] * judged, targets[..., 1] * judged
    near = spread(tf.cast(cracks > PRESENT, tf.float32), TOLERANCE)
    found = (1 - tf.sigmoid(-crack) * tf.sigmoid(-pothole)) * judged
    precise = (tile_sums(found * tf.maximum(potholes, near), masks) + 1) / (tile_sums(found, masks) + 1)
    thin = cracks * (1 - potholes)
    truth = tile_sums(thin + potholes, masks)
    recalled = (tile_sums(thin * spread(found, TOLERANCE) + potholes * found, masks) + 0.1) / (truth + 0.1)
    return marked_mean(1 - 2 * precise * recalled / (precise + recalled), truth > 1)


def region_loss(logits, labels, trust):
    """Cross-entropy of pooled scores by trust; whole canvases count half, unjudged ones (NaN) not at all."""
    judged = tf.cast(tf.logical_not(tf.math.is_nan(labels)), tf.float32)
    weights = judged * trust * tf.constant([[1.0] * TILES + [0.5]])
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


def map_losses(architecture: Architecture, channel, targets: dict) -> dict:
    """Losses of the maps; `targets`: by group (names, targets, weights), `channel` gives the logits of a map."""
    parts = {}
    for names, wanted, weights in targets.values():
        for i, name in enumerate(names):
            logits, truth = channel(architecture.maps[name]), wanted[..., i]
            if name == "vehicles":
                parts[name] = vehicle_loss(logits, truth, weights[..., i])
                continue
            if name == "crack":
                truth = spread(tf.cast(truth > PRESENT, tf.float32), NEARBY)
            parts[f"map {name}"] = MAP_WEIGHTS[name] * cross_entropy(logits, truth, weights[..., i])
    return parts


def overlap_losses(architecture: Architecture, channel, thin, thin_weight, fine, fine_weight, area, area_weight,
                   regions) -> dict:
    """Losses of overlap with what is marked."""
    crack, pothole, water, garbage = (channel(architecture.maps[n]) for n in ("crack", "pothole", "water", "garbage"))
    judged = tf.cast(thin_weight[..., THIN_TARGETS.index("pothole")] > 0, tf.float32)
    wet, heap = FINE_TARGETS.index("water"), AREA_TARGETS.index("garbage")
    return {
        "overlap road": ROAD_OVERLAP * road_overlap_loss(crack, pothole, thin, judged,
                                                         region_masks(regions, crack.shape[1])),
        "overlap water": WATER_OVERLAP * water_overlap_loss(water, fine[..., wet], fine_weight[..., wet],
                                                            region_masks(regions, water.shape[1])),
        "overlap garbage": GARBAGE_OVERLAP * overlap_loss(garbage, area[..., heap], area_weight[..., heap]),
    }


def full_losses(architecture: Architecture, tensors: list, thin, thin_weight, fine, fine_weight, area, area_weight,
                regions, labels, trust) -> dict:
    """Every part of the loss by name; the loss is their sum."""
    def channel(place):
        return tensors[place[0]][..., place[1]]

    def told(hazard):
        return labels[..., REGION_TARGETS.index(hazard)], trust[..., REGION_TARGETS.index(hazard)]

    parts = map_losses(architecture, channel, {
        "thin": (THIN_TARGETS, thin, thin_weight), "fine": (FINE_TARGETS, fine, fine_weight),
        "area": (AREA_TARGETS, area, area_weight)})
    parts |= overlap_losses(architecture, channel, thin, thin_weight, fine, fine_weight, area, area_weight, regions)
    for hazard, place in architecture.scenes.items():
        logits = channel(place)
        means = pooled(logits, region_masks(regions, logits.shape[1]), 0.0)
        parts[f"scene {hazard}"] = region_loss(means, *told(hazard))
    for hazard, name in REGION_MAPS:
        logits = channel(architecture.maps[name])
        peaks = pooled(logits, region_masks(regions, logits.shape[1]), SHARPNESS)
        importance = 0.3 if name in ("flame", "smoke") else 0.7
        parts[f"pool {name}"] = importance * region_loss(peaks, *told(hazard))
    return parts
