"""tinygrad: on its processor device, reverse mode. Written for 0.14."""
import os, sys
from importlib.metadata import version
here = sys.path.pop(0)                                  # this file has the engine's name
os.environ.setdefault("CACHELEVEL", "0")
try:
    from tinygrad import Tensor, dtypes
except ImportError:
    sys.exit("tinygrad is missing: pip install tinygrad")
sys.path.append(here)
from serve import Base, cycled, flat, numbers, serve

DT = {"f64": dtypes.float64, "f32": dtypes.float32}
like = lambda v, x: Tensor(v, dtype=x.dtype)

class E(Base):
    pass

def method(name):
    return lambda x, *rest: getattr(x, name)(*rest)

for name in """abs sign sqrt rsqrt exp log sin cos cosh tanh square maximum minimum floor ceil round trunc logaddexp sum mean max min prod erf sigmoid var std relu relu6 hardsigmoid hardswish
    hardtanh softplus softsign mish selu logsigmoid copysign asinh acos atan pow fmod diag quick_gelu celu elu leaky_relu dot""".split():
    if hasattr(Tensor, name):
        setattr(E, name, staticmethod(method(name)))
for name, f in dict(
    full=lambda x, v: x.full_like(v), maximum_scalar=lambda x, v: x.maximum(v), where=lambda c, a, b: c.where(a, b), clip=lambda x, a, b: x.clamp(a, b), clip_tensor=lambda x, a, b: x.clamp(a, b), as_float=lambda c, x: c.cast(x.dtype),
    stack=lambda xs: xs[0].stack(*xs[1:]) if len(xs) > 1 else xs[0].unsqueeze(0), stack_last=lambda xs: xs[0].stack(*xs[1:], dim=-1), max0=lambda t: t.max(0), sort0=lambda t: t.sort(0)[0], sum0=lambda t: t.sum(0), logsumexp0=lambda t: t.logsumexp(0),
    topk=lambda t, k: t.topk(k)[0], topk_last=lambda t, k: t.topk(k, -1)[0], remainder=lambda x, y: x.mod(y), stop_gradient=lambda x: x.detach(), max_axis=lambda x: x.max(axis=0), sort=lambda x: x.sort()[0], sort_descending=lambda x: x.sort(descending=True)[0],
    gather_argsort=lambda x: x[x.sort()[1]], cumprod=lambda x: x.cumprod(0), logcumsumexp=lambda x: x.logcumsumexp(0), cummax=lambda x: x.cummax(0)[0], normalize=lambda x: x.normalize(dim=0), softmax=lambda x: x.softmax(0), log_softmax=lambda x: x.log_softmax(0),
    logsumexp=lambda x: x.logsumexp(0), layer_norm=lambda x: x.layernorm(), row=lambda x, v: like(v, x), one_cold=lambda x, k: like([float(i != k) for i in range(x.shape[0])], x), reshape_max=lambda x: x.reshape(2, 2, 2, 2).max((1, 3)), global_max=lambda x: x.max((2, 3)),
    max_pool2d=lambda x, k, s, p: x.max_pool2d((k, k), s, 1, p), max_pool2d_ceil=lambda x, k, s: x.max_pool2d((k, k), s, ceil_mode=True), max_pool1d=lambda x, k, s: x.max_pool2d((k,), s), avg_pool2d=lambda x, k, s, p: x.avg_pool2d((k, k), s, 1, p)).items():
    setattr(E, name, staticmethod(f))

def tensor(data, shape, dtype):
    return Tensor(data, dtype=dtype).reshape(shape)

def out(y):
    return numbers(flat(y.cast(dtypes.float64).tolist()))

def ask(f, q):
    dtype = DT[q["format"]]
    xs = [tensor(x["data"], x["shape"], dtype) for x in q["inputs"]]
    y = f(E, *xs)
    value = out(y)
    slopes = y.gradient(*xs, gradient=tensor(cycled(q["cotangent"], len(value)), list(y.shape), y.dtype))
    return {"value": {"shape": list(y.shape), "data": value}, "vjp": [out(v) for v in slopes]}

if __name__ == "__main__":
    serve({"engine": "tinygrad", "version": version("tinygrad"), "mode": "processor", "formats": list(DT)}, ask)
