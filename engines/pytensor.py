"""PyTensor: the Python linker, rewrites on. Written for 3.0."""
import sys
here = sys.path.pop(0)                                  # this file has the engine's name
try:
    import numpy as np, pytensor, pytensor.tensor as pt
    from pytensor.compile.mode import Mode
    from pytensor.gradient import Rop, disconnected_grad
except ImportError:
    sys.exit("PyTensor is missing: pip install pytensor")
sys.path.append(here)
from serve import Base, cycled, flat, inf, numbers, serve

DT = {"f64": "float64", "f32": "float32"}

class E(Base):
    pass

for name in "abs sign sqrt exp log log1p expm1 sin cos cosh tanh maximum minimum where floor ceil trunc sum mean max min cumprod prod erf erfc logsumexp softplus sigmoid dot sort median ptp softmax log_softmax diag hypot logaddexp pow".split():
    f = getattr(pt, name, None) or getattr(pt.special, name, None)
    if f is not None:
        setattr(E, name, staticmethod(f))
for name, f in dict(
    square=pt.sqr, acos=pt.arccos, asinh=pt.arcsinh, atan=pt.arctan, atan2=pt.arctan2, round=lambda x: pt.round(x, mode="half_to_even"), full=lambda x, v: pt.full_like(x, v), relu=lambda x: pt.maximum(x, 0), maximum_scalar=pt.maximum,
    clip=lambda x, a, b: pt.clip(x, -inf if a is None else a, inf if b is None else b), clip_tensor=lambda x, a, b: pt.clip(x, -inf if a is None else a, inf if b is None else b), as_float=lambda c, x: c.astype(x.dtype), stack_last=lambda xs: pt.stack(xs, -1), stack=lambda xs: pt.stack(xs),
    max0=lambda t: pt.max(t, axis=0), sort0=lambda t: pt.sort(t, 0), median0=lambda t: pt.median(t, axis=0), sum0=lambda t: pt.sum(t, axis=0), logsumexp0=lambda t: pt.logsumexp(t, axis=0), norm=lambda x, p: pt.linalg.norm(x, p), norm0=lambda t, p: pt.linalg.norm(t, p, 0),
    remainder=lambda x, y: x % y, stop_gradient=disconnected_grad, max_axis=lambda x: pt.max(x, axis=0), gather_argsort=lambda x: x[pt.argsort(x)], var=lambda x: pt.var(x, ddof=1), std=lambda x: pt.std(x, ddof=1), row=lambda x, v: pt.constant(np.array(v, x.dtype)),
    one_cold=lambda x, k: pt.constant(np.array([float(i != k) for i in range(5)], x.dtype)), reshape_max=lambda x: pt.max(x.reshape((2, 2, 2, 2)), axis=(1, 3)), global_max=lambda x: pt.max(x, axis=(2, 3)), relu_select=lambda x: pt.switch(x > 0, x, 0),
    m_det=lambda a: pt.linalg.det(a), m_slogdet=lambda a: pt.linalg.slogdet(a)[1], m_svdvals=lambda a: pt.linalg.svd(a, compute_uv=False), m_inv=lambda a: pt.linalg.inv(a), m_cholesky=lambda a: pt.linalg.cholesky(a), m_norm_fro=lambda a: pt.linalg.norm(a)).items():
    setattr(E, name, staticmethod(f))

def out(y):
    return numbers(flat(np.asarray(y).tolist()))

def ask(f, q):
    dtype = DT[q["format"]]
    arrays = [np.array(x["data"], dtype).reshape(x["shape"]) for x in q["inputs"]]
    xs = [pt.tensor(f"x{i}", dtype=dtype, shape=tuple(x["shape"])) for i, x in enumerate(q["inputs"])]
    y = pt.as_tensor_variable(f(E, *xs))
    mode = Mode(linker="py", optimizer="fast_run")
    compiled = lambda given, wanted: pytensor.function(given, wanted, mode=mode, on_unused_input="ignore")
    value = np.asarray(compiled(xs, y)(*arrays))
    answer = {"value": {"shape": list(value.shape), "data": out(value)}}
    c, ts = y.type("c"), [x.type(f"t{i}") for i, x in enumerate(xs)]
    try:
        back = compiled(xs + [c], pytensor.grad(None, xs, known_grads={y: c}, disconnected_inputs="ignore"))
        answer["vjp"] = [out(g) for g in back(*arrays, np.array(cycled(q["cotangent"], value.size), y.dtype).reshape(value.shape))]
    except Exception as e:
        answer["vjp_error"] = str(e)[:160]
    try:
        ahead = compiled(xs + ts, Rop(y, xs, ts))
        answer["jvp"] = [out(ahead(*arrays, *[np.array(t, dtype).reshape(x["shape"]) for t, x in zip(tangent, q["inputs"])])) for tangent in q["tangents"]]
    except Exception as e:
        answer["jvp_error"] = str(e)[:160]
    return answer

if __name__ == "__main__":
    serve({"engine": "PyTensor", "version": pytensor.__version__, "mode": "python linker", "formats": list(DT)}, ask)
