"""Makes backprop.json: every symbol of a forward and backward pass in NumPy, for the tests of BackpropagationTrace.

    python3 backprop.py > backprop.json
"""
import json

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


ACTIVATIONS = {
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "sigmoid": (sigmoid, lambda z: sigmoid(z) * (1 - sigmoid(z))),
    "relu": (lambda z: np.maximum(0, z), lambda z: (z > 0).astype(float)),
}


def backprop(g, slope, X, Y, W1, b1, W2, b2, w=None, l2=0.0):
    w = np.ones(X.shape[1]) if w is None else w
    m = w.sum()
    Z1 = W1 @ X + b1
    A1 = g(Z1)
    Z2 = W2 @ A1 + b2
    A2 = sigmoid(Z2)
    L = -(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
    J = (w * L).sum() / m + l2 / 2 * ((W1 ** 2).sum() + (W2 ** 2).sum())
    dZ2 = A2 - Y
    dA1 = W2.T @ dZ2
    dZ1 = dA1 * slope(Z1)
    return {
        "X": X, "Y": Y, "W1": W1, "b1": b1, "Z1": Z1, "A1": A1, "W2": W2, "b2": b2, "Z2": Z2, "A2": A2, "L": L, "J": np.array([[J]]),
        "dZ2": dZ2, "dW2": (w * dZ2) @ A1.T / m + l2 * W2, "db2": (w * dZ2).sum(axis=1, keepdims=True) / m,
        "dA1": dA1, "g'(Z1)": slope(Z1), "dZ1": dZ1,
        "dW1": (w * dZ1) @ X.T / m + l2 * W1, "db1": (w * dZ1).sum(axis=1, keepdims=True) / m,
    }


def main():
    rng = np.random.default_rng(6)
    cases = []
    for name, (g, slope) in ACTIVATIONS.items():
        for H, D, m, weighted, l2 in ((1, 1, 1, False, 0.0), (4, 3, 7, False, 0.0), (3, 5, 6, True, 0.1)):
            X = rng.normal(size=(D, m))
            Y = (rng.random((1, m)) < 0.5).astype(float)
            w = rng.uniform(0, 3, size=m) if weighted else None
            network = rng.normal(size=(H, D)), rng.normal(size=(H, 1)), rng.normal(size=(1, H)), rng.normal(size=(1, 1))
            symbols = backprop(g, slope, X, Y, *network, w, l2)
            cases.append({
                "activation": name, "l2": l2, "weights": None if w is None else w.tolist(),
                "symbols": {symbol: value.tolist() for symbol, value in symbols.items()},
            })
    print(json.dumps({"numpy": np.__version__, "cases": cases}, indent=1))


main()
