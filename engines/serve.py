"""What the Python adapters share: the loop of the protocol, and indexing as operations."""
import json, math, sys

inf = float("inf")

class Base:
    """Operations that Python itself has."""
    at = staticmethod(lambda x, i: x[i])
    at_last = staticmethod(lambda x, i: x[..., i])
    between = staticmethod(lambda x, a, b: x[a:b])
    as_column = staticmethod(lambda x: x[:, None])
    as_row = staticmethod(lambda x: x[None, :])
    power = staticmethod(lambda x, p: x ** p)
    equal = staticmethod(lambda x, y: x == y)

def numbers(values):
    """A flat list; what is not finite is a string."""
    return ["NaN" if math.isnan(v) else "Infinity" if v == inf else "-Infinity" if v == -inf else v for v in map(float, values)]

def flat(x):
    """The numbers of nested lists."""
    return [v for y in x for v in flat(y)] if isinstance(x, list) else [x]

def cycled(values, count):
    """The first so many, from the beginning again where they end."""
    return [values[i % len(values)] for i in range(count)]

def serve(hello, ask):
    """Answers questions until the input ends; ask(f, question) gives an answer, or raises."""
    for line in sys.stdin:
        q = json.loads(line)
        if q["op"] == "hello":
            a = {"protocol": 1, **hello}
        else:
            for x in q["inputs"]:
                x["data"] = [float(v.replace("Infinity", "inf")) if isinstance(v, str) else v for v in x["data"]]
            try:
                a = ask(eval(q["written"], {"inf": inf}), q)
            except (AttributeError, TypeError, NotImplementedError, NameError) as e:
                a = {"cannot": f"{type(e).__name__}: {e}"[:160]}
            except Exception as e:
                a = {"cannot": f"it raised {type(e).__name__}: {e}"[:160]}
        print(json.dumps({"id": q["id"], **a}), flush=True)
