"""Writes Tests/DatasetsTests/Fixtures/friedman.json by scikit-learn and Tests/ValidationTests/Fixtures/distances.json by
SciPy.

Run with a Python that has both: python Tests/Peers/samples.py
"""
import json
import pathlib

import numpy as np
from scipy.stats import energy_distance, wasserstein_distance
from sklearn.datasets import make_friedman1, make_friedman2, make_friedman3

tests = pathlib.Path(__file__).parent.parent
problems = {}
for name, make in [("first", make_friedman1), ("second", make_friedman2), ("third", make_friedman3)]:
    inputs, values = make(6, noise=0, random_state=3)
    problems[name] = {"inputs": inputs.tolist(), "values": values.tolist()}
(tests / "DatasetsTests/Fixtures/friedman.json").write_text(json.dumps(problems) + "\n")

random = np.random.default_rng(8)
first, second = random.normal(0, 1, 30), random.normal(0.5, 2, 30)
distances = {
    "first": first.tolist(),
    "second": second.tolist(),
    "energy": energy_distance(first, second),
    "wasserstein": wasserstein_distance(first, second),
}
(tests / "ValidationTests/Fixtures/distances.json").write_text(json.dumps(distances) + "\n")
