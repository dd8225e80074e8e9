"""Checks findings of the atlas again, by another method in another language: differences in 60 digits, random directions.

It shares nothing with the judge: functions are evaluated from the spelling's text with mpmath, gradients near the point are
central differences, and a claim is compared with the hull of those (by the direction that the witness names).

    python3 engines/recheck.py findings.jsonl
"""
import json, random, sys
import mpmath as mp

mp.mp.dps = 60
inf = mp.inf

def flat(x): return [v for y in x for v in flat(y)] if isinstance(x, list) else [x]

class V(list):
    """A vector of numbers with arithmetic."""
    def _with(self, o, f): return V([f(a, b) for a, b in zip(self, o if isinstance(o, list) else [o] * len(self))])
    def __add__(self, o): return self._with(o, lambda a, b: a + b)
    def __sub__(self, o): return self._with(o, lambda a, b: a - b)
    def __mul__(self, o): return self._with(o, lambda a, b: a * b)
    def __truediv__(self, o): return self._with(o, lambda a, b: a / b)
    def __pow__(self, o): return self._with(o, power)
    def __neg__(self): return V([-a for a in self])
    def __radd__(self, o): return self + o
    def __rmul__(self, o): return self * o
    def __rsub__(self, o): return -self + o
    def __getitem__(self, i): r = list.__getitem__(self, i); return V(r) if isinstance(i, slice) else r
    def __gt__(self, o): return self._with(o, lambda a, b: a > b)
    def __lt__(self, o): return self._with(o, lambda a, b: a < b)

def power(a, p):
    if a == 0: return mp.mpf(1) if p == 0 else mp.mpf(0)
    return a ** int(p) if p == int(p) else a ** mp.mpf(p)

def each(f):
    return staticmethod(lambda x, *o: V([f(a, *o) for a in x]) if isinstance(x, list) else f(x, *o))

def both(f):
    return staticmethod(lambda x, y: V([f(a, b) for a, b in zip(x, y if isinstance(y, list) else [y] * len(x))]) if isinstance(x, list) else f(x, y))

def choose(m, a, b):
    if not isinstance(m, list): return a if m else b
    pick = lambda v, i: v[i] if isinstance(v, list) else v
    return V([pick(a, i) if t else pick(b, i) for i, t in enumerate(m)])

def clip(x, lo, hi):
    x = x if lo is None or x > lo else mp.mpf(lo)
    return x if hi is None or x < hi else mp.mpf(hi)

def norm(x, p):
    if p == inf: return max(abs(v) for v in x)
    if p == -inf: return min(abs(v) for v in x)
    return sum((abs(v) ** mp.mpf(p) for v in x), mp.mpf(0)) ** (1 / mp.mpf(p)) if any(x) else mp.mpf(0)

def scan(f):
    def run(x):
        out = [x[0]]
        for v in x[1:]: out.append(f(out[-1], v))
        return V(out)
    return staticmethod(run)

class E:
    relu = each(lambda x: x if x > 0 else mp.mpf(0)); abs = each(abs); fabs = abs; sign = each(lambda x: mp.sign(x))
    sqrt = each(mp.sqrt); rsqrt = each(lambda x: 1 / mp.sqrt(x)); exp = each(mp.exp); log = each(mp.log); log1p = each(mp.log1p); expm1 = each(mp.expm1)
    sin = each(mp.sin); cos = each(mp.cos); cosh = each(mp.cosh); tanh = each(mp.tanh); square = each(lambda x: x * x); acos = each(mp.acos); asinh = each(mp.asinh)
    atan = each(mp.atan); erf = each(mp.erf); erfc = each(mp.erfc); sigmoid = each(lambda x: 1 / (1 + mp.exp(-x))); softplus = each(lambda x: mp.log1p(mp.exp(x)))
    maximum = both(lambda x, y: x if x > y else y); minimum = both(lambda x, y: x if x < y else y); fmax = maximum; fmin = minimum
    full = staticmethod(lambda x, v: V([mp.mpf(v)] * len(x)) if isinstance(x, list) else mp.mpf(v)); where = staticmethod(choose); power = staticmethod(lambda x, p: x ** p if isinstance(x, V) else power(x, p))
    pow = both(power); clip = each(clip); hypot = both(lambda x, y: mp.sqrt(x * x + y * y)); logaddexp = both(lambda x, y: mp.log(mp.exp(x) + mp.exp(y)))
    leaky_relu = each(lambda x, a: x if x > 0 else mp.mpf(a) * x); elu = each(lambda x, a: x if x > 0 else a * mp.expm1(x)); celu = each(lambda x, a: x if x > 0 else a * mp.expm1(x / a))
    prelu = leaky_relu; relu6 = each(lambda x: clip(x, 0, 6)); hardsigmoid = each(lambda x: clip(x + 3, 0, 6) / 6); hardswish = each(lambda x: x * clip(x + 3, 0, 6) / 6)
    hardtanh = clip; softsign = each(lambda x: x / (1 + abs(x))); floor = each(mp.floor); frac = each(lambda x: x - (mp.floor(x) if x > 0 else mp.ceil(x)))
    xlogy = both(lambda x, y: mp.mpf(0) if x == 0 else x * mp.log(y)); sinc = each(mp.sincpi); l1_loss = both(lambda x, y: abs(x - y)); stack = staticmethod(lambda xs: list(xs))
    clip_tensor = staticmethod(lambda x, a, b: (lambda r: r if b is None else E.minimum(r, b))(x if a is None else E.maximum(x, a)))
    max0 = staticmethod(lambda t: max(t)); amax0 = max0; sort0 = staticmethod(sorted); sum0 = staticmethod(lambda t: sum(t)); norm0 = staticmethod(norm); topk_last = staticmethod(lambda t, k: t)
    logsumexp0 = staticmethod(lambda t: mp.log(sum(mp.exp(v) for v in t))); median0 = staticmethod(lambda t: sorted(t)[(len(t) - 1) // 2])
    max = staticmethod(lambda x: max(x)); min = staticmethod(lambda x: min(x)); amax = max; amin = min; max_axis = max; sum = staticmethod(lambda x: sum(x)); mean = staticmethod(lambda x: sum(x) / len(x))
    sort = staticmethod(lambda x: V(sorted(x))); sort_descending = staticmethod(lambda x: V(sorted(x, reverse=True))); topk = staticmethod(lambda x, k: V(sorted(x, reverse=True)[:k])); ptp = staticmethod(lambda x: max(x) - min(x))
    gather_argsort = sort; median = staticmethod(lambda x: sorted(x)[(len(x) - 1) // 2]); kthvalue = staticmethod(lambda x, k: sorted(x)[k - 1]); cummax = scan(lambda a, b: a if a > b else b); cumprod = scan(lambda a, b: a * b)
    prod = staticmethod(lambda x: mp.fprod(x)); norm = staticmethod(norm); dot = staticmethod(lambda x, y: sum(a * b for a, b in zip(x, y))); norm_fro_row = staticmethod(lambda x: norm(x, 2)); norm_nuc_row = norm_fro_row
    var = staticmethod(lambda x: sum((v - sum(x) / len(x)) ** 2 for v in x) / (len(x) - 1)); std = staticmethod(lambda x: mp.sqrt(E.var(x))); row = staticmethod(lambda x, v: V([mp.mpf(a) for a in v]))
    softmax = staticmethod(lambda x: V([mp.exp(v) / sum(mp.exp(u) for u in x) for v in x])); log_softmax = staticmethod(lambda x: V([v - E.logsumexp0(x) for v in x])); logsumexp = logsumexp0
    layer_norm = staticmethod(lambda x: V([(v - sum(x) / len(x)) / mp.sqrt(sum((u - sum(x) / len(x)) ** 2 for u in x) / len(x) + mp.mpf("1e-5")) for v in x])); at = staticmethod(lambda x, i: x[i]); one_cold = staticmethod(lambda x, k: V([mp.mpf(i != k) for i in range(len(x))]))
    normalize = staticmethod(lambda x: V([v / max(norm(x, 2), mp.mpf("1e-12")) for v in x])); scatter_max = staticmethod(lambda x, i, n: V([max(v for v, j in zip(x, i) if j == g) for g in range(n)])); segment_max = scatter_max
    as_float = staticmethod(lambda m, x: V([mp.mpf(bool(b)) for b in m]) if isinstance(m, list) else mp.mpf(bool(m)))

def gradient(f, x, c, h):
    g = []
    for i in range(len(x)):
        up, down = x[:], x[:]
        up[i] += h; down[i] -= h
        g.append(sum((ci * (a - b) for ci, a, b in zip(c, f(up), f(down))), mp.mpf(0)) / (2 * h))
    return g

def recheck(q):
    body = eval(q["written"], {"inf": inf, "float": mp.mpf})
    args = q["arguments"]                      # how many numbers each argument has
    def f(x):
        parts, i = [], 0
        for n in args:
            parts.append(x[i] if q["kind"] == "map" else V(x[i:i + n])); i += n
        return flat(body(E, *parts))
    number = lambda v: mp.mpf(v) if not isinstance(v, str) else mp.nan
    x, c, claim = [mp.mpf(v) for v in q["inputs"]], [mp.mpf(v) for v in q["cotangent"]], [number(v) for v in q["claim"]]
    rng = random.Random(1)
    least = min([abs(v) for v in x if v] + [mp.mpf(1)])
    mp.mp.dps = 60 if least > mp.mpf("1e-8") else 760
    t = least * mp.mpf(10) ** -25
    h = t * mp.mpf(10) ** -15
    near = []
    want = [[mp.mpf(v) for v in p["direction"]] for p in q["pieces"]] + [[mp.mpf(rng.uniform(-1, 1)) for _ in x] for _ in range(60 if len(x) > 1 else 2)]
    if len(x) == 1: want += [[mp.mpf(1)], [mp.mpf(-1)]]
    for d in want:
        try:
            g = gradient(f, [a + t * b for a, b in zip(x, d)], c, h)
            if all(mp.isfinite(v) for v in g) and all(not isinstance(v, mp.mpc) for v in g): near.append(g)
        except (ValueError, ZeroDivisionError): pass
    if not near: return None
    dot = lambda a, b: sum(p * r for p, r in zip(a, b))
    size = max([1] + [abs(v) for v in claim if mp.isfinite(v)] + [abs(v) for g in near for v in g])
    tol = mp.mpf(q["tolerance"]) * size
    kind = q["finding"]
    if kind == "not-finite": return not all(mp.isfinite(v) for v in claim)
    if kind in ("derivative", "rounded") and not q["kink"]: return all(abs(a - b) <= tol for g in near for a, b in zip(g, claim))
    if kind in ("zero", "outside", "conservative"):
        d = [mp.mpf(v) for v in q["separation"]]
        return dot(claim, d) > max(dot(g, d) for g in near) + abs(mp.mpf(q["margin"])) / 4
    if kind in ("subgradient", "derivative", "rounded"):
        got = [sum(mp.mpf(p["share"]) * g for p, g in zip(q["pieces"], [n[i] for n in near[:len(q["pieces"])]])) for i in range(len(x))]
        return all(abs(a - b) <= tol for a, b in zip(got, claim))
    return None

def main(file):
    counts = {}
    for line in open(file):
        q = json.loads(line)
        try: told = recheck(q)
        except (AttributeError, TypeError, KeyError, IndexError, ValueError, ZeroDivisionError, NameError) as e: told = None
        counts.setdefault(q["finding"], [0, 0, 0])[0 if told else 1 if told is False else 2] += 1
        if told is False: print("DISAGREES", q["engine"], q["spelling"], q["format"], q["point"], q["finding"], q["claim"][:5], q["pieces"][:2], q["separation"][:5])
    for kind, (yes, no, untold) in sorted(counts.items()): print(f"{kind}: {yes} confirmed, {no} contradicted, {untold} that this script cannot evaluate")
    return any(no for _, no, _ in counts.values())

if __name__ == "__main__": sys.exit(main(sys.argv[1]))
