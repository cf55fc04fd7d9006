"""Measures peers on tables and their folds, and writes what the benchmark reads with --peers.

    /usr/bin/python3 bench/Quality/peers.py FOLDER OUT.json [--only NAME,NAME...] [--peers lr,mlp_default,...]

FOLDER has NAME.csv (label last, 0 or 1; empty = missing) and folds/NAME.csv. Every peer gets the same numbers: categories one-hot (a missing value
is one), missing numbers the median with an indicator, standardised on the training rows. One thread; processor seconds of a fit. Needs
scikit-learn and pandas; xgb needs xgboost, and is left out where that is not installed.
"""
import argparse
import glob
import json
import os
import time
import warnings

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
os.environ.pop("OPENBLAS_CORETYPE", None)  # a preset core type halves OpenBLAS

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.neural_network import MLPClassifier

warnings.filterwarnings("ignore")  # that 200 epochs did not converge is how MLPClassifier's defaults are

PEERS = {
    "lr": lambda: LogisticRegression(max_iter=1000),
    "mlp_default": lambda: MLPClassifier(random_state=0),
    "mlp_es": lambda: MLPClassifier(early_stopping=True, random_state=0),
    "mlp_alpha1": lambda: MLPClassifier(alpha=1, max_iter=100, random_state=0),
    "mlp_lbfgs8": lambda: MLPClassifier((8,), activation="tanh", alpha=1, solver="lbfgs", random_state=0),
    "rf200": lambda: RandomForestClassifier(200, random_state=0, n_jobs=1),
    "hgb": lambda: HistGradientBoostingClassifier(random_state=0),
}
try:
    import xgboost
    PEERS["xgb"] = lambda: xgboost.XGBClassifier(n_jobs=1, random_state=0)
except ImportError:
    pass


def encode(table, train):
    columns = []
    for name in table.columns:
        cells = table[name]
        numbers = pd.to_numeric(cells.replace("", np.nan), errors="coerce")
        if (numbers.isna() & (cells != "")).any():
            columns += [(cells.values == level).astype(float) for level in sorted(set(cells.values[train]))]
            continue
        x = numbers.values.astype(float)
        missing = np.isnan(x)
        if missing.any():
            known = x[train][~missing[train]]
            columns.append(np.where(missing, np.median(known) if len(known) else 0, x))
            columns.append(missing.astype(float))
        else:
            columns.append(x)
    X = np.array(columns).T
    deviation = X[train].std(axis=0)
    return (X - X[train].mean(axis=0)) / np.where(deviation == 0, 1, deviation)


def calibration_error(p, y, bins=15):
    b = np.minimum((p * bins).astype(int), bins - 1)
    return sum(abs(p[b == k].sum() - y[b == k].sum()) for k in range(bins)) / len(y)


def measure(path, make):
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    y = table.iloc[:, -1].values.astype(int)
    lines = open(os.path.join(os.path.dirname(path), "folds", os.path.basename(path))).read().split()
    fold = np.array([int(line.split(",")[-1]) for line in lines[-len(y):]])
    scores, everyone = [], np.zeros(len(y))
    for k in np.unique(fold):
        train, test = np.where(fold != k)[0], np.where(fold == k)[0]
        X = encode(table.iloc[:, :-1], train)
        before = time.process_time()
        model = make().fit(X[train], y[train])
        seconds = time.process_time() - before
        p = everyone[test] = model.predict_proba(X[test])[:, 1].astype(float)
        q = np.clip(p, 1e-15, 1 - 1e-15)
        loss = -np.mean(np.where(y[test] == 1, np.log(q), np.log1p(-q)))
        scores.append((roc_auc_score(y[test], p), loss, np.mean((p > 0.5) == y[test]), seconds))
    means = dict(zip(("auc", "logloss", "acc", "fit_cpu_s"), np.mean(scores, axis=0)))
    return {name: round(float(value), 5) for name, value in {**means, "ece": calibration_error(everyone, y)}.items()}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder")
    arguments.add_argument("out")
    arguments.add_argument("--only", default="")
    arguments.add_argument("--peers", default=",".join(PEERS))
    given = arguments.parse_args()
    results = {}
    for path in sorted(glob.glob(os.path.join(given.folder, "*.csv"))):
        name = os.path.basename(path)[:-4]
        if given.only and name not in given.only.split(","):
            continue
        results[name] = {peer: measure(path, PEERS[peer]) for peer in given.peers.split(",")}
        print(name, {peer: r["auc"] for peer, r in results[name].items()}, flush=True)
        with open(given.out, "w") as file:
            json.dump(results, file, indent=1)


if __name__ == "__main__":
    main()
