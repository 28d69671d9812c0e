"""Write a quantized network as one file for the engine: see FORMAT.md."""

import hashlib
import json
from pathlib import Path

import numpy as np

from integer_reference import ALIGNMENT, MAGIC, fnv1a
from quantize import QuantizedNetwork


class DataSection:
    """Arrays one after another, each at a multiple of the alignment."""

    def __init__(self):
        self.content = bytearray()

    def add(self, array: np.ndarray) -> int:
        """Append an array in its own (little-endian) byte order; its offset."""
        self.content += bytes(-len(self.content) % ALIGNMENT)
        offset = len(self.content)
        self.content += np.ascontiguousarray(array).tobytes()
        return offset


def layer_header(network: QuantizedNetwork, number: int, section: DataSection) -> dict:
    """The header of a layer; its arrays go into the data section."""
    layer, integers = network.architecture.layers[number], network.layers[number]
    source, target = network.grids[layer.source], network.grids[number + 1]
    residual = None if layer.residual is None else network.grids[layer.residual]
    return {
        "name": layer.name, "op": layer.op, "input": layer.source, "kernel": layer.kernel, "stride": layer.stride,
        "inChannels": layer.inputs, "outChannels": layer.outputs,
        "weights": section.add(integers.weights.astype("i1")), "bias": section.add(integers.bias.astype("<i4")),
        "scales": section.add(integers.scales.astype("<f4")),
        "inputZero": source.zero, "outputZero": target.zero,
        "low": target.zero if layer.clipped else 0, "high": 255,
        "residual": layer.residual, "residualScale": integers.residual_scale,
        "residualZero": residual.zero if residual else 0,
        "residualUpsamples": layer.upsamples, "isOutput": layer.is_output,
    }


def write_network(path: Path, network: QuantizedNetwork, outputs: list[dict], version: str) -> None:
    """Write the file; `outputs` says how hazards come out of the output maps."""
    section = DataSection()
    layers = [layer_header(network, number, section) for number in range(len(network.layers))]
    section.content += bytes(-len(section.content) % ALIGNMENT)
    header = {"version": version, "longestSidePixels": network.architecture.longest_side,
              "inputZeros": list(network.input_zeros), "layers": layers, "outputs": outputs,
              "sha256": hashlib.sha256(section.content).hexdigest(), "fnv1a": fnv1a(bytes(section.content))}
    text = json.dumps(header).encode()
    begin = MAGIC + len(text).to_bytes(4, "little") + text
    path.write_bytes(begin + bytes(-len(begin) % ALIGNMENT) + section.content)
