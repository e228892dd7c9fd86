"""Writes Tests/SearchTests/Fixtures/regret.json: what Optuna 5 finds on shifted test functions, 30 seeds each.

The optimum of each function is moved by 0.3137 of the range along every axis, around the walls where it would leave them:
a point u of the unit cube is evaluated at (u − 0.3137) mod 1 of the function's own box. So no search finds it because
it begins in the middle.

Run with a Python that has optuna, cmaes and torch: python Tests/Peers/regret.py
"""
import json
import math
import pathlib

import numpy as np
import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
SHIFT = 0.3137


def branin(x):
    bend = x[1] - 5.1 / (4 * math.pi**2) * x[0] ** 2 + 5 / math.pi * x[0] - 6
    return bend**2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x[0]) + 10


A = np.array([[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]])
P = 1e-4 * np.array([[1312, 1696, 5569, 124, 8283, 5886], [2329, 4135, 8307, 3736, 1004, 9991],
                     [2348, 1451, 3522, 2883, 3047, 6650], [4047, 8828, 8732, 5743, 1091, 381]])


def hartmann6(x):
    return -float(np.array([1, 1.2, 3, 3.2]) @ np.exp(-(A * (np.array(x) - P) ** 2).sum(axis=1)))


def rosenbrock(x):
    return sum(100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2 for i in range(len(x) - 1))


def ackley(x):
    n = len(x)
    return (-20 * math.exp(-0.2 * math.sqrt(sum(v * v for v in x) / n))
            - math.exp(sum(math.cos(2 * math.pi * v) for v in x) / n) + 20 + math.e)


def sphere(x):
    return sum(v * v for v in x)


functions = {
    "branin": (branin, [(-5, 10), (0, 15)]),
    "hartmann6": (hartmann6, [(0, 1)] * 6),
    "rosenbrock4": (rosenbrock, [(-5, 10)] * 4),
    "ackley5": (ackley, [(-32.768, 32.768)] * 5),
    "sphere5": (sphere, [(-5, 5)] * 5),
}
samplers = {
    "random": (100, lambda seed: optuna.samplers.RandomSampler(seed=seed)),
    "tpe": (100, lambda seed: optuna.samplers.TPESampler(seed=seed)),
    "cma-es": (150, lambda seed: optuna.samplers.CmaEsSampler(seed=seed)),
    "gp": (30, lambda seed: optuna.samplers.GPSampler(seed=seed, deterministic_objective=True)),
}


def best(function, box, trials, sampler):
    study = optuna.create_study(sampler=sampler)

    def objective(trial):
        units = [trial.suggest_float(f"u{i}", 0, 1) for i in range(len(box))]
        return function([low + (high - low) * ((u - SHIFT) % 1) for u, (low, high) in zip(units, box)])

    study.optimize(objective, n_trials=trials)
    return study.best_value


result = []
for sampler, (trials, make) in samplers.items():
    for name, (function, box) in functions.items():
        values = [best(function, box, trials, make(seed)) for seed in range(30)]
        result.append({"function": name, "sampler": sampler, "trials": trials,
                       "values": [float(f"{value:.6g}") for value in values]})
        print(sampler, name, np.median(values), flush=True)
path = pathlib.Path(__file__).parent.parent / "SearchTests/Fixtures/regret.json"
path.write_text(json.dumps({"optuna": optuna.__version__, "runs": result}) + "\n")
