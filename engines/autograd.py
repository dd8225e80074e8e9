"""autograd over NumPy. Written for 1.9."""
import os, sys
here = sys.path.pop(0)                                  # this file has the engine's name
try:
    import autograd.numpy as np
    from autograd import make_jvp, make_vjp
except ImportError:
    sys.exit("autograd is missing: pip install autograd")
sys.path.append(here)
from serve import Base, numbers, serve

DT = {"f64": np.float64, "f32": np.float32}

class E(Base):
    pass

for name in "abs fabs sign sqrt exp log log1p expm1 sin cos cosh tanh square maximum minimum fmax fmin where hypot floor ceil round fmod remainder sinc logaddexp max min sum mean sort median prod dot stack diag".split():
    if hasattr(np, name):
        setattr(E, name, staticmethod(getattr(np, name)))
for name, f in dict(
    relu=lambda x: np.maximum(x, 0), maximum_scalar=np.maximum, acos=np.arccos, atan=np.arctan, atan2=np.arctan2, pow=np.power, full=np.full_like,
    clip=lambda x, a, b: np.clip(x, -np.inf if a is None else a, np.inf if b is None else b), amax=np.max, amin=np.min, as_float=lambda m, x: m.astype(x.dtype),
    max0=lambda t: np.max(t, 0), amax0=lambda t: np.max(t, 0), sort0=lambda t: np.sort(t, 0), sum0=lambda t: np.sum(t, 0), max_axis=lambda t: np.max(t, 0),
    norm=lambda t, p: np.linalg.norm(t, p), norm0=lambda t, p: np.linalg.norm(t, p, axis=0), std=lambda t: np.std(t, ddof=1), var=lambda t: np.var(t, ddof=1),
    sigmoid=lambda x: 1 / (1 + np.exp(-x)), row=lambda x, v: np.array(v, x.dtype), one_cold=lambda x, k: np.array([float(i != k) for i in range(len(x))], x.dtype),
    sort_descending=lambda t: -np.sort(-t), m_det=np.linalg.det, m_inv=np.linalg.inv).items():
    setattr(E, name, staticmethod(f))

def ask(f, q):
    xs = tuple(np.array(x["data"], DT[q["format"]]).reshape(x["shape"]) for x in q["inputs"])
    g = lambda x: f(E, *x)
    vjp, y = make_vjp(g)(xs)
    shape = np.shape(y)
    c = np.array([q["cotangent"][i % len(q["cotangent"])] for i in range(int(np.prod(shape)))], DT[q["format"]]).reshape(shape)
    answer = {"value": {"shape": list(shape), "data": numbers(np.ravel(y))}, "vjp": [numbers(np.ravel(v)) for v in vjp(c)]}
    try:
        answer["jvp"] = [numbers(np.ravel(make_jvp(g)(xs)(tuple(np.array(t, x.dtype).reshape(x.shape) for t, x in zip(ts, xs)))[1])) for ts in q["tangents"]]
    except NotImplementedError as e:
        answer["jvp_error"] = str(e)[:160]
    return answer

if __name__ == "__main__":
    serve({"engine": "autograd", "version": __import__("importlib.metadata").metadata.version("autograd"), "mode": "eager", "formats": list(DT)}, ask)
