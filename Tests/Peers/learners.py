"""Writes Tests/LearnersTests/Fixtures/learners.json by scikit-learn.

Run with a Python that has scikit-learn: python Tests/Peers/learners.py
"""
import json
import pathlib

import numpy as np
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor

random = np.random.default_rng(11)
inputs = np.round(random.normal(1, 2, (40, 3)), 4)
asked = np.round(random.normal(1, 2, (7, 3)), 4)
targets = np.round(inputs @ random.normal(0, 1, (3, 2)) + random.normal(0, 0.5, (40, 2)), 4)
weights = np.round(random.uniform(0.2, 3, 40), 4)
dependent = np.column_stack([inputs, inputs[:, 0] - 2 * inputs[:, 1]])
dependent_asked = np.column_stack([asked, asked[:, 0] - 2 * asked[:, 1]])
classes = (inputs[:, 0] + random.normal(0, 1, 40) > 1).astype(int) + (inputs[:, 1] > 2)
binary = (inputs[:, 0] + random.normal(0, 1, 40) > 1).astype(int)
sharp = dict(tol=1e-13, max_iter=100000)


def predictions(model, to=asked, features=inputs, target=targets, weight=None):
    extra = {} if weight is None else {"sample_weight": weight}
    return model.fit(features, target, **extra).predict(to).tolist()


def probabilities(model, target, weight=None):
    extra = {} if weight is None else {"sample_weight": weight}
    return model.fit(inputs, target, **extra).predict_proba(asked).tolist()


result = {
    "inputs": inputs.tolist(), "asked": asked.tolist(), "targets": targets.tolist(),
    "weights": weights.tolist(), "classes": classes.tolist(), "binary": binary.tolist(),
    "dependent": dependent.tolist(), "dependentAsked": dependent_asked.tolist(),
    "expected": {
        "linear": predictions(LinearRegression()),
        "linear-weighted": predictions(LinearRegression(), weight=weights),
        "linear-origin": predictions(LinearRegression(fit_intercept=False)),
        "linear-dependent": predictions(LinearRegression(), to=dependent_asked, features=dependent),
        "ridge": predictions(Ridge(alpha=7.5)),
        "ridge-weighted": predictions(Ridge(alpha=7.5), weight=weights),
        "ridge-origin": predictions(Ridge(alpha=0.3, fit_intercept=False)),
        "neighbors": predictions(KNeighborsRegressor(4)),
        "neighbors-classes": probabilities(KNeighborsClassifier(6), classes),
        "logistic": probabilities(LogisticRegression(C=0.7, solver="newton-cg", **sharp), classes),
        "logistic-weighted": probabilities(
            LogisticRegression(C=2.5, solver="newton-cg", **sharp), classes, weight=weights),
        "logistic-binary": probabilities(LogisticRegression(C=0.7, solver="newton-cg", **sharp), binary),
        "logistic-origin": probabilities(
            LogisticRegression(C=0.7, fit_intercept=False, solver="newton-cg", **sharp), binary),
    },
}
path = pathlib.Path(__file__).parent.parent / "LearnersTests/Fixtures"
path.mkdir(parents=True, exist_ok=True)
(path / "learners.json").write_text(json.dumps(result) + "\n")
