"""Bring the weights of a network file back into the float network, to go on from where the shipped ones stand.

The file holds integers and, for each layer, only the product weight step x input step / output step. The steps of the
tensors come from the ImageNet weights where a layer never left them. After those they are not needed: between clips the
network is homogeneous, so a clipped tensor gets the step that puts its highest level at 6 (the clip of the float
network), and tensors that are added to one another get steps in the ratio that the file tells. The float network then
agrees with the integer one but for rounding.
"""

from pathlib import Path

import numpy as np

from integer_reference import FormatError, IntegerNetwork
from network import FloatNetwork

CLIP, LEVELS = 6.0, 255
MOST_OFF = 0.03  # mean deviation of a frozen layer's weights from its own, by rounding
LINEAR_RANGE = 12.0  # from the lowest to the highest level of a linear tensor: a spread of about 1


def _groups(layers: list[dict]) -> list[dict[int, float]]:
    """Tensors that are tied by residuals, with their steps relative to one another."""
    owner: dict[int, dict[int, float]] = {}
    for number, layer in enumerate(layers, 1):
        if layer["isOutput"]:
            continue
        group = owner[layer["residual"]] if layer["residual"] is not None else {}
        group[number] = group[layer["residual"]] / layer["residualScale"] if group else 1.0
        owner[number] = group
    return list({id(group): group for group in owner.values()}.values())


def tensor_steps(layers: list[dict], steps: list[float]) -> list[float]:
    """A step for every tensor, the value of one level; `steps` are known for the first ones, the input among them."""
    first = len(steps)
    steps = steps + [1.0] * (len(layers) + 1 - first)
    for group in _groups(layers):
        if min(group) < first:
            continue
        clipped = [t for t in group if layers[t - 1]["low"] == layers[t - 1]["outputZero"]]
        if clipped:  # no float clip may cut what the integers keep
            unit = CLIP / LEVELS / max(group[t] for t in clipped)
        else:
            unit = LINEAR_RANGE / LEVELS / group[min(group)]
        for tensor, share in group.items():
            steps[tensor] = unit * share
    return steps


def known_steps(file: IntegerNetwork, network: FloatNetwork, frozen: int) -> list[float]:
    """Steps of the tensors up to the last frozen layer, by comparing its integers with the weights in `network`."""
    steps = [1.0]
    for index, folded in enumerate(network.folded()[:frozen]):
        layer = file.layers[index]
        weights, _ = _real_layer(file, index, [*steps, 1.0])
        share = float((weights * folded.weights).sum() / (weights ** 2).sum())
        if np.abs(weights * share - folded.weights).mean() > MOST_OFF * np.abs(folded.weights).mean():
            raise FormatError(f"layer {layer['name']} is not the ImageNet layer that it should have stayed")
        steps.append(share)
    return steps


def warm_start(path: Path, network: FloatNetwork, frozen: int) -> set[str]:
    """Load every layer after the frozen ones that the file has by name; the names of layers that keep their beginning.

    A layer may have gained output channels: those of the file come first.
    """
    file = IntegerNetwork(path.read_bytes())
    steps = tensor_steps(file.layers, known_steps(file, network, frozen))
    known, fresh = {layer["name"]: i for i, layer in enumerate(file.layers)}, set()
    for number, layer in enumerate(network.architecture.layers):
        if number < frozen:
            continue
        if layer.name not in known:
            fresh.add(layer.name)
            continue
        index = known[layer.name]
        weights, bias = _real_layer(file, index, steps)
        if weights.shape[:2] + weights.shape[2:3] != layer.weight_shape[:3]:
            raise FormatError(f"layer {layer.name} has the shape {weights.shape}, not {layer.weight_shape}")
        _assign(network, number, weights, bias)
    return fresh


def _real_layer(file: IntegerNetwork, index: int, steps: list[float]) -> tuple[np.ndarray, np.ndarray]:
    """Kernel in the order of the float network, and bias."""
    layer = file.layers[index]
    kernel, inputs, outputs = layer["kernel"], layer["inChannels"], layer["outChannels"]
    scales = file.array(layer["scales"], "<f4", [outputs]).astype(np.float64) * steps[index + 1]  # value of one sum
    zeros = np.array(file.header["inputZeros"] if layer["input"] == 0 else [layer["inputZero"]], np.int64)
    depthwise = layer["op"] == "depthwise"
    shape = [kernel, kernel, outputs] if depthwise else [outputs, kernel, kernel, inputs]
    integers = file.array(layer["weights"], "i1", shape).astype(np.int64)
    offset = integers.sum((0, 1)) * zeros[0] if depthwise else (integers.sum((1, 2)) * zeros).sum(1)
    bias = (file.array(layer["bias"], "<i4", [outputs]) + offset) * scales
    unit = scales / steps[layer["input"]]
    weights = (integers * unit)[..., None] if depthwise else integers.transpose(1, 2, 3, 0) * unit
    return weights.astype(np.float32), bias.astype(np.float32)


def _assign(network: FloatNetwork, number: int, weights: np.ndarray, bias: np.ndarray) -> None:
    """Split weights into a kernel of the usual spread and a gain per channel, so that the usual rates suit both."""
    layer = network.architecture.layers[number]
    axes = (0, 1, 3) if layer.op == "depthwise" else (0, 1, 2)
    usual = np.sqrt((2 if layer.clipped else 1) / (layer.kernel ** 2 * weights.shape[2] ** (layer.op != "depthwise")))
    gain = np.sqrt((weights ** 2).mean(axes)) / (usual / (64 if layer.source == 0 else 1)) + 1e-8
    kernel = weights / (gain[:, None] if layer.op == "depthwise" else gain)
    count = len(bias)
    for variable, values in ((network.kernels[number], kernel), (network.gains[number], gain),
                             (network.biases[number], bias)):
        if layer.op == "depthwise" or count == layer.outputs:
            variable.assign(values.astype(np.float32))
        else:
            whole = variable.numpy()
            whole[..., :count] = values
            variable.assign(whole)
