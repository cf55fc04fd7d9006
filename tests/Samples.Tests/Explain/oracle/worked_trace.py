"""Makes worked_trace.json: every symbol of one pass over docs/worked in NumPy, for the tests of "explain trace".

    python3 worked_trace.py ../../../../docs/worked > worked_trace.json
"""
import json
import sys
from pathlib import Path

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


folder = Path(sys.argv[1])
rows = np.loadtxt(folder / "examples.csv", delimiter=",", skiprows=1)
network = json.loads((folder / "network.json").read_text())
X, Y = rows[:, :-1].T, rows[:, -1:].T
W1, b1 = np.array(network["W1"]), np.array(network["b1"]).reshape(-1, 1)
W2, b2 = np.array(network["W2"]).reshape(1, -1), np.array([[network["b2"]]])
m = X.shape[1]

Z1 = W1 @ X + b1
A1 = np.tanh(Z1)
Z2 = W2 @ A1 + b2
A2 = sigmoid(Z2)
L = -(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
dZ2 = A2 - Y
dA1 = W2.T @ dZ2
slope = 1 - A1 ** 2
dZ1 = dA1 * slope
symbols = {
    "X": X, "Y": Y, "W1": W1, "b1": b1, "Z1": Z1, "A1": A1, "W2": W2, "b2": b2, "Z2": Z2, "A2": A2, "L": L, "J": np.array([[L.mean()]]),
    "dZ2": dZ2, "dW2": dZ2 @ A1.T / m, "db2": dZ2.sum(axis=1, keepdims=True) / m,
    "dA1": dA1, "g'(Z1)": slope, "dZ1": dZ1, "dW1": dZ1 @ X.T / m, "db1": dZ1.sum(axis=1, keepdims=True) / m,
}
print(json.dumps({"numpy": np.__version__, "symbols": {name: value.tolist() for name, value in symbols.items()}}, indent=1))
