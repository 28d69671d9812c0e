"""The float network in TensorFlow: trainable variables, forward pass, and its weights folded for export."""

import dataclasses
from dataclasses import dataclass

import numpy as np
import tensorflow as tf

from architecture import Architecture, Layer

NORMALIZATION_EPSILON = 1e-3
INPUT_ZEROS = {3: (127, 128, 128), 6: (127, 127, 127, 127, 128, 128)}
# Rows: R, G, B from Y - 127, Cb - 128, Cr - 128 (JPEG full range), in units of the ImageNet input (x - 127) / 128.
COLOUR = np.array([[1, 0, 1.402], [1, -0.344136, -0.714136], [1, 1.772, 0]], np.float32) / 128


@dataclass
class FoldedLayer:
    """A layer ready for export: weights (height, width, in, out) or (height, width, channels, 1), bias (out)."""

    weights: np.ndarray
    bias: np.ndarray


def imagenet_weights(layer: Layer, state: dict) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Kernel, gain and bias of a layer whose normalization is a fixed gain and bias; the first channels are taken."""
    kernel = state[f"{layer.pretrained}.weight"].transpose(2, 3, 1, 0)
    if layer.op == "depthwise":
        kernel = kernel.transpose(0, 1, 3, 2)
    if layer.op == "conv":
        kernel = np.einsum("hwro,rc->hwco", kernel, COLOUR)
    norm = {part: state[f"{layer.normalization}.{part}"] for part in ("weight", "bias", "running_mean", "running_var")}
    gain = norm["weight"] / np.sqrt(norm["running_var"] + NORMALIZATION_EPSILON)
    bias = norm["bias"] - norm["running_mean"] * gain
    kernel = kernel if layer.op == "depthwise" else kernel[..., :layer.outputs]
    return kernel, gain[:layer.outputs], bias[:layer.outputs]


class FloatNetwork(tf.Module):
    """Variables and forward pass of an architecture; `state`: ImageNet weights, or None for a random beginning."""

    def __init__(self, architecture: Architecture, state: dict | None, seed: int):
        super().__init__()
        self.architecture = architecture
        random = np.random.default_rng(seed)
        self.kernels, self.gains, self.biases = [], [], []
        for layer in architecture.layers:
            if state is not None and layer.pretrained:
                kernel, gain, bias = imagenet_weights(layer, state)
            else:
                fan_in = layer.kernel ** 2 * (1 if layer.op == "depthwise" else layer.inputs)
                kernel = random.normal(0, np.sqrt((2 if layer.clipped else 1) / fan_in), layer.weight_shape)
                if layer.halves:
                    kernel = np.zeros(layer.weight_shape)
                    kernel[:2, :2] = 0.25
                gain, bias = np.ones(layer.outputs), np.zeros(layer.outputs)
                if layer.source == 0:
                    kernel = kernel / 64
            self.kernels.append(tf.Variable(kernel.astype(np.float32), name=f"{layer.name}/kernel"))
            self.gains.append(tf.Variable(gain.astype(np.float32), name=f"{layer.name}/gain"))
            self.biases.append(tf.Variable(bias.astype(np.float32), name=f"{layer.name}/bias"))
        self.zeros = tf.constant(INPUT_ZEROS[architecture.input_channels], tf.float32)

    def folded(self) -> list[FoldedLayer]:
        """Kernels times gains, and biases, as arrays."""
        return [FoldedLayer(_with_gain(layer, kernel, gain).numpy(), bias.numpy())
                for layer, kernel, gain, bias in zip(self.architecture.layers, self.kernels, self.gains, self.biases)]

    def tensors(self, pictures: tf.Tensor, frozen: int = 0) -> list[tf.Tensor]:
        """All tensors for u8-valued pictures (batch, height, width, channels); gradients stop after `frozen` layers."""
        results = [tf.cast(pictures, tf.float32) - self.zeros]
        for number, layer in enumerate(self.architecture.layers):
            kernel = _with_gain(layer, self.kernels[number], self.gains[number])
            value = apply_layer(layer, results[layer.source], kernel, self.biases[number],
                                None if layer.residual is None else results[layer.residual])
            results.append(tf.stop_gradient(value) if number < frozen else value)
        return results

    def settle(self, pictures: np.ndarray, fresh: set[str]) -> None:
        """Scale these layers so that their sums have mean 0 and spread 1 on these pictures.

        The trunk's linear features spread over tens; a head that begins at that scale is clipped dead.
        """
        results = [tf.cast(pictures, tf.float32) - self.zeros]
        for number, layer in enumerate(self.architecture.layers):
            residual = None if layer.residual is None else results[layer.residual]
            if layer.name in fresh and not layer.halves:
                kernel = _with_gain(layer, self.kernels[number], self.gains[number])
                plain = dataclasses.replace(layer, clipped=False)
                sums = apply_layer(plain, results[layer.source], kernel, tf.zeros(layer.outputs), residual)
                mean, variance = tf.nn.moments(sums, (0, 1, 2))
                spread = tf.sqrt(variance) + 1e-3
                if residual is None:
                    self.gains[number].assign(self.gains[number] / spread)
                    self.biases[number].assign(-mean / spread)
                else:  # the residual has its own scale
                    share = tf.reduce_mean(spread)
                    self.gains[number].assign(self.gains[number] / share)
            kernel = _with_gain(layer, self.kernels[number], self.gains[number])
            results.append(apply_layer(layer, results[layer.source], kernel, self.biases[number], residual))

    def variables_from(self, frozen: int) -> list[tf.Variable]:
        """The variables of all layers after the first `frozen`."""
        return self.kernels[frozen:] + self.gains[frozen:] + self.biases[frozen:]


def _with_gain(layer: Layer, kernel, gain):
    return kernel * (gain[:, None] if layer.op == "depthwise" else gain)


def apply_layer(layer: Layer, source, kernel, bias, residual):
    """One float layer: convolution with "SAME" padding by zero, bias, residual, ReLU6."""
    if layer.op == "depthwise":
        value = tf.nn.depthwise_conv2d(source, kernel, [1, layer.stride, layer.stride, 1], "SAME")
    else:
        value = tf.nn.conv2d(source, kernel, layer.stride, "SAME")
    value = tf.nn.bias_add(value, tf.cast(bias, value.dtype))
    if residual is not None:
        value += upsampled(residual, value) if layer.upsamples else residual
    return tf.nn.relu6(value) if layer.clipped else value


def upsampled(residual, like):
    """A map doubled by nearest neighbour and cropped to the size of another."""
    doubled = tf.repeat(tf.repeat(residual, 2, axis=1), 2, axis=2)
    return doubled[:, :tf.shape(like)[1], :tf.shape(like)[2]]
