"""Post-training quantization: ranges from calibration pictures, symmetric weights per channel, corrected biases."""

from dataclasses import dataclass

import numpy as np
import tensorflow as tf

from architecture import Architecture, Layer
from network import INPUT_ZEROS, FoldedLayer, apply_layer

MAXIMUM_BIAS = 2 ** 30
CANDIDATES = np.linspace(0.3, 1.0, 29)  # shares of the observed range that are tried


@dataclass
class Grid:
    """How a u8 tensor stands for real values: value = (level - zero) * scale."""

    scale: float
    zero: int


@dataclass
class IntegerLayer:
    """Integers of a layer: weights i8 in file order, bias i32 with the input's zero folded in, scales f32."""

    weights: np.ndarray
    bias: np.ndarray
    scales: np.ndarray
    residual_scale: float


def run_folded(architecture: Architecture, folded: list[FoldedLayer], pictures: np.ndarray) -> list[np.ndarray]:
    """All tensors of the float network for u8 pictures of one size (batch, height, width, channels)."""
    results = [tf.cast(pictures, tf.float32) - tf.constant(INPUT_ZEROS[architecture.input_channels], tf.float32)]
    for layer, weights in zip(architecture.layers, folded):
        results.append(apply_layer(layer, results[layer.source], weights.weights, weights.bias,
                                   None if layer.residual is None else results[layer.residual]))
    return results


class RangeFinder:
    """Collects histograms of every tensor over pictures, then chooses the grid of least squared error."""

    BINS = 2048

    def __init__(self, architecture: Architecture, folded: list[FoldedLayer], pictures: list[np.ndarray], first: int = 0):
        """The ranges of the layers before `first` are not wanted."""
        self.architecture, self.first = architecture, first
        count = len(architecture.layers)
        self.low, self.high = np.zeros(count), np.zeros(count)
        self.histograms = np.zeros((count, self.BINS))
        for counting in (False, True):
            for picture in pictures:
                tensors = run_folded(architecture, folded, picture[None])[1:]
                for i, tensor in enumerate(tensors[first:], first):
                    self._take(i, tensor.numpy(), counting)

    def _take(self, number: int, values: np.ndarray, counting: bool) -> None:
        if counting:
            reach = (self.low[number], self.high[number] + 1e-9)
            self.histograms[number] += np.histogram(values, self.BINS, reach)[0]
        else:
            self.low[number] = min(self.low[number], float(values.min()))
            self.high[number] = max(self.high[number], float(values.max()))

    def grid(self, number: int) -> Grid:
        """The grid of the result of a layer; clipped layers begin at zero."""
        low, high = self.low[number], max(self.high[number], self.low[number] + 1e-6)
        edges = np.linspace(low, high, self.BINS + 1)
        centres, weights = (edges[1:] + edges[:-1]) / 2, self.histograms[number]
        best, chosen = np.inf, None
        for share in CANDIDATES:
            a, b = low * share, high * share
            scale = max(b - a, 1e-6) / 255
            zero = int(np.clip(np.rint(-a / scale), 0, 255))
            levels = np.clip(np.rint(centres / scale) + zero, 0, 255)
            error = float((weights * ((levels - zero) * scale - centres) ** 2).sum())
            if error < best:
                best, chosen = error, Grid(float(np.float32(scale)), zero)
        return chosen


def integer_layer(layer: Layer, folded: FoldedLayer, source: Grid, source_zeros, target: Grid | None,
                  residual: Grid | None, shift: np.ndarray) -> IntegerLayer:
    """Round a layer to integers; `shift` (out channels) is taken off the bias beforehand (bias correction)."""
    weights = folded.weights
    if layer.op == "depthwise":
        ordered = weights[..., 0]  # height, width, channels
        peak = np.abs(ordered).max(axis=(0, 1))
    else:
        ordered = weights.transpose(3, 0, 1, 2)  # out, height, width, in
        peak = np.abs(ordered).max(axis=(1, 2, 3))
    real_bias = folded.bias - shift
    step = np.maximum(peak / 127, np.maximum(np.abs(real_bias) / (MAXIMUM_BIAS * source.scale), 1e-12))
    steps = step if layer.op == "depthwise" else step[:, None, None, None]
    integers = np.clip(np.rint(ordered / steps), -127, 127).astype(np.int8)
    if layer.op == "depthwise":
        offset = integers.astype(np.int64).sum(axis=(0, 1)) * int(source_zeros[0])
    else:
        offset = (integers.astype(np.int64).sum(axis=(1, 2)) * np.asarray(source_zeros, np.int64)).sum(axis=1)
    bias = np.rint(real_bias / (step * source.scale)).astype(np.int64) - offset
    out_scale = 1.0 if target is None else target.scale
    return IntegerLayer(integers, bias.astype(np.int32), (step * source.scale / out_scale).astype(np.float32),
                        0.0 if residual is None else float(np.float32(residual.scale / out_scale)))


class QuantizedNetwork:
    """An architecture with integer layers and the grids of its tensors (tensor 0: scale 1)."""

    def __init__(self, architecture: Architecture, folded: list[FoldedLayer], pictures: list[np.ndarray],
                 known: list[tuple[IntegerLayer, Grid]] = ()):
        """`pictures`: calibration pictures, u8 (height, width, channels), of any sizes; `known`: first layers as given."""
        self.architecture = architecture
        self.input_zeros = INPUT_ZEROS[architecture.input_channels]
        ranges = RangeFinder(architecture, folded, pictures, len(known))
        self.grids = [Grid(1.0, 0), *[grid for _, grid in known]]
        self.grids += [Grid(1.0, 0) if layer.is_output else ranges.grid(i)
                       for i, layer in enumerate(architecture.layers) if i >= len(known)]
        self.layers: list[IntegerLayer] = [integers for integers, _ in known]
        states = [_Calibration(architecture, picture) for picture in pictures]
        for number, layer in enumerate(architecture.layers):
            self._add(number, layer, folded[number], states, number < len(known))

    def _add(self, number: int, layer: Layer, folded: FoldedLayer, states: list, known: bool) -> None:
        """Quantize a layer unless it is known, then once more with the mean error of its sums taken off the bias."""
        shift = np.zeros(layer.outputs)
        for attempt in range(0 if known else 2):
            self.layers[number:] = [self._integers(number, layer, folded, shift)]
            if attempt == 1:
                break
            wrong = [state.mean_error(layer, folded, self._real_output(number, layer, state)) for state in states]
            shift = np.mean(wrong, axis=0)
        done = [t for t in range(number + 1) if all(t not in (later.source, later.residual)
                                                    for later in self.architecture.layers[number + 1:])]
        for state in states:
            state.store(layer, folded, self.run_layer(number, state.levels), done)

    def _integers(self, number: int, layer: Layer, folded: FoldedLayer, shift: np.ndarray) -> IntegerLayer:
        zeros = self.input_zeros if layer.source == 0 else [self.grids[layer.source].zero]
        return integer_layer(layer, folded, self.grids[layer.source], zeros,
                             None if layer.is_output else self.grids[number + 1],
                             None if layer.residual is None else self.grids[layer.residual], shift)

    def _real_output(self, number: int, layer: Layer, state) -> np.ndarray:
        levels = self.run_layer(number, state.levels)
        grid = self.grids[number + 1]
        return levels if layer.is_output else (levels.astype(np.float32) - grid.zero) * grid.scale

    def run_layer(self, number: int, levels: list, dtype=tf.float32) -> np.ndarray:
        """One integer layer by TensorFlow on batches of u8 levels; float64 makes it exact."""
        layer, integers = self.architecture.layers[number], self.layers[number]
        zeros = np.array(self.input_zeros if layer.source == 0 else [self.grids[layer.source].zero], np.float64)
        source = tf.cast(levels[layer.source], dtype) - tf.cast(zeros, dtype)  # its padding by 0 is the zero point
        if layer.op == "depthwise":
            kernel = tf.cast(integers.weights[..., None], dtype)
            sums = tf.nn.depthwise_conv2d(source, kernel, [1, layer.stride, layer.stride, 1], "SAME")
            offset = integers.weights.astype(np.int64).sum(axis=(0, 1)) * int(zeros[0])
        else:
            sums = tf.nn.conv2d(source, tf.cast(integers.weights.transpose(1, 2, 3, 0), dtype), layer.stride, "SAME")
            offset = (integers.weights.astype(np.int64).sum(axis=(1, 2)) * zeros.astype(np.int64)).sum(axis=1)
        totals = np.rint(sums.numpy()).astype(np.int64) + integers.bias + offset
        values = totals.astype(np.int32).astype(np.float32) * integers.scales
        if layer.residual is not None:
            residual = levels[layer.residual].astype(np.int32) - self.grids[layer.residual].zero
            if layer.upsamples:
                residual = residual.repeat(2, 1).repeat(2, 2)[:, :values.shape[1], :values.shape[2]]
            values = values + residual.astype(np.float32) * np.float32(integers.residual_scale)
        if layer.is_output:
            return values
        zero = self.grids[number + 1].zero
        return np.clip(np.rint(values).astype(np.int64) + zero, zero if layer.clipped else 0, 255).astype(np.uint8)

    def run(self, pictures: np.ndarray, dtype=tf.float32) -> list[np.ndarray]:
        """All tensors of the integer network for u8 pictures (batch, height, width, channels)."""
        levels = [pictures]
        for number in range(len(self.layers)):
            levels.append(self.run_layer(number, levels, dtype))
        return levels


class _Calibration:
    """One calibration picture on its way through both networks."""

    def __init__(self, architecture: Architecture, picture: np.ndarray):
        zeros = np.array(INPUT_ZEROS[architecture.input_channels], np.float32)
        self.levels = [picture[None]]
        self.real = [tf.constant(picture[None].astype(np.float32) - zeros)]

    def mean_error(self, layer: Layer, folded: FoldedLayer, told: np.ndarray) -> np.ndarray:
        """Mean of the integer result less the float result, per channel."""
        return (told - self._apply(layer, folded).numpy()).mean(axis=(0, 1, 2))

    def store(self, layer: Layer, folded: FoldedLayer, levels: np.ndarray, done: list[int]) -> None:
        """Go on to the next layer; tensors that are done with are let go."""
        self.real.append(self._apply(layer, folded))
        self.levels.append(levels)
        for number in done:
            self.real[number] = self.levels[number] = None

    def _apply(self, layer: Layer, folded: FoldedLayer):
        return apply_layer(layer, self.real[layer.source], folded.weights, folded.bias,
                           None if layer.residual is None else self.real[layer.residual])
