"""Writes Tests/SearchTests/Fixtures/parzen.json: log densities of Optuna 5's Parzen estimators, and the standard
normal distribution by mpmath.

Run with a Python that has optuna and mpmath: python Tests/Peers/parzen.py
"""
import json
import math
import pathlib

import mpmath
import numpy as np
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.samplers._tpe.parzen_estimator import _ParzenEstimator, _ParzenEstimatorParameters
from optuna.samplers._tpe.sampler import default_gamma, default_weights

# Optuna leaves the order of equal observations to an unstable sort; Lectern takes them by their age.
unstable = np.argsort
np.argsort = lambda values, *arguments, **options: unstable(values, *arguments, **{**options, "kind": "stable"})

mpmath.mp.dps = 50
random = np.random.default_rng(7)
space = {
    "real": FloatDistribution(-2, 5),
    "log": FloatDistribution(1e-4, 1e-1, log=True),
    "integer": IntDistribution(8, 64),
    "steps": IntDistribution(16, 128, step=16),
    "logInteger": IntDistribution(1, 100, log=True),
    "choice": CategoricalDistribution(["a", "b", "c"]),
}


def draw(count):
    return {
        "real": random.uniform(-2, 5, count),
        "log": np.exp(random.uniform(math.log(1e-4), math.log(1e-1), count)),
        "integer": random.integers(8, 65, count).astype(float),
        "steps": 16.0 * random.integers(1, 9, count),
        "logInteger": random.integers(1, 101, count).astype(float),
        "choice": random.integers(0, 3, count).astype(float),
    }


parameters = _ParzenEstimatorParameters(
    prior_weight=1.0, consider_magic_clip=True, consider_endpoints=False, weights=default_weights, multivariate=True)
cases = []
for count in [0, 1, 2, 3, 7, 24, 25, 26, 40, 130]:
    for names in [[name] for name in space] + [list(space)]:
        if len(names) == 1 and count in (24, 25, 130):
            continue
        observations, points = draw(count), draw(5)
        chosen = {name: space[name] for name in names}
        estimator = _ParzenEstimator({name: observations[name] for name in names}, chosen, parameters)
        logs = estimator.log_pdf({name: points[name] for name in names})
        cases.append({
            "names": names,
            "observations": np.array([observations[name] for name in names]).T.tolist() if count else [],
            "points": np.array([points[name] for name in names]).T.tolist(),
            "logDensities": logs.tolist(),
        })


def log_mass(a, b):
    if a > 0:
        a, b = -b, -a
    return float(mpmath.log(mpmath.ncdf(b) - mpmath.ncdf(a)))


intervals = [(-1, 1), (-40, -39), (39, 40), (5, 5.001), (-8, 3), (-0.001, 0.001), (-30, 30), (-6, -5), (2, 2.5), (-300, -299)]
quantiles = [1e-300, 1e-20, 1e-5, 0.02, 0.0243, 0.3, 0.5, 0.7, 0.9758, 0.99999]
result = {
    "cases": cases,
    "ageWeights": {str(n): default_weights(n).tolist() for n in [0, 1, 24, 25, 26, 27, 60]},
    "goodCounts": {str(n): default_gamma(n) for n in [1, 9, 10, 11, 20, 21, 249, 250, 251, 1000]},
    "logMasses": [[a, b, log_mass(mpmath.mpf(a), mpmath.mpf(b))] for a, b in intervals],
    "quantiles": [[p, float(mpmath.findroot(lambda x: mpmath.log(mpmath.ncdf(x)) - mpmath.log(mpmath.mpf(p)),
                                            -mpmath.sqrt(-2 * mpmath.log(mpmath.mpf(p))) if p < 0.02 else (p - 0.5) * 2))]
                  for p in quantiles],
}
path = pathlib.Path(__file__).parent.parent / "SearchTests/Fixtures/parzen.json"
path.parent.mkdir(exist_ok=True)
path.write_text(json.dumps(result) + "\n")
