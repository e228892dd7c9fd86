"""Writes Tests/DatasetsTests/Fixtures/preparations.json and Tests/ValidationTests/Fixtures/metrics.json by scikit-learn.

Run with a Python that has scikit-learn: python Tests/Peers/scores.py
"""
import json
import pathlib

import numpy as np
from sklearn.metrics import accuracy_score, mean_squared_error, r2_score
from sklearn.model_selection import KFold
from sklearn.decomposition import PCA
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import (
    KBinsDiscretizer,
    MinMaxScaler,
    PolynomialFeatures,
    RobustScaler,
    StandardScaler,
)

tests = pathlib.Path(__file__).parent.parent
random = np.random.default_rng(5)
training = np.round(random.normal(3, 2, (9, 3)), 3)
training[:, 2] = 0.1
held = np.round(random.normal(3, 2, (4, 3)), 3)
held[:, 2] = [0.1, 0.1, 0.6, -2]
polynomial = PolynomialFeatures(3, include_bias=False).fit(training)
result = {
    "training": training.tolist(),
    "held": held.tolist(),
    "standardize": StandardScaler().fit(training).transform(held).tolist(),
    "min-max": MinMaxScaler().fit(training).transform(held).tolist(),
    "polynomial": polynomial.transform(held).tolist(),
    "polynomialNames": [n for n in polynomial.get_feature_names_out(["a", "b", "c"])],
}
(tests / "DatasetsTests/Fixtures").mkdir(exist_ok=True)
result["robust"] = RobustScaler().fit(training).transform(held).tolist()
result["interactions"] = (
    PolynomialFeatures(3, include_bias=False, interaction_only=True).fit(training).transform(held).tolist()
)
# Signs of directions are a convention: the largest entry is positive in Lectern as in scikit-learn since 1.5.
result["pca"] = PCA(2).fit(training).transform(held).tolist()
result["pca-whiten"] = PCA(2, whiten=True).fit(training).transform(held).tolist()
result["pca-wide"] = PCA(2).fit(training[:, :2].reshape(3, 6)).transform(held[:3, :2].reshape(1, 6)).tolist()
gaps = np.where(np.random.default_rng(6).uniform(size=training.shape) < 0.3, np.nan, np.round(training, 0))
gaps[0] = 3
result["gaps"] = [[None if np.isnan(x) else x for x in row] for row in gaps]
for strategy in ["mean", "median", "most_frequent"]:
    filled = SimpleImputer(strategy=strategy).fit(gaps).transform(np.full((1, 3), np.nan))
    result["impute-" + strategy.replace("_", "-")] = filled.tolist()
for strategy in ["uniform", "quantile"]:
    bins = KBinsDiscretizer(4, encode="ordinal", strategy=strategy, quantile_method="linear")
    result["bins-" + strategy] = bins.fit(training[:, :2]).transform(held[:, :2]).tolist()
(tests / "DatasetsTests/Fixtures/preparations.json").write_text(json.dumps(result) + "\n")

logits = random.normal(0, 1, (25, 4))
logits[3] = logits[4] = 0.5
classes = random.integers(0, 4, 25)
values, targets = random.normal(0, 1, (25, 2)), random.normal(0, 1, (25, 2))
metrics = {
    "logits": logits.tolist(), "classes": classes.tolist(),
    "accuracy": accuracy_score(classes, logits.argmax(axis=1)),
    "values": values.tolist(), "targets": targets.tolist(),
    "mse": mean_squared_error(targets, values), "r2": r2_score(targets, values),
    "constantR2": [r2_score([2, 2, 2], [2, 2, 2]), r2_score([2, 2, 2], [2, 2, 3])],
    "foldSizes": {f"{n} {k}": [len(held) for _, held in KFold(k).split(np.zeros(n))]
                  for n, k in [(10, 3), (17, 5), (5, 5), (100, 7)]},
}
(tests / "ValidationTests/Fixtures").mkdir(exist_ok=True)
(tests / "ValidationTests/Fixtures/metrics.json").write_text(json.dumps(metrics) + "\n")
