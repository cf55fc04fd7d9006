"""Makes statistics.json: scores and labels, and what scikit-learn says about them.

    python3 statistics.py > statistics.json
"""
import json

import numpy as np
import sklearn
from sklearn.calibration import calibration_curve
from sklearn.metrics import average_precision_score, confusion_matrix, f1_score, log_loss, precision_recall_curve, roc_auc_score, roc_curve


def expected_calibration_error(labels, probabilities, bins=10):
    """The bins of calibration_curve, weighted by how many rows they hold."""
    frequency, mean = calibration_curve(labels, probabilities, n_bins=bins, strategy="uniform")
    edges = np.linspace(0, 1, bins + 1)
    counts = np.bincount(np.searchsorted(edges[1:-1], probabilities), minlength=bins)
    counts = counts[counts > 0]
    return float((counts * np.abs(frequency - mean)).sum() / counts.sum())


def case(name, labels, scores):
    probabilities = 1 / (1 + np.exp(-scores))
    fpr, tpr, _ = roc_curve(labels, scores, drop_intermediate=False)
    precision, recall, _ = precision_recall_curve(labels, scores)
    tn, fp, fn, tp = confusion_matrix(labels, probabilities > 0.3).ravel()
    return {
        "name": name,
        "labels": labels.astype(int).tolist(), "scores": scores.tolist(), "probabilities": probabilities.tolist(),
        "rocArea": roc_auc_score(labels, scores), "averagePrecision": average_precision_score(labels, scores),
        "logLoss": log_loss(labels, probabilities), "calibrationError": expected_calibration_error(labels, probabilities),
        "fpr": fpr.tolist(), "tpr": tpr.tolist(), "precision": precision[:-1][::-1].tolist(), "recall": recall[:-1][::-1].tolist(),
        "confusionAt0.3": [int(tp), int(fp), int(fn), int(tn)], "f1At0.3": f1_score(labels, probabilities > 0.3),
    }


rng = np.random.default_rng(6)
n = 400
labels = rng.random(n) < 0.3
scores = rng.normal(size=n) + 1.5 * labels - 1
edges = np.log(np.arange(1, 10) / (10 - np.arange(1, 10)))
cases = [
    case("random", labels, scores),
    case("ties", labels, np.round(scores)),
    case("edges of the bins", rng.random(90) < 0.5, np.tile(edges, 10)),
    case("all alike", labels, np.zeros(n)),
    case("perfect", labels, np.where(labels, 3.0, -3.0)),
    case("sure and wrong", rng.random(50) < 0.5, rng.choice([-800.0, 800.0], size=50)),
]
print(json.dumps({"scikit-learn": sklearn.__version__, "cases": cases}))
