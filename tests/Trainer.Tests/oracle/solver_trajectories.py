"""Makes solver_trajectories.json: the loss after each of 50 epochs of scikit-learn's MLPClassifier, for the tests of the solvers.

    python3 solver_trajectories.py > solver_trajectories.json      (scikit-learn 1.2.1)

Weights start from the numbers stored, rows are not shuffled, and the loss is the mean log loss over all rows, without the penalty.
scikit-learn's alpha is divided by the rows of a batch: l2 = alpha / batch.
"""
import json
import warnings

import numpy as np
from sklearn.neural_network import MLPClassifier

warnings.filterwarnings("ignore")
M, D, H, EPOCHS = 120, 5, 8, 50


class Started(MLPClassifier):
    start = None

    def _init_coef(self, fan_in, fan_out, dtype):
        W, b = self.start[0 if fan_out == H else 1]
        return W.copy(), b.copy()


def rounded(a):
    return np.asarray(a, dtype=np.float32).astype(float)


def loss(model, X, y):
    g = {"tanh": np.tanh, "relu": lambda z: np.maximum(z, 0), "logistic": lambda z: 1 / (1 + np.exp(-z))}[model.activation]
    z = (g(X @ model.coefs_[0] + model.intercepts_[0]) @ model.coefs_[1] + model.intercepts_[1]).ravel()
    return float(np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))))


rs = np.random.RandomState(5)
X = rounded(rs.randn(M, D))
y = (X[:, 0] * X[:, 1] + 0.5 * X[:, 2] + 0.3 * rs.randn(M) > 0).astype(int)
start = [(rounded(rs.uniform(-0.5, 0.5, (D, H))), rounded(rs.uniform(-0.5, 0.5, H))),
         (rounded(rs.uniform(-0.7, 0.7, (H, 1))), rounded(rs.uniform(-0.7, 0.7, 1)))]
Started.start = start

runs = []


def descent(name, activation, batch, l2, rate, **options):
    model = Started((H,), activation=activation, batch_size=batch, alpha=l2 * batch, learning_rate_init=rate, shuffle=False, **options)
    losses = []
    for _ in range(EPOCHS):
        model.partial_fit(X, y, classes=[0, 1])
        losses.append(loss(model, X, y))
    runs.append(dict(name=name, activation=activation, batch=batch, l2=l2, rate=rate, losses=losses))


def lbfgs(activation, l2):
    losses = []
    for k in range(1, EPOCHS + 1):
        model = Started((H,), activation=activation, solver="lbfgs", alpha=l2 * M, max_iter=k, tol=1e-12).fit(X, y)
        losses.append(loss(model, X, y))
    runs.append(dict(name="lbfgs", activation=activation, batch=M, l2=l2, rate=1, losses=losses))


for activation in ("tanh", "relu", "logistic"):
    descent("sgd", activation, 30, 0.002, 0.1, solver="sgd", momentum=0, nesterovs_momentum=False)
    descent("momentum", activation, 30, 0.002, 0.05, solver="sgd", momentum=0.9, nesterovs_momentum=False)
    descent("nesterov", activation, 30, 0.002, 0.05, solver="sgd", momentum=0.9, nesterovs_momentum=True)
    descent("adam", activation, 30, 0.002, 0.01, solver="adam")
    descent("adam", activation, M, 0, 0.02, solver="adam")
lbfgs("tanh", 0.01)
lbfgs("logistic", 0.01)
lbfgs("relu", 0.01)
print(json.dumps(dict(
    X=X.tolist(), y=y.tolist(), W1=start[0][0].T.tolist(), b1=start[0][1].tolist(), W2=start[1][0].ravel().tolist(), b2=float(start[1][1][0]),
    runs=runs)))
