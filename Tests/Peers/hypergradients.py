"""Writes Tests/ValidationTests/Fixtures/hypergradients.json by NumPy: how ridge regression and its error on other data
depend on the penalty, by the normal equations.

Run with a Python that has NumPy: python Tests/Peers/hypergradients.py
"""
import json
import pathlib

import numpy as np

random = np.random.default_rng(5)
inputs = np.round(random.normal(0, 1, (24, 3)), 4)
held = np.round(random.normal(0, 1, (11, 3)), 4)
slopes = random.normal(0, 1, 3)
targets = np.round(inputs @ slopes + 0.4 + random.normal(0, 0.8, 24), 4)
held_targets = np.round(held @ slopes + 0.4 + random.normal(0, 0.8, 11), 4)
alpha = 2.4


def columns(x):
    return np.column_stack([x, np.ones(len(x))])


def fit(strength):
    """Slopes and constant term, of which slopes alone are penalized."""
    a = columns(inputs)
    return np.linalg.solve(a.T @ a + strength * np.diag([1, 1, 1, 0.0]), a.T @ targets)


a = columns(inputs)
matrix = a.T @ a + alpha * np.diag([1, 1, 1, 0.0])
weights = fit(alpha)
moves = -np.linalg.solve(matrix, np.diag([1, 1, 1, 0.0]) @ weights)
residual = columns(held) @ weights - held_targets

golden = {
    "inputs": inputs.tolist(), "targets": targets.tolist(),
    "held": held.tolist(), "heldTargets": held_targets.tolist(), "alpha": alpha,
    "weights": weights.tolist(), "derivatives": moves.tolist(),
    "loss": float(np.mean(residual ** 2)),
    "lossDerivative": float(2 * np.mean(residual * (columns(held) @ moves))),
}
path = pathlib.Path(__file__).parent.parent / "ValidationTests" / "Fixtures" / "hypergradients.json"
path.write_text(json.dumps(golden, indent=1) + "\n")
