"""The networks as lists of layers: what is trained, exported and run by the integer engine is one and the same list.

Tensors are numbered: 0 is the input picture, i + 1 the output of layer i.
"""

from dataclasses import dataclass

TRUNK_STAGES = (  # blocks, kernel, stride, out channels, expansion: EfficientNet-Lite0
    (1, 3, 1, 16, 1), (2, 3, 2, 24, 6), (2, 5, 2, 40, 6), (3, 3, 2, 80, 6), (3, 5, 1, 112, 6), (4, 5, 2, 192, 6),
    (1, 3, 1, 320, 6))
SCENE_MAPS = ("fire_smoke", "water", "road_damage", "garbage")
FULL_LONGEST, FIRST_LONGEST = 448, 240  # pixels, longest side of the picture that a network sees
STREET = "street."  # prefix of the layers of the branch for city cameras
FIRST_MAPS = ("fire_smoke", "water", "garbage", "flame", "smoke")


@dataclass(frozen=True)
class Layer:
    """One layer: `source` is the tensor it reads, `residual` a tensor added to its result (None: nothing)."""

    name: str
    op: str  # conv, depthwise or pointwise
    source: int
    kernel: int
    stride: int
    inputs: int  # channels
    outputs: int  # channels
    clipped: bool = False  # ReLU6
    residual: int | None = None
    upsamples: bool = False  # the residual is doubled by nearest neighbour and cropped
    is_output: bool = False
    pretrained: str = ""  # prefix of the ImageNet weights of this layer
    normalization: str = ""  # prefix of its ImageNet batch normalization
    halves: bool = False  # means of 2 x 2, never trained

    @property
    def weight_shape(self):
        """(height, width, in, out) of a convolution; (height, width, channels, 1) of a depthwise one."""
        middle = (self.inputs, 1) if self.op == "depthwise" else (self.inputs, self.outputs)
        return (self.kernel, self.kernel, *middle)

    @property
    def multiply_adds_per_output(self):
        """Multiply-adds for one output position, all channels."""
        return self.kernel ** 2 * self.outputs * (1 if self.op == "depthwise" else self.inputs)


class LayerList:
    """Builds a list of layers; every method returns the number of the tensor that it made."""

    def __init__(self, input_channels: int):
        self.layers: list[Layer] = []
        self.channels = {0: input_channels}
        self.strides = {0: 1}

    def add(self, name, op, source, kernel=1, stride=1, outputs=None, **more) -> int:
        """One layer; a depthwise layer keeps its channels."""
        inputs = self.channels[source]
        outputs = inputs if outputs is None else outputs
        self.layers.append(Layer(name, op, source, kernel, stride, inputs, outputs, **more))
        self.channels[len(self.layers)] = outputs
        self.strides[len(self.layers)] = self.strides[source] * stride
        return len(self.layers)

    def inverted_block(self, name, source, kernel, stride, outputs, expansion, pretrained="") -> int:
        """Expand, filter by depth, project; the input is added where sizes agree."""
        def known(part, norm):
            return {"pretrained": f"{pretrained}.{part}", "normalization": f"{pretrained}.{norm}"} if pretrained else {}
        tensor = source
        if expansion != 1:
            tensor = self.add(f"{name}.expand", "pointwise", tensor, outputs=self.channels[source] * expansion,
                              clipped=True, **known("_expand_conv", "_bn0"))
        tensor = self.add(f"{name}.depthwise", "depthwise", tensor, kernel, stride, clipped=True,
                          **known("_depthwise_conv", "_bn1"))
        keeps = stride == 1 and self.channels[source] == outputs
        return self.add(f"{name}.project", "pointwise", tensor, outputs=outputs, residual=source if keeps else None,
                        **known("_project_conv", "_bn2"))

    def separable(self, name, source, kernel, outputs) -> int:
        """A depthwise and a pointwise convolution, both clipped."""
        tensor = self.add(f"{name}.depthwise", "depthwise", source, kernel, clipped=True)
        return self.add(f"{name}.pointwise", "pointwise", tensor, outputs=outputs, clipped=True)


@dataclass(frozen=True)
class Architecture:
    """A network: its layers, and by name the (tensor, channel) of each map."""

    name: str
    input_channels: int
    layers: tuple[Layer, ...]
    maps: dict[str, tuple[int, int]]
    scenes: dict[str, tuple[int, int]]
    longest_side: int  # pixels of luma, of pictures in use

    @property
    def outputs(self) -> list[int]:
        """Tensors that are outputs, in order."""
        return [i + 1 for i, layer in enumerate(self.layers) if layer.is_output]

    @property
    def trunk_layers(self) -> int:
        """The layers before the first of a head."""
        return next(i for i, layer in enumerate(self.layers) if layer.name == "scene.features")

    def stride(self, tensor: int) -> int:
        """Input pixels per position of a tensor."""
        return 1 if tensor == 0 else self.stride(self.layers[tensor - 1].source) * self.layers[tensor - 1].stride

    def multiply_adds(self, height: int, width: int) -> int:
        """Multiply-adds for one picture of this size."""
        sizes, total = {0: (height, width)}, 0
        for number, layer in enumerate(self.layers, 1):
            sizes[number] = tuple(-(-n // layer.stride) for n in sizes[layer.source])
            total += sizes[number][0] * sizes[number][1] * layer.multiply_adds_per_output
        return total

    @property
    def parameters(self) -> int:
        """Weights and biases."""
        return sum(layer.kernel ** 2 * layer.outputs * (1 if layer.op == "depthwise" else layer.inputs) + layer.outputs
                   for layer in self.layers)


def full_network() -> Architecture:
    """EfficientNet-Lite0 to its 320-channel stage with heads on strides 4, 8, 16 and 32."""
    net = LayerList(3)
    tensor = net.add("stem", "conv", 0, 3, 2, 32, clipped=True, pretrained="_conv_stem", normalization="_bn0")
    ends, block = {}, 0
    for repeats, kernel, stride, outputs, expansion in TRUNK_STAGES:
        for repeat in range(repeats):
            tensor = net.inverted_block(f"block{block}", tensor, kernel, stride if repeat == 0 else 1, outputs,
                                        expansion, f"_blocks.{block}")
            block += 1
        ends[outputs] = tensor
    scene = net.add("scene.features", "pointwise", ends[320], outputs=384, clipped=True, pretrained="_conv_head",
                    normalization="_bn1")
    scene = net.add("scene.maps", "pointwise", scene, outputs=len(SCENE_MAPS), is_output=True)
    coarse = net.add("join32", "pointwise", ends[320], outputs=64, clipped=True)
    wide = net.add("context.depthwise", "depthwise", coarse, 5, clipped=True)
    coarse = net.add("context.pointwise", "pointwise", wide, outputs=64, clipped=True, residual=coarse)
    middle = net.add("join16", "pointwise", ends[112], outputs=64, clipped=True, residual=coarse, upsamples=True)
    middle = net.separable("middle", middle, 5, 64)
    areas = net.separable("areas", middle, 5, 64)
    area_names = ("fire_smoke", "garbage", "bin", "flame", "smoke")
    areas = net.add("area.maps", "pointwise", areas, outputs=len(area_names), is_output=True)
    fine = net.add("join8", "pointwise", ends[40], outputs=64, clipped=True, residual=middle, upsamples=True)
    fine = net.separable("fine1", fine, 5, 64)
    fine = net.separable("fine2", fine, 3, 64)
    wet = net.add("wet.depthwise", "depthwise", fine, 5, clipped=True)
    wet = net.add("wet.pointwise", "pointwise", wet, outputs=64, clipped=True, residual=fine)
    wet = net.add("water.map", "pointwise", wet, outputs=1, is_output=True)
    narrow = net.add("narrow", "pointwise", fine, outputs=32)
    thin = net.add("join4", "pointwise", ends[24], outputs=32, clipped=True, residual=narrow, upsamples=True)
    thin = net.separable("thin1", thin, 3, 32)
    thin = net.separable("thin2", thin, 5, 32)
    groups = (("thin.maps", thin, ("crack", "pothole")), ("fine.maps", fine, ("lane", "vehicles")))
    maps = {name: (areas, i) for i, name in enumerate(area_names)} | {"water": (wet, 0)}
    for layer, source, names in groups:
        tensor = net.add(layer, "pointwise", source, outputs=len(names), is_output=True)
        maps |= {name: (tensor, i) for i, name in enumerate(names)}
    maps["street"] = (street_branch(net, ends[24]), 0)
    scenes = {name: (scene, i) for i, name in enumerate(SCENE_MAPS)}
    return Architecture("full", 3, tuple(net.layers), maps, scenes, FULL_LONGEST)


def street_branch(net: LayerList, source: int) -> int:
    """A map of streets under water on ImageNet features of half the size, whose weights stay as they were.

    City cameras by night have too few labelled pictures to train a trunk with; what the trunk learns of them are the
    cameras themselves. The branch goes on from the last of the frozen layers.
    """
    tensor = net.add(f"{STREET}halved", "depthwise", source, 3, 2, halves=True)
    block = sum(stage[0] for stage in TRUNK_STAGES[:2])
    for repeats, kernel, stride, outputs, expansion in TRUNK_STAGES[2:4]:
        for repeat in range(repeats):
            tensor = net.inverted_block(f"{STREET}block{block}", tensor, kernel, stride if repeat == 0 else 1, outputs,
                                        expansion, f"_blocks.{block}")
            block += 1
    return net.add(f"{STREET}map", "pointwise", tensor, outputs=1, is_output=True)


def first_look() -> Architecture:
    """A small network on coarse planes: six channels (four of 2 x 2 luma, two of chroma)."""
    net = LayerList(6)
    tensor = net.add("stem", "conv", 0, 3, 2, 24, clipped=True)
    plan = ((3, 1, 16, 1), (3, 2, 32, 4), (3, 1, 32, 3), (3, 2, 64, 4), (5, 1, 64, 4), (5, 1, 64, 3))
    for number, (kernel, stride, outputs, expansion) in enumerate(plan):
        tensor = net.inverted_block(f"block{number}", tensor, kernel, stride, outputs, expansion)
    tensor = net.add("features", "pointwise", tensor, outputs=128, clipped=True)
    tensor = net.add("maps", "pointwise", tensor, outputs=len(FIRST_MAPS) + len(SCENE_MAPS), is_output=True)
    maps = {name: (tensor, i) for i, name in enumerate(FIRST_MAPS)}
    scenes = {name: (tensor, len(FIRST_MAPS) + i) for i, name in enumerate(SCENE_MAPS)}
    return Architecture("first-look", 6, tuple(net.layers), maps, scenes, FIRST_LONGEST)
