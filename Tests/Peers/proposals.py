"""Optuna's cost of a proposal by TPE: a line of JSON {"trials": n} in, the microseconds of a proposal out.

Run by the benchmarks with a Python that has optuna: Benchmarks --peers PYTHON --only proposal
"""
import json
import sys
import time

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
space = {
    f"p{index}": optuna.distributions.FloatDistribution(-5, 5)
    if index % 2 == 0
    else optuna.distributions.FloatDistribution(1e-4, 1, log=True)
    for index in range(10)
}
for line in sys.stdin:
    count = json.loads(line)["trials"]
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=1))
    random = optuna.samplers.RandomSampler(seed=1)
    for number in range(count - 20):
        values = {name: random.sample_independent(study, None, name, chosen) for name, chosen in space.items()}
        study.add_trial(optuna.trial.create_trial(
            params=values, distributions=space, value=sum(value * value for value in values.values())))
    start = time.perf_counter()
    for number in range(20):
        trial = study.ask(space)
        study.tell(trial, sum(value * value for value in trial.params.values()))
    print((time.perf_counter() - start) / 20 * 1e6, flush=True)
