"""A network file with the branch for city cameras added: every layer that it has keeps its integers.

Whatever the file tells without the branch, it tells afterwards to the last bit.
"""

import dataclasses

import numpy as np

from architecture import Architecture
from integer_reference import FormatError, IntegerNetwork
from network import FoldedLayer
from quantize import Grid, IntegerLayer, QuantizedNetwork


def branch_of(architecture: Architecture, count: int) -> tuple[Architecture, list[int]]:
    """The layers from number `count` on with all that they depend on, as a network of its own; their numbers."""
    needed = set(range(count, len(architecture.layers)))
    waiting = list(needed)
    while waiting:
        layer = architecture.layers[waiting.pop()]
        for tensor in (layer.source, layer.residual):
            if tensor and tensor - 1 not in needed:
                needed.add(tensor - 1)
                waiting.append(tensor - 1)
    numbers = sorted(needed)
    place = {0: 0, None: None} | {number + 1: i for i, number in enumerate(numbers, 1)}
    layers = tuple(dataclasses.replace(layer, source=place[layer.source], residual=place[layer.residual])
                   for layer in (architecture.layers[number] for number in numbers))
    return dataclasses.replace(architecture, layers=layers, maps={}, scenes={}), numbers


def integers_of(file: IntegerNetwork, index: int) -> IntegerLayer:
    """A layer as the file holds it."""
    layer = file.layers[index]
    kernel, inputs, outputs = layer["kernel"], layer["inChannels"], layer["outChannels"]
    shape = [kernel, kernel, outputs] if layer["op"] == "depthwise" else [outputs, kernel, kernel, inputs]
    return IntegerLayer(file.array(layer["weights"], "i1", shape), file.array(layer["bias"], "<i4", [outputs]),
                        file.array(layer["scales"], "<f4", [outputs]), layer["residualScale"])


def grown(file: IntegerNetwork, architecture: Architecture, folded: list[FoldedLayer], pictures: list[np.ndarray],
          steps: list[float]) -> QuantizedNetwork:
    """The file's layers and behind them the rest of the architecture, quantized; `steps` of the file's tensors."""
    count = len(file.layers)
    if [layer["name"] for layer in file.layers] != [layer.name for layer in architecture.layers[:count]]:
        raise FormatError("the file's layers are not the first of this architecture")
    kept = [(integers_of(file, index), Grid(step, layer["outputZero"]))
            for index, (step, layer) in enumerate(zip(steps[1:], file.layers))]
    branch, numbers = branch_of(architecture, count)
    known = [kept[number] for number in numbers if number < count]
    added = QuantizedNetwork(branch, [folded[number] for number in numbers], pictures, known)
    result = object.__new__(QuantizedNetwork)
    result.architecture, result.input_zeros = architecture, added.input_zeros
    result.layers = [integers for integers, _ in kept] + added.layers[len(known):]
    result.grids = [Grid(1.0, 0), *[grid for _, grid in kept]] + added.grids[len(known) + 1:]
    return result
