"""Full-batch gradient descent by the course's equations, in NumPy and double precision; the oracle of `train --solver gradient-descent`.

Makes, beside itself, the table `table.csv` and for each activation a file NAME.json with the network before and after:
    python3 course_gradient_descent.py
Made with NumPy 1.24.2.
"""
import json
import os

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROWS, INPUTS, HIDDEN, STEPS, LEARNING_RATE = 90, 5, 4, 60, 0.5


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# name: (g, g' as a function of z)
ACTIVATIONS = {
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "sigmoid": (sigmoid, lambda z: sigmoid(z) * (1 - sigmoid(z))),
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0).astype(float)),
}


def table():
    """A numeric table on unequal scales, one column constant, the label (a nonlinear rule with noise) in the second column."""
    random = np.random.RandomState(7)
    x = np.round(random.randn(ROWS, INPUTS) * [1, 0.2, 3, 1, 0.5] + [0, 1, -2, 0, 0], 4)
    x[:, 3] = 1.5
    y = (x[:, 0] * (x[:, 2] + 2) + 3 * x[:, 4] + 0.5 * random.randn(ROWS) > 0).astype(int)
    return x, y


def descend(g, dg, w1, b1, w2, b2, X, Y):
    """X is D x m, a column per example; Y is 1 x m."""
    m = X.shape[1]
    for _ in range(STEPS):
        Z1 = w1 @ X + b1
        A1 = g(Z1)
        Z2 = w2 @ A1 + b2
        A2 = sigmoid(Z2)
        dZ2 = A2 - Y
        dW2 = dZ2 @ A1.T / m
        db2 = dZ2.sum(axis=1, keepdims=True) / m
        dZ1 = w2.T @ dZ2 * dg(Z1)
        dW1 = dZ1 @ X.T / m
        db1 = dZ1.sum(axis=1, keepdims=True) / m
        w1 = w1 - LEARNING_RATE * dW1
        b1 = b1 - LEARNING_RATE * db1
        w2 = w2 - LEARNING_RATE * dW2
        b2 = b2 - LEARNING_RATE * db2
    return w1, b1, w2, b2


def as_json(name, w1, b1, w2, b2):
    return {"activation": name, "W1": w1.tolist(), "b1": b1[:, 0].tolist(), "W2": w2[0].tolist(), "b2": b2[0, 0]}


if __name__ == "__main__":
    x, y = table()
    with open(os.path.join(HERE, "table.csv"), "w", newline="\n") as f:
        f.write("a,target,b,c,constant,e\n")
        for row, label in zip(x, y):
            f.write(",".join([repr(row[0]), str(label)] + [repr(v) for v in row[1:]]) + "\n")
    for seed, (name, (g, dg)) in enumerate(ACTIVATIONS.items()):
        random = np.random.RandomState(seed)
        start = [np.round(random.randn(HIDDEN, INPUTS) * 0.5, 6), np.round(random.randn(HIDDEN, 1) * 0.1, 6),
                 np.round(random.randn(1, HIDDEN) * 0.5, 6), np.zeros((1, 1))]
        end = descend(g, dg, *start, x.T, y[None, :])
        with open(os.path.join(HERE, name + ".json"), "w", newline="\n") as f:
            json.dump({"steps": STEPS, "learningRate": LEARNING_RATE, "initial": as_json(name, *start), "expected": as_json(name, *end)}, f, indent=1)
            f.write("\n")
