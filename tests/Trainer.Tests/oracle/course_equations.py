"""Writes course_equations.json: one forward and backward pass, and gradient descent, in NumPy double precision.

Run with NumPy 1.24 or later from this folder: python3 course_equations.py
The equations are the course's, X is D x m; the tests hold the textbook network and the engine to these numbers.
"""
import json
import numpy as np

sigmoid = lambda z: 1 / (1 + np.exp(-z))
ACTIVATIONS = {
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "sigmoid": (sigmoid, lambda z: sigmoid(z) * (1 - sigmoid(z))),
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0).astype(float)),
    "softplus": (lambda z: np.log1p(np.exp(z)), sigmoid),
    "silu": (lambda z: z * sigmoid(z), lambda z: sigmoid(z) * (1 + z * (1 - sigmoid(z)))),
}


def passes(p, X, Y, w, l2, g, dg):
    m = w.sum()
    Z1 = p["W1"] @ X + p["b1"]
    A1 = g(Z1)
    Z2 = p["W2"] @ A1 + p["b2"]
    A2 = sigmoid(Z2)
    L = -(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
    J = (w * L).sum() / m + l2 / 2 * ((p["W1"] ** 2).sum() + (p["W2"] ** 2).sum())
    dZ2 = A2 - Y
    dW2 = (w * dZ2) @ A1.T / m + l2 * p["W2"]
    db2 = (w * dZ2).sum(axis=1, keepdims=True) / m
    dA1 = p["W2"].T @ dZ2
    dZ1 = dA1 * dg(Z1)
    dW1 = (w * dZ1) @ X.T / m + l2 * p["W1"]
    db1 = (w * dZ1).sum(axis=1, keepdims=True) / m
    return dict(Z1=Z1, A1=A1, Z2=Z2, A2=A2, J=J, dZ2=dZ2, dW2=dW2, db2=db2, dA1=dA1, dZ1=dZ1, dW1=dW1, db1=db1)


def descend(p, X, Y, w, l2, g, dg, rate, steps):
    p = dict(p)
    for _ in range(steps):
        d = passes(p, X, Y, w, l2, g, dg)
        p = {k: p[k] - rate * d["d" + k] for k in p}
    return p


def plain(values):
    return {k: v.tolist() if isinstance(v, np.ndarray) else float(v) for k, v in values.items()}


cases = []
for number, (name, (g, dg)) in enumerate(ACTIVATIONS.items()):
    for weighted in (False, True):
        random = np.random.default_rng(10 * number + weighted)
        D, H, m = 3 + number, 4 + weighted, 20 + number
        X = random.standard_normal((D, m)).astype(np.float32).astype(float)
        Y = (random.random((1, m)) < 0.4).astype(float)
        w = random.integers(1, 4, m).astype(float) if weighted else np.ones(m)
        p = dict(W1=random.standard_normal((H, D)) * 0.5, b1=random.standard_normal((H, 1)) * 0.1,
                 W2=random.standard_normal((1, H)) * 0.5, b2=random.standard_normal((1, 1)) * 0.1)
        p = {k: v.astype(np.float32).astype(float) for k, v in p.items()}
        l2 = 0.01 if weighted else 0.0
        cases.append(dict(
            activation=name, l2=l2, rate=0.5, steps=30, X=X.tolist(), Y=Y.tolist(), w=w.tolist() if weighted else None,
            start=plain(p), passes=plain(passes(p, X, Y, w, l2, g, dg)), end=plain(descend(p, X, Y, w, l2, g, dg, 0.5, 30))))
with open("course_equations.json", "w") as f:
    json.dump(cases, f)
    f.write("\n")
