"""Solvers of Debian's scikit-learn and cvxopt, with the derivative that goes with them, driven line by line.

Usage: python3 solutions.py FOLDER. `make NAME` writes the problem's arrays to FOLDER/problem and answers their names and sizes,
`run SECONDS LOOSE` solves it again and again for so long, writes the solution to FOLDER/solution, and answers the processor seconds of one solve and of one
gradient. LOOSE is 1 for the solver's own tolerance, 0 for 1e-10.
"""
import os
import sys
import time

import numpy as np

from solution_problems import PROBLEMS


def regression(d, tight):
    from sklearn.linear_model import ElasticNet, Lasso
    n = len(d["y"])
    (l, ridge) = (d["l"], d["ridge"])
    common = dict(fit_intercept=False, tol=1e-10 if tight else 1e-4, max_iter=1000000)
    model = Lasso(alpha=l / n, **common) if ridge == 0 else ElasticNet(alpha=(l + ridge) / n, l1_ratio=l / (l + ridge), **common)
    x = np.asfortranarray(d["X"])
    seed = np.ones(x.shape[1])

    def gradient(beta):
        e = np.flatnonzero(beta)
        xe = x[:, e]
        u = np.linalg.solve(xe.T @ xe + ridge * np.eye(len(e)), seed[e])
        return -np.sign(beta[e]) @ u, xe @ u

    return lambda: model.fit(x, d["y"]).coef_, gradient


def logistic(d, tight):
    from sklearn.linear_model import LogisticRegression
    model = LogisticRegression(penalty="l1", C=1 / d["l"], solver="liblinear", fit_intercept=False, tol=1e-10 if tight else 1e-4, max_iter=1000000)
    seed = np.ones(d["X"].shape[1])

    def gradient(beta):
        e = np.flatnonzero(beta)
        xe = d["X"][:, e]
        s = 1 / (1 + np.exp(-(xe @ beta[e])))
        return -np.sign(beta[e]) @ np.linalg.solve(xe.T @ (xe * (s * (1 - s))[:, None]), seed[e])

    return lambda: model.fit(d["X"], d["y"]).coef_[0], gradient


def machine(d, tight):
    from sklearn.svm import SVC
    model = SVC(kernel="linear", C=d["C"], tol=1e-10 if tight else 1e-3)
    return lambda: model.fit(d["X"], d["y"]).coef_[0], None


def program(d, tight):
    from cvxopt import matrix, solvers
    solvers.options.update(show_progress=False)
    (n, batch) = (d["Q"].shape[0], d["q"].shape[0])
    (q, g, a) = (d["Q"], d["G"], d["A"])
    fixed = [matrix(q), matrix(g), matrix(d["h"])]
    equal = [matrix(a), matrix(d["b"])] if len(d["b"]) else [None, None]

    def value():
        return np.concatenate([np.concatenate([np.array(s[k]).ravel() for k in ("x", "z", "y")]) for s in
                               (solvers.qp(fixed[0], matrix(d["q"][i]), fixed[1], fixed[2], *equal) for i in range(batch))])

    def gradient(x):
        size = len(x) // batch
        for i in range(batch):
            (z, lam, nu) = np.split(x[i * size:(i + 1) * size], [n, n + len(d["h"])])
            on = np.flatnonzero(lam > d["h"] - g @ z)
            rows = np.vstack([g[on], a])
            k = np.block([[q, rows.T], [rows, np.zeros((len(rows), len(rows)))]])
            u = np.linalg.solve(k, np.concatenate([np.ones(n), np.zeros(len(rows))]))
            (u, v) = (u[:n], u[n:])
            both = np.concatenate([lam[on], nu])
            (np.outer(u, z) + np.outer(z, u)) * -0.5, -np.outer(both, u) - np.outer(v, z), -u, v
        return None

    return value, gradient


def sparse(d, tight):
    from cvxopt import matrix, solvers, spmatrix
    import scipy.sparse as ss
    import scipy.sparse.linalg as sl
    solvers.options.update(show_progress=False, maxiters=200)
    (n, m) = (int(d["n"]), len(d["l"]))
    p = ss.csc_matrix((d["Pv"], (d["Pr"].astype(int), d["Pc"].astype(int))), (n, n))
    p = p + ss.triu(p, 1).T
    rows = ss.csr_matrix((d["Av"], (d["Ar"].astype(int), d["Ac"].astype(int))), (m, n))
    equal = d["l"] == d["u"]
    (up, low) = (~equal & np.isfinite(d["u"]), ~equal & np.isfinite(d["l"]))
    g = ss.vstack([rows[up], -rows[low]]).tocoo()
    h = np.concatenate([d["u"][up], -d["l"][low]])
    a = rows[equal].tocoo()
    of = lambda s: spmatrix(s.data.tolist(), s.row.tolist(), s.col.tolist(), s.shape)
    arguments = [of(p.tocoo()), matrix(d["q"]), of(g), matrix(h)] + ([of(a), matrix(d["u"][equal])] if equal.any() else [])

    def value():
        s = solvers.qp(*arguments)
        return np.concatenate([np.array(s[k]).ravel() for k in ("x", "z", "y")]) if s["status"] == "optimal" else np.full(n, np.nan)

    def gradient(x):
        (z, lam) = (x[:n], x[n:n + len(h)])
        on = np.flatnonzero(lam > h - g @ z)
        r = ss.vstack([g.tocsr()[on], a])
        k = ss.bmat([[p, r.T], [r, -1e-12 * ss.eye(r.shape[0])]]).tocsc()
        return sl.splu(k).solve(np.concatenate([np.ones(n), np.zeros(r.shape[0])]))

    return value, gradient


KINDS = dict(lasso=regression, net=regression, logistic=logistic, machine=machine, program=program, sparse=sparse)


def timed(seconds, action):
    (times, begin) = (0, time.process_time())
    while times == 0 or time.process_time() - begin < seconds:
        result = action()
        times += 1
    return (time.process_time() - begin) / times, result


def main():
    folder = sys.argv[1]
    import cvxopt
    import sklearn
    print(f"cvxopt {cvxopt.__version__}, scikit-learn {sklearn.__version__}, numpy {np.__version__}", flush=True)
    for line in sys.stdin:
        (verb, rest) = line.strip().split(" ", 1)
        if verb == "make":
            (kind, make) = PROBLEMS[rest]
            problem = {k: np.asarray(v, float) for k, v in make().items()}
            with open(os.path.join(folder, "problem"), "wb") as file:
                file.write(b"".join(np.ascontiguousarray(v).tobytes() for v in problem.values()))
            print(kind + ";" + ";".join(" ".join([k, *map(str, v.shape)]) for k, v in problem.items()), flush=True)
        else:
            (seconds, loose) = rest.split()
            (value, gradient) = KINDS[kind]({k: v if v.ndim else float(v) for k, v in problem.items()}, loose == "0")
            (solve, x) = timed(float(seconds), value)
            x.astype(float).tofile(os.path.join(folder, "solution"))
            print(solve, timed(float(seconds), lambda: gradient(x))[0] if gradient else 0.0, flush=True)


if __name__ == "__main__":
    main()
