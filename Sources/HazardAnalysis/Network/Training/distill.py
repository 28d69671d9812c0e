"""The first look learns from the full network: pooled scores and maps of the teacher, and the labels themselves.

The teacher looks once at a pool of canvases; the student then sees the pool many times, mirrored and brighter or darker.
"""

from dataclasses import dataclass

import numpy as np
import tensorflow as tf

from architecture import Architecture
from batches import REGION_TARGETS
from losses import REGION_MAPS, SHARPNESS, cross_entropy, pooled, region_loss, region_masks
from network import INPUT_ZEROS, FloatNetwork

SEEN = (160, 240)  # height and width of a canvas reduced for the first look
STRIDE = 16  # canvas pixels per cell of the student, at the reduced size
TEACHER_SHARE = 0.7
LOGIT_LIMIT = 6.0
MIRRORED = [1, 0, 3, 2, 4, 5]  # channels of a mirrored picture: left and right of the 2 x 2 blocks change places


@dataclass
class Pool:
    """Canvases as the student sees them (u8, six channels), tiles, labels, and what the teacher said."""

    planes: np.ndarray  # (n, 80, 120, 6)
    regions: np.ndarray  # (n, 10, 15) number of the tile
    labels: np.ndarray  # (n, 5, 6)
    trust: np.ndarray  # (n, 5, 6)
    scenes: np.ndarray  # (n, 5, scenes) pooled logits of the teacher
    peaks: np.ndarray  # (n, 5, maps)
    maps: np.ndarray  # (n, 10, 15, maps) logits


def first_look_planes(canvases):
    """Canvases (batch, height, width, 3) u8 of Y, Cb, Cr to the six channels of the first look, reduced by areas."""
    small = tf.round(tf.image.resize(tf.cast(canvases, tf.float32), SEEN, "area"))
    luma = tf.nn.space_to_depth(small[..., :1], 2)
    chroma = tf.round(tf.nn.avg_pool2d(small[..., 1:], 2, 2, "VALID"))
    return tf.concat([luma, chroma], -1)


def student_maps(student: Architecture) -> list[tuple[str, str]]:
    """Labels and maps that the student has."""
    return [(label, name) for label, name in REGION_MAPS if name in student.maps]


def fill_pool(student: Architecture, teacher: FloatNetwork, feeder, count: int) -> Pool:
    """Draw canvases and ask the teacher about them."""
    full, rows = teacher.architecture, []
    cells = tuple(side // STRIDE for side in SEEN)

    @tf.function
    def ask(canvases, regions):
        seen = teacher.tensors(canvases, len(teacher.kernels))

        def channel(place):
            return seen[place[0]][..., place[1]]
        scenes = [pooled(m, region_masks(regions, m.shape[1]), 0.0)
                  for m in (channel(full.scenes[hazard]) for hazard in student.scenes)]
        found = [channel(full.maps[name]) for _, name in student_maps(student)]
        peaks = [pooled(m, region_masks(regions, m.shape[1]), SHARPNESS) for m in found]
        maps = [tf.image.resize(m[..., None], cells, "area")[..., 0] for m in found]
        tiles = tf.image.resize(tf.cast(regions[..., None], tf.float32), cells, "nearest")[..., 0]
        return (tf.cast(first_look_planes(canvases), tf.uint8), tf.cast(tiles, tf.int32), tf.stack(scenes, -1),
                tf.stack(peaks, -1), tf.stack(maps, -1))

    while sum(len(row[0]) for row in rows) < count:
        canvases, *_, regions, labels, trust = feeder.next()
        planes, tiles, scenes, peaks, maps = (v.numpy() for v in ask(tf.constant(canvases), tf.constant(regions)))
        rows.append((planes, tiles, labels, trust, scenes, peaks, maps))
    return Pool(*[np.concatenate(parts)[:count] for parts in zip(*rows)])


class PoolBatches:
    """Random batches of a pool, mirrored and changed in brightness and contrast."""

    def __init__(self, pool: Pool, count: int, seed: int):
        self.pool, self.count, self.random = pool, count, np.random.default_rng(seed)

    def next(self) -> list[np.ndarray]:
        """Planes, then the targets of `distillation_losses`."""
        picked = self.random.integers(len(self.pool.planes), size=self.count)
        planes = self.pool.planes[picked].astype(np.float32)
        zeros = np.array(INPUT_ZEROS[6], np.float32)
        gain = np.exp(self.random.normal(0, 0.12, (self.count, 1, 1, 1)))
        shift = self.random.normal(0, 8, (self.count, 1, 1, 1)) * (np.arange(6) < 4)
        planes = np.clip(np.rint((planes - zeros) * gain + zeros + shift), 0, 255).astype(np.float32)
        targets = [getattr(self.pool, name)[picked] for name in ("regions", "labels", "trust", "scenes", "peaks", "maps")]
        mirrored = self.random.random(self.count) < 0.5
        planes[mirrored] = planes[mirrored][:, :, ::-1][..., MIRRORED]
        for values in (targets[0], targets[-1]):
            values[mirrored] = values[mirrored][:, :, ::-1]
        return [planes, *targets]


def soft_loss(student, teacher):
    """Cross-entropy against the teacher's probability."""
    target = tf.sigmoid(tf.clip_by_value(teacher, -LOGIT_LIMIT, LOGIT_LIMIT))
    return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(target, student))


def distillation_losses(student: Architecture, tensors: list, regions, labels, trust, scenes, peaks, maps) -> dict:
    """Parts of the loss by name; `tensors` are the student's, the rest as in Pool."""
    def judged(hazard):
        return labels[..., REGION_TARGETS.index(hazard)], trust[..., REGION_TARGETS.index(hazard)]

    parts = {}
    for i, (hazard, place) in enumerate(student.scenes.items()):
        told = tensors[place[0]][..., place[1]]
        means = pooled(told, region_masks(regions, told.shape[1]), 0.0)
        parts[f"scene {hazard}"] = (1 - TEACHER_SHARE) * region_loss(means, *judged(hazard)) \
            + TEACHER_SHARE * soft_loss(means, scenes[..., i])
    for i, (hazard, name) in enumerate(student_maps(student)):
        told = tensors[student.maps[name][0]][..., student.maps[name][1]]
        tops = pooled(told, region_masks(regions, told.shape[1]), SHARPNESS)
        wanted = tf.sigmoid(tf.clip_by_value(maps[..., i], -LOGIT_LIMIT, LOGIT_LIMIT))
        parts[f"map {name}"] = (1 - TEACHER_SHARE) * region_loss(tops, *judged(hazard)) \
            + TEACHER_SHARE * soft_loss(tops, peaks[..., i]) + cross_entropy(told, wanted, tf.ones_like(told))
    return parts
