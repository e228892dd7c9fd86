"""Writes Tests/ValidationTests/Fixtures/splitters.json by scikit-learn.

Run with a Python that has scikit-learn: python Tests/Peers/splitters.py
"""
import json
import pathlib

import numpy as np
from sklearn.model_selection import (
    GroupKFold,
    KFold,
    LeaveOneOut,
    LeavePGroupsOut,
    LeavePOut,
    ShuffleSplit,
    StratifiedGroupKFold,
    StratifiedKFold,
    TimeSeriesSplit,
)

tests = pathlib.Path(__file__).parent.parent
random = np.random.default_rng(11)


def folds(splitter, count, classes=None, groups=None):
    split = splitter.split(np.zeros(count), classes, groups)
    return [{"training": a.tolist(), "held": b.tolist()} for a, b in split]


result = {"cases": {
    "KFold 10 3": folds(KFold(3), 10),
    "KFold 17 5": folds(KFold(5), 17),
    "LeaveOneOut 5": folds(LeaveOneOut(), 5),
    "LeavePOut 6 2": folds(LeavePOut(2), 6),
    "LeavePOut 5 3": folds(LeavePOut(3), 5),
}}
times = [(10, 3, 0, None, None), (12, 3, 2, None, None), (20, 4, 0, 5, None), (20, 4, 1, 6, 2), (7, 5, 0, None, 1)]
result["times"] = [
    {"count": count, "splits": splits, "gap": gap, "maxTrainSize": most, "testSize": size,
     "folds": folds(TimeSeriesSplit(splits, gap=gap, max_train_size=most, test_size=size), count)}
    for count, splits, gap, most, size in times
]

# Groups of different sizes: which of two equal ones comes first is no convention.
sizes = [9, 1, 4, 12, 6, 3, 8]
groups = random.permutation(np.repeat(np.arange(len(sizes)), sizes))
classes = np.concatenate([[0, 1, 2], random.integers(0, 3, len(groups) - 3)])
result["groups"], result["classes"] = groups.tolist(), classes.tolist()
count = len(groups)
result["grouped"] = {
    "GroupKFold 3": folds(GroupKFold(3), count, classes, groups),
    "GroupKFold 4": folds(GroupKFold(4), count, classes, groups),
    "LeaveGroupsOut 1": folds(LeavePGroupsOut(1), count, classes, groups),
    "LeaveGroupsOut 2": folds(LeavePGroupsOut(2), count, classes, groups),
    "StratifiedGroupKFold 2": folds(StratifiedGroupKFold(2), count, classes, groups),
    "StratifiedGroupKFold 3": folds(StratifiedGroupKFold(3), count, classes, groups),
}
# Which examples of a class a fold holds out is no convention, but how many are.
result["stratified"] = {
    str(k): [np.bincount(classes[held], minlength=3).tolist()
             for _, held in StratifiedKFold(k).split(np.zeros(count), classes)]
    for k in [2, 3, 5, 7]
}
result["shuffled"] = [
    {"count": n, "test": test, "training": training,
     "sizes": [len(side) for side in next(ShuffleSplit(1, test_size=test, train_size=training).split(np.zeros(n)))]}
    for n, test, training in [(10, 0.1, None), (43, 0.25, None), (43, 0.3, 0.5), (7, 0.2, 0.4), (150, 0.1, 0.29)]
]
# The error of the mean that Nadeau and Bengio's corrected variance gives.
scores = random.normal(0.9, 0.05, 6)
result["scores"] = scores.tolist()
result["error"] = float(np.sqrt((1 / 6 + 0.25) * scores.var(ddof=1)))
weights = np.array([1, 2, 0.5, 1, 3, 1.5])
result["weights"] = weights.tolist()
result["weightedMean"] = float(np.average(scores, weights=weights))
(tests / "ValidationTests/Fixtures/splitters.json").write_text(json.dumps(result) + "\n")
