"""CasADi: scalar expression graphs; with MX=1 in the environment matrix ones. Written for 3.8."""
import os, sys
from importlib.metadata import version
here = sys.path.pop(0)                                  # this file has the engine's name
try:
    import casadi as ca
except ImportError:
    sys.exit("CasADi is missing: pip install casadi")
sys.path.append(here)
from serve import Base, cycled, inf, numbers, serve

GRAPH = ca.MX if os.environ.get("MX") == "1" else ca.SX

class E(Base):
    at = staticmethod(lambda x, i: x[int(i)])

def norm(x, p):
    if p not in (1, 2, inf):
        raise AttributeError(f"norm of order {p}")
    return ca.norm_1(x) if p == 1 else ca.norm_2(x) if p == 2 else ca.norm_inf(x)

for name in "sign sqrt exp log log1p expm1 sin cos cosh tanh acos asinh atan erf fmax fmin hypot copysign atan2 fmod floor ceil dot logsumexp".split():
    setattr(E, name, staticmethod(getattr(ca, name)))
for name, f in dict(
    abs=ca.fabs, fabs=ca.fabs, square=lambda x: x ** 2, maximum=ca.fmax, minimum=ca.fmin, full=lambda x, v: ca.DM.ones(*x.shape) * v, maximum_scalar=ca.fmax, where=ca.if_else, as_float=lambda c, x: c * 1.0, relu=lambda x: ca.fmax(x, 0),
    clip=lambda x, a, b: (lambda y: y if b is None else ca.fmin(y, b))(x if a is None else ca.fmax(x, a)), pow=lambda x, y: x ** y, remainder=ca.remainder, sigmoid=lambda x: 1 / (1 + ca.exp(-x)), heaviside=lambda x, v: ca.heaviside(x),
    stack=lambda xs: ca.vertcat(*xs), max=ca.mmax, min=ca.mmin, sum=ca.sum1, mean=lambda x: ca.sum1(x) / x.shape[0], norm=norm, row=lambda x, v: ca.DM(v), m_det=lambda a: ca.det(a), m_inv=lambda a: ca.inv(a), m_norm_fro=lambda a: ca.norm_fro(a)).items():
    setattr(E, name, staticmethod(f))

def column(data, shape):                                # its matrices are column-major
    if len(shape) == 2:
        return ca.DM([[data[i * shape[1] + j] for j in range(shape[1])] for i in range(shape[0])])
    return ca.DM(data)

def rows(y):
    full = y.full().tolist()
    return numbers(v for row in full for v in row)

def ask(f, q):
    if any(len(x["shape"]) > 2 for x in q["inputs"]):
        raise AttributeError("arrays of more than two axes")
    xs = [GRAPH.sym(f"x{i}", *(x["shape"] if len(x["shape"]) == 2 else (len(x["data"]), 1))) for i, x in enumerate(q["inputs"])]
    at = [column(x["data"], x["shape"]) for x in q["inputs"]]
    y = f(E, *xs)
    y = y if isinstance(y, GRAPH) else GRAPH(y)
    value = ca.Function("f", xs, [y])(*at)
    n, k = value.shape
    c = GRAPH.sym("c", n, k)
    back = ca.Function("g", xs + [c], [ca.jtimes(y, x, c, True) for x in xs]).call(at + [column(cycled(q["cotangent"], n * k), [n, k] if k > 1 else [n])])
    ahead = [ca.Function("j", xs, [sum(ca.jtimes(y, x, column(t, a["shape"])) for x, t, a in zip(xs, ts, q["inputs"]))])(*at) for ts in q["tangents"]]
    shape = [n, k] if k > 1 else [] if n == 1 and q["kind"] == "vector" else [n]
    return {"value": {"shape": shape, "data": rows(value)}, "vjp": [rows(g) for g in back], "jvp": [rows(d) for d in ahead]}

if __name__ == "__main__":
    serve({"engine": "CasADi", "version": version("casadi"), "mode": GRAPH.__name__, "formats": ["f64"]}, ask)
