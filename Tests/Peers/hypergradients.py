"""Writes Tests/ValidationTests/Fixtures/hypergradients.json by NumPy: how ridge regression and its error on other data
depend on the penalty, by the normal equations, and how the log-loss of logistic regression depends on c, by Newton's
method and the implicit function theorem.

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


def probabilities(values, x):
    scores = x @ values.T
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def logistic(count, c):
    """Targets of so many classes, and the log-loss of other data and its derivative by c.

    Two classes share one function: the first row of values stays zero.
    """
    x, other = columns(inputs), columns(held)
    edges = np.quantile(targets, np.arange(1, count) / count)
    labels, other_labels = np.digitize(targets, edges), np.digitize(held_targets, edges)
    # Some labels are wrong, so that no class is told from the others without error.
    labels[::7] = (labels[::7] + 1) % count
    functions = 1 if count == 2 else count
    penalty = np.kron(np.eye(functions), np.diag([1, 1, 1, 0.0])) / c

    def full(values):
        rows = values.reshape(functions, 4)
        return np.vstack([np.zeros((1, 4)), rows]) if count == 2 else rows

    def slopes(values):
        p = probabilities(full(values), x)
        return ((p - np.eye(count)[labels])[:, -functions:].T @ x).ravel() + penalty @ values

    def curvature(values):
        p = probabilities(full(values), x)[:, -functions:]
        blocks = [[(x.T * (p[:, i] * ((i == j) - p[:, j]))) @ x for j in range(functions)] for i in range(functions)]
        return np.block(blocks) + penalty

    values = np.zeros(functions * 4)
    for _ in range(60):
        # Constant terms that grow together change nothing, so that the matrix may be singular.
        values -= np.linalg.lstsq(curvature(values), slopes(values), rcond=1e-12)[0]
    tangent = np.linalg.lstsq(curvature(values), penalty @ values / c, rcond=1e-12)[0]
    p = probabilities(full(values), other)
    moves = other @ full(tangent).T
    chosen = np.arange(len(other))
    log_moves = moves[chosen, other_labels] - np.sum(p * moves, axis=1)
    return {
        "classes": labels.tolist(), "heldClasses": other_labels.tolist(), "c": c,
        "loss": float(-np.mean(np.log(p[chosen, other_labels]))),
        "derivative": float(-np.mean(log_moves)),
    }


golden["logistic"] = [logistic(2, 0.5), logistic(3, 0.5)]
path = pathlib.Path(__file__).parent.parent / "ValidationTests" / "Fixtures" / "hypergradients.json"
path.write_text(json.dumps(golden, indent=1) + "\n")
