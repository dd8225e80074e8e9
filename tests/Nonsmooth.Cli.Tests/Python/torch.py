"""As much of PyTorch as python/nonsmooth.py calls, for machines without it: tensors are bytes, and an exported program is a file."""

import ctypes
import shutil
import struct
import types


class dtype:
    def __init__(self, name, form):
        self.name, self.form = name, form

    def __repr__(self):
        return "torch." + self.name


float64, float32, float16, bfloat16 = dtype("float64", "d"), dtype("float32", "f"), dtype("float16", "e"), dtype("bfloat16", "H")
int64, int32, int16, int8, uint8 = dtype("int64", "q"), dtype("int32", "i"), dtype("int16", "h"), dtype("int8", "b"), dtype("uint8", "B")
bool = dtype("bool", "?")


class Tensor:
    def __init__(self, content, dtype, shape):
        self._content, self.dtype, self.shape = ctypes.create_string_buffer(bytes(content), len(content)), dtype, tuple(shape)

    def detach(self):
        return self

    cpu = contiguous = detach

    def numel(self):
        return len(self._content) // self.element_size()

    def element_size(self):
        return struct.calcsize("<" + self.dtype.form)

    def data_ptr(self):
        return ctypes.addressof(self._content)

    def reshape(self, shape):
        return Tensor(self._content.raw, self.dtype, shape)

    def to(self, dtype):
        values = [struct.unpack("<f", struct.pack("<HH", 0, bits))[0] for bits in self.tolist()] if self.dtype is bfloat16 else self.tolist()
        return tensor(values, dtype, self.shape)

    def tolist(self):
        return list(struct.unpack(f"<{self.numel()}{self.dtype.form}", self._content.raw))

    def is_floating_point(self):
        return self.dtype in (float64, float32, float16, bfloat16)

    def double(self):
        return self.to(float64)

    def __pow__(self, power):
        return tensor([value ** power for value in self.tolist()], self.dtype, self.shape)

    def sum(self):
        return tensor([sum(self.tolist())], self.dtype, ())

    def __radd__(self, other):
        return tensor([other + self.tolist()[0]], self.dtype, ())

    def backward(self):
        pass


def tensor(values, dtype, shape):
    return Tensor(struct.pack(f"<{len(values)}{dtype.form}", *values), dtype, shape)


def frombuffer(content, dtype):
    return Tensor(content, dtype, (len(content) // struct.calcsize("<" + dtype.form),))


def empty(count, dtype):
    return Tensor(b"", dtype, (count,))


def _export(module, args, kwargs=None, dynamic_shapes=None):
    return module.archive


export = types.SimpleNamespace(export=_export, save=shutil.copy)
