"""The problems that `solutions.py` solves: of each, named arrays, made from a seed or from a data set."""
import gzip
import json
import os

import numpy as np


def standardised(x):
    return (x - x.mean(0)) / x.std(0)


def lasso(rows, columns, share):
    random = np.random.default_rng(columns)
    x = random.standard_normal((rows, columns))
    truth = np.zeros(columns)
    truth[:: columns // 10] = random.standard_normal(10)
    y = x @ truth + 0.5 * random.standard_normal(rows)
    return dict(X=x, y=y, l=share * np.abs(x.T @ y).max(), ridge=0.0)


def diabetes(degree, share):
    from sklearn.datasets import load_diabetes
    from sklearn.preprocessing import PolynomialFeatures
    x, y = load_diabetes(return_X_y=True)
    x = standardised(PolynomialFeatures(degree, include_bias=False).fit_transform(standardised(x)))
    y = y - y.mean()
    top = np.abs(x.T @ y).max()
    return dict(X=x, y=y, l=share * top, ridge=share * top)


def cancer():
    from sklearn.datasets import load_breast_cancer
    x, y = load_breast_cancer(return_X_y=True)
    return standardised(x), 2.0 * y - 1


def logistic(share):
    x, y = cancer()
    return dict(X=x, y=y, l=share * 0.5 * np.abs(x.T @ y).max())


def machine(penalty):
    x, y = cancer()
    return dict(X=x, y=y, c=np.ones(len(y)), C=penalty)


def program(n, batch):
    random = np.random.default_rng(n)
    root = random.standard_normal((n, n))
    g = random.standard_normal((n, n))
    inside = random.standard_normal(n)
    return dict(Q=root @ root.T / n + 0.1 * np.eye(n), q=random.standard_normal((batch, n)), G=g, h=g @ inside + random.random(n),
                A=np.zeros((0, n)), b=np.zeros(0))


def portfolio(n, batch):
    random = np.random.default_rng(n)
    factors = random.standard_normal((n, 10))
    return dict(Q=0.1 * factors @ factors.T + np.diag(0.1 + random.random(n)), q=-0.3 * random.standard_normal((batch, n)), G=-np.eye(n), h=np.zeros(n),
                A=np.ones((1, n)), b=np.ones(1))


def sparse(name):
    folder = os.environ.get("NONSMOOTH_SHARED", os.path.join(os.path.dirname(__file__), "..", "..", "..", "shared"))
    with gzip.open(os.path.join(folder, "data", "qp", name + ".json.gz")) as file:
        d = json.load(file)
    bound = lambda v: np.array([x if abs(x) < 1e20 else np.sign(x) * np.inf for x in map(float, v)])
    (p, a) = (d["P"], d["A"])
    return dict(n=float(d["n"]), Pr=np.array(p["row"], float), Pc=np.array(p["col"], float), Pv=np.array(p["value"], float), q=bound(d["q"]),
                Ar=np.array(a["row"], float), Ac=np.array(a["col"], float), Av=np.array(a["value"], float), l=bound(d["l"]), u=bound(d["u"]))


LARGEST = ["CONT-101", "LISWET1", "AUG3D", "AUG3DCQP", "STADAT1", "STADAT2", "CONT-050", "QSCTAP3", "YAO", "MOSARQP1"]

PROBLEMS = {
    **{f"lasso {p} {s}": ("lasso", lambda p=p, s=s: lasso(100, p, s)) for p in (5000, 20000) for s in (0.1, 0.02)},
    **{f"net {d} {s}": ("net", lambda d=d, s=s: diabetes(d, s)) for d in (2, 3) for s in (0.1, 0.01)},
    **{f"logistic {s}": ("logistic", lambda s=s: logistic(s)) for s in (0.1, 0.01)},
    **{f"machine {c}": ("machine", lambda c=c: machine(c)) for c in (1.0, 0.1)},
    **{f"program {n} {b}": ("program", lambda n=n, b=b: program(n, b)) for n in (10, 50, 100, 300) for b in (1, 64)},
    **{f"portfolio {n} {b}": ("program", lambda n=n, b=b: portfolio(n, b)) for n in (100, 300) for b in (1, 64)},
    **{f"sparse {n}": ("sparse", lambda n=n: sparse(n)) for n in LARGEST},
}
