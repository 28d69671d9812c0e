"""The first look learns from the full network: pooled scores and maps of the teacher, and the labels themselves."""

import tensorflow as tf

from architecture import Architecture
from batches import REGION_TARGETS
from losses import REGION_MAPS, SHARPNESS, pooled, region_loss, region_masks
from network import FloatNetwork

SMALL_SIZE = (192, 240)  # height, width in pixels of luma that a canvas is reduced to
TEACHER_SHARE = 0.7
LOGIT_LIMIT = 6.0


def first_look_planes(canvases):
    """Canvases (batch, height, width, 3) u8 of Y, Cb, Cr to the six channels of the first look, reduced by areas."""
    small = tf.round(tf.image.resize(tf.cast(canvases, tf.float32), SMALL_SIZE, "area"))
    luma = tf.nn.space_to_depth(small[..., :1], 2)
    chroma = tf.round(tf.nn.avg_pool2d(small[..., 1:], 2, 2, "VALID"))
    return tf.concat([luma, chroma], -1)


def soft_loss(student, teacher):
    """Cross-entropy against the teacher's probability."""
    target = tf.sigmoid(tf.clip_by_value(teacher, -LOGIT_LIMIT, LOGIT_LIMIT))
    return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(target, student))


def distillation_losses(student: Architecture, teacher: FloatNetwork, tensors: list, canvases, regions, labels) -> dict:
    """Parts of the loss by name; `tensors` are the student's on `first_look_planes(canvases)`."""
    full = teacher.architecture
    seen = [tf.stop_gradient(t) for t in teacher.tensors(canvases, len(teacher.kernels))]
    parts = {}

    def channel(values, place):
        return values[place[0]][..., place[1]]

    for hazard, place in student.scenes.items():
        told, known = channel(tensors, place), channel(seen, full.scenes[hazard])
        masks = region_masks_of(regions, told)
        means = pooled(told, masks, 0.0)
        parts[f"scene {hazard}"] = (1 - TEACHER_SHARE) * region_loss(means, labels[..., REGION_TARGETS.index(hazard)]) \
            + TEACHER_SHARE * soft_loss(means, pooled(known, region_masks(regions, known.shape[1]), 0.0))
    for hazard, name in REGION_MAPS:
        if name not in student.maps:
            continue
        told, known = channel(tensors, student.maps[name]), channel(seen, full.maps[name])
        peaks = pooled(told, region_masks_of(regions, told), SHARPNESS)
        wanted = pooled(known, region_masks(regions, known.shape[1]), SHARPNESS)
        small = tf.image.resize(known[..., None], told.shape[1:3], "area")[..., 0]
        parts[f"map {name}"] = (1 - TEACHER_SHARE) * region_loss(peaks, labels[..., REGION_TARGETS.index(hazard)]) \
            + TEACHER_SHARE * soft_loss(peaks, wanted) + soft_loss(told, small)
    return parts


def region_masks_of(regions, told):
    """Masks of the tiles on the student's grid: the nearest cell of the tile map."""
    sized = tf.image.resize(tf.cast(regions[..., None], tf.float32), told.shape[1:3], "nearest")[..., 0]
    return region_masks(tf.cast(sized, tf.int32), told.shape[1])
