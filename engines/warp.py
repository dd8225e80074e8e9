"""Warp: kernels on the processor, one generated for each spelling; elementwise ones. Reverse mode. Written for 1.19."""
import importlib.util, os, sys, tempfile
here = sys.path.pop(0)                                  # this file has the engine's name
try:
    import warp as wp
except ImportError:
    sys.exit("Warp is missing: pip install warp-lang")
sys.path.append(here)
from serve import Base, inf, numbers, serve

wp.config.quiet = True
wp.init()
DT = {"f64": wp.float64, "f32": wp.float32}
FOLDER = tempfile.mkdtemp()

class Code:
    """Lines of a kernel."""
    def __init__(self, scalar): self.scalar, self.lines = scalar, []
    def line(self, text):
        self.lines.append(f"    v{len(self.lines)} = {text}")
        return Term(self, f"v{len(self.lines) - 1}")
    def written(self, v):
        return v.name if isinstance(v, Term) else f"{self.scalar}({float(v)!r})" if abs(v) != inf else f"{self.scalar}({'-' if v < 0 else ''}wp.inf)"

class Term:
    """A name in a kernel; arithmetic on it writes a line."""
    __hash__ = None
    def __init__(self, code, name): self.code, self.name = code, name
    def both(self, o, op): return self.code.line(f"{self.name} {op} {self.code.written(o)}")
    def swapped(self, o, op): return self.code.line(f"{self.code.written(o)} {op} {self.name}")
    def __neg__(self): return self.code.line(f"-{self.name}")
    def __pow__(self, p): return self.code.line(f"wp.pow({self.name}, {self.code.written(p)})")

for method, op in dict(add="+", sub="-", mul="*", truediv="/", gt=">", ge=">=", lt="<", le="<=", eq="==").items():
    setattr(Term, f"__{method}__", lambda self, o, op=op: self.both(o, op))
    if method in ("add", "sub", "mul", "truediv"):
        setattr(Term, f"__r{method}__", lambda self, o, op=op: self.swapped(o, op))

def called(name):
    return staticmethod(lambda *a: (lambda code: code.line(f"wp.{name}({', '.join(code.written(v) for v in a)})"))(next(v.code for v in a if isinstance(v, Term))))

class E(Base):
    pass

for name, f in dict(abs="abs", fabs="abs", sign="sign", sqrt="sqrt", exp="exp", log="log", sin="sin", cos="cos", cosh="cosh", tanh="tanh", acos="acos", atan="atan", erf="erf", erfc="erfc", cbrt="cbrt", maximum="max", maximum_scalar="max",
                    minimum="min", atan2="atan2", pow="pow", floor="floor", ceil="ceil", round="rint", trunc="trunc", frac="frac", fmod="mod", where="where").items():
    if hasattr(wp, f):
        setattr(E, name, called(f))
E.full = staticmethod(lambda x, v: x.code.line(x.code.written(v)))
E.relu = staticmethod(lambda x: E.maximum(x, 0.0))
E.square = staticmethod(lambda x: x * x)
E.clip = staticmethod(lambda x, a, b: x.code.line(f"wp.clamp({x.name}, {x.code.written(-inf if a is None else a)}, {x.code.written(inf if b is None else b)})"))
E.as_float = staticmethod(lambda c, x: c.code.line(f"wp.where({c.name}, {c.code.written(1.0)}, {c.code.written(0.0)})"))
E.sigmoid = staticmethod(lambda x: 1.0 / (1.0 + E.exp(-x)))

kernels = {}

def kernel(f, q):
    key = q["written"], q["format"]
    if key not in kernels:
        scalar = f"wp.float{q['format'][1:]}"
        code = Code(scalar)
        names = [f"a{i}" for i in range(len(q["inputs"]))]
        y = f(E, *[Term(code, n) for n in names])
        path = os.path.join(FOLDER, f"k{len(kernels)}.py")
        with open(path, "w") as file:
            file.write("\n".join(["import warp as wp", "@wp.kernel(module='unique')", f"def k({', '.join(f'x{i}: wp.array(dtype={scalar})' for i in range(len(names)))}, y: wp.array(dtype={scalar})):",
                                  "    i = wp.tid()", *[f"    {n} = x{n[1:]}[i]" for n in names], *code.lines, f"    y[i] = {y.name}", ""]))
        spec = importlib.util.spec_from_file_location(f"k{len(kernels)}", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        kernels[key] = module.k
    return kernels[key]

def ask(f, q):
    if q["kind"] != "map":
        raise AttributeError("functions of arrays")
    k, dtype = kernel(f, q), DT[q["format"]]
    xs = [wp.array(x["data"], dtype=dtype, requires_grad=True) for x in q["inputs"]]
    n = len(q["inputs"][0]["data"])
    y = wp.zeros(n, dtype=dtype, requires_grad=True)
    tape = wp.Tape()
    with tape:
        wp.launch(k, dim=n, inputs=xs, outputs=[y])
    y.grad.assign(wp.array(q["cotangent"][:n], dtype=dtype))
    tape.backward()
    return {"value": {"shape": [n], "data": numbers(y.numpy().tolist())}, "vjp": [numbers(x.grad.numpy().tolist()) for x in xs]}

if __name__ == "__main__":
    serve({"engine": "Warp", "version": wp.config.version, "mode": "processor", "formats": list(DT)}, ask)
