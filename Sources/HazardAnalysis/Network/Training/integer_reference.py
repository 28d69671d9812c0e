"""The integer network in NumPy: exactly the arithmetic of FORMAT.md, slow and plain, as the oracle of every engine.

Also writes the activations that an engine must reproduce on synthetic input:
`python3 integer_reference.py hazard-network.bin activations.json`
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path

import numpy as np

MAGIC = b"JXNET001"
ALIGNMENT = 64
TEST_SIZES = ((48, 64), (27, 37))  # height, width


class FormatError(Exception):
    """A network file that does not follow FORMAT.md."""


class IntegerNetwork:
    """A network file in memory: header, layers and views of its data section."""

    def __init__(self, content: bytes):
        if content[:8] != MAGIC:
            raise FormatError("not a network file: the magic bytes are missing")
        length = int.from_bytes(content[8:12], "little")
        begin = -(-(12 + length) // ALIGNMENT) * ALIGNMENT
        try:
            self.header = json.loads(content[12:12 + length])
        except ValueError as error:
            raise FormatError(f"the header is not JSON: {error}") from None
        self.data = content[begin:]
        if hashlib.sha256(self.data).hexdigest() != self.header["sha256"]:
            raise FormatError("the data section does not have the hash that the header tells")
        self.layers = self.header["layers"]

    def array(self, offset: int, kind: str, shape) -> np.ndarray:
        """An array of the data section."""
        return np.frombuffer(self.data, kind, int(np.prod(shape)), offset).reshape(shape)

    def run(self, picture: np.ndarray) -> list[np.ndarray]:
        """All tensors for one picture (height, width, channels) u8: tensor 0 is the picture itself."""
        tensors = [picture]
        for number, layer in enumerate(self.layers):
            zeros = np.array(self.header["inputZeros"] if number == 0 else [layer["inputZero"]], np.uint8)
            residual = None if layer["residual"] is None else tensors[layer["residual"]]
            tensors.append(self._run_layer(layer, tensors[layer["input"]], zeros, residual))
        return tensors

    def _run_layer(self, layer: dict, source: np.ndarray, zeros: np.ndarray, residual) -> np.ndarray:
        kernel, channels = layer["kernel"], layer["outChannels"]
        bias = self.array(layer["bias"], "<i4", [channels])
        scales = self.array(layer["scales"], "<f4", [channels])
        if layer["op"] == "depthwise":
            weights = self.array(layer["weights"], "i1", [kernel, kernel, channels])
        else:
            weights = self.array(layer["weights"], "i1", [channels, kernel, kernel, layer["inChannels"]])
        sums = accumulate(source, weights, layer["op"], kernel, layer["stride"], zeros)
        return finish(sums + bias, scales, layer, residual)


def padded_taps(source: np.ndarray, kernel: int, stride: int, zeros: np.ndarray):
    """For each kernel position the (out height, out width, channels) values that it meets; outside is the zero point."""
    height, width, channels = source.shape
    out = [-(-n // stride) for n in (height, width)]
    total = [max((o - 1) * stride + kernel - n, 0) for o, n in zip(out, (height, width))]
    before = [t // 2 for t in total]
    padded = np.empty((height + total[0], width + total[1], channels), np.uint8)
    padded[:] = zeros
    padded[before[0]:before[0] + height, before[1]:before[1] + width] = source
    for y in range(kernel):
        for x in range(kernel):
            rows, columns = slice(y, y + (out[0] - 1) * stride + 1, stride), slice(x, x + (out[1] - 1) * stride + 1, stride)
            yield y, x, padded[rows, columns]


def accumulate(source, weights, op, kernel, stride, zeros) -> np.ndarray:
    """Sums of weight times value as int32 (out height, out width, out channels); float64 products are exact here."""
    total = 0
    for y, x, taps in padded_taps(source, kernel, stride, zeros):
        if op == "depthwise":
            total = total + taps.astype(np.int32) * weights[y, x].astype(np.int32)
        else:
            total = total + np.rint(taps.astype(np.float64) @ weights[:, y, x].astype(np.float64).T).astype(np.int32)
    return total.astype(np.int32)


def finish(sums: np.ndarray, scales: np.ndarray, layer: dict, residual) -> np.ndarray:
    """Scale, add the residual, round and clamp; an output layer stays float32."""
    values = sums.astype(np.float32) * scales
    if residual is not None:
        if layer["residualUpsamples"]:
            residual = residual.repeat(2, 0).repeat(2, 1)[:values.shape[0], :values.shape[1]]
        difference = (residual.astype(np.int32) - layer["residualZero"]).astype(np.float32)
        values = values + difference * np.float32(layer["residualScale"])
    if layer["isOutput"]:
        return values
    levels = np.rint(values).astype(np.int64) + layer["outputZero"]
    return np.clip(levels, layer["low"], layer["high"]).astype(np.uint8)


def synthetic_picture(height: int, width: int, channels: int) -> np.ndarray:
    """Pseudo-random bytes: x = (1664525 x + 1013904223) mod 2^32 from 1, the top byte of each, in order y, x, channel."""
    values, state = np.empty(height * width * channels, np.uint8), 1
    for i in range(len(values)):
        state = (1664525 * state + 1013904223) & 0xFFFFFFFF
        values[i] = state >> 24
    return values.reshape(height, width, channels)


def fnv1a(content: bytes) -> str:
    """FNV-1a of 64 bits as 16 hexadecimal digits."""
    value = 0xCBF29CE484222325
    for byte in content:
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


def activations(network: IntegerNetwork) -> dict:
    """Hashes of every layer's result for the test sizes; for the first also the complete outputs (NHWC order)."""
    cases = []
    for height, width in TEST_SIZES:
        tensors = network.run(synthetic_picture(height, width, len(network.header["inputZeros"])))
        layers = [{"name": layer["name"], "shape": list(tensor.shape), "fnv1a": fnv1a(tensor.tobytes())}
                  for layer, tensor in zip(network.layers, tensors[1:])]
        case = {"height": height, "width": width, "input": fnv1a(tensors[0].tobytes()), "layers": layers}
        if not cases:
            case["outputs"] = {layer["name"]: [float(v) for v in tensor.ravel()]
                               for layer, tensor in zip(network.layers, tensors[1:]) if layer["isOutput"]}
        cases.append(case)
    return {"version": network.header["version"], "sha256": network.header["sha256"], "seed": 1, "cases": cases}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("network", type=Path)
    parser.add_argument("activations", type=Path)
    args = parser.parse_args()
    try:
        network = IntegerNetwork(args.network.read_bytes())
    except (OSError, FormatError) as error:
        print(f"{args.network}: {error}", file=sys.stderr)
        return 2
    args.activations.write_text(json.dumps(activations(network)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
