"""The float network as an ONNX file (input: Y, Cb, Cr as float32, batch x channels x height x width), and its int8 form."""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from architecture import Architecture
from network import INPUT_ZEROS, FoldedLayer


def _pads(stride: int, kernel: int, size: int) -> tuple[int, int]:
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


def onnx_model(architecture: Architecture, folded: list[FoldedLayer], height: int, width: int) -> onnx.ModelProto:
    """A graph for one size: convolutions with bias, additions, Clip to 0...6, nearest resizing."""
    nodes, constants = [], []

    def constant(name: str, values: np.ndarray) -> str:
        constants.append(numpy_helper.from_array(values, name))
        return name

    zeros = np.array(INPUT_ZEROS[architecture.input_channels], np.float32).reshape(1, -1, 1, 1)
    nodes.append(helper.make_node("Sub", ["input", constant("input.zeros", zeros)], ["t0"]))
    low, high = constant("clip.low", np.float32(0)), constant("clip.high", np.float32(6))
    sizes = {0: (height, width)}
    for number, (layer, weights) in enumerate(zip(architecture.layers, folded), 1):
        source = sizes[layer.source]
        sizes[number] = tuple(-(-n // layer.stride) for n in source)
        (top, bottom), (left, right) = (_pads(layer.stride, layer.kernel, n) for n in source)
        kernel = weights.weights.transpose(2, 3, 0, 1) if layer.op == "depthwise" else weights.weights.transpose(3, 2, 0, 1)
        result = f"t{number}" if layer.residual is None and not layer.clipped else f"t{number}.conv"
        nodes.append(helper.make_node(
            "Conv", [f"t{layer.source}", constant(f"{layer.name}.weight", np.ascontiguousarray(kernel)),
                     constant(f"{layer.name}.bias", weights.bias)], [result], name=layer.name,
            kernel_shape=[layer.kernel] * 2, strides=[layer.stride] * 2, pads=[top, left, bottom, right],
            group=layer.inputs if layer.op == "depthwise" else 1))
        if layer.residual is not None:
            added = f"t{layer.residual}"
            if layer.upsamples:
                added = _doubled(nodes, constant, layer, added, sizes[number])
            target = f"t{number}.sum" if layer.clipped else f"t{number}"
            nodes.append(helper.make_node("Add", [result, added], [target]))
            result = target
        if layer.clipped:
            nodes.append(helper.make_node("Clip", [result, low, high], [f"t{number}"]))
    outputs = [helper.make_tensor_value_info(f"t{n}", TensorProto.FLOAT, [1, architecture.layers[n - 1].outputs, *sizes[n]])
               for n in architecture.outputs]
    inputs = [helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, architecture.input_channels, height, width])]
    graph = helper.make_graph(nodes, architecture.name, inputs, outputs, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    return model


def _doubled(nodes, constant, layer, added: str, size) -> str:
    """Nodes that double a map and crop it to a size; the name of the result."""
    scales = constant(f"{layer.name}.scales", np.array([1, 1, 2, 2], np.float32))
    nodes.append(helper.make_node("Resize", [added, "", scales], [f"{layer.name}.double"], mode="nearest",
                                  coordinate_transformation_mode="asymmetric", nearest_mode="floor"))
    parts = [constant(f"{layer.name}.{part}", np.array(values, np.int64))
             for part, values in (("from", [0, 0]), ("to", size), ("axes", [2, 3]))]
    nodes.append(helper.make_node("Slice", [f"{layer.name}.double", *parts], [f"{layer.name}.cropped"]))
    return f"{layer.name}.cropped"


def write_onnx(folder: Path, architecture: Architecture, folded: list[FoldedLayer], pictures: list[np.ndarray],
               height: int, width: int) -> None:
    """`<name>-float.onnx` and `<name>-int8.onnx` (QDQ, u8 activations, i8 weights per channel).

    `pictures`: calibration pictures u8 (height, width, channels) of exactly that size.
    """
    from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static

    folder.mkdir(parents=True, exist_ok=True)
    float_path = folder / f"{architecture.name}-float.onnx"
    onnx.save(onnx_model(architecture, folded, height, width), float_path)

    class Reader(CalibrationDataReader):
        def __init__(self):
            self.rest = iter(pictures)

        def get_next(self):
            picture = next(self.rest, None)
            return None if picture is None else {"input": picture.transpose(2, 0, 1)[None].astype(np.float32)}

    quantize_static(str(float_path), str(folder / f"{architecture.name}-int8.onnx"), Reader(), quant_format=QuantFormat.QDQ,
                    per_channel=True, activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8)
