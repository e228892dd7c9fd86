"""Studies of Optuna 5, and Lectern's in Optuna.

`storage.py write FOLDER` writes an SQLite file, a journal and what they hold as Optuna tells it.
`storage.py read URL NAME` opens a study that Lectern wrote, prints what it holds, and adds two trials.
"""

import json
import math
import os
import sys
from datetime import timezone

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)


def storage(url):
    if url.startswith("journal:"):
        backend = optuna.storages.journal.JournalFileBackend(url.removeprefix("journal:"))
        return optuna.storages.JournalStorage(backend)
    return optuna.storages.RDBStorage(url)


def mixed(trial):
    rate = trial.suggest_float("rate", 1e-5, 1, log=True)
    units = trial.suggest_int("units", 1, 64, log=True)
    layers = trial.suggest_int("layers", 1, 9, step=2)
    dropout = trial.suggest_float("dropout", 0, 1, step=0.25)
    choice = trial.suggest_categorical("choice", [True, None, 3, "relu", 2.5, "3"])
    trial.set_user_attr("note", ["ä", 1, 2.5, True, {"deep": [None]}])
    trial.set_constraint("size", float(units - 32))
    for step in range(3):
        trial.report(rate * (step + 1) if trial.number != 4 or step != 1 else math.nan, step)
    if trial.number == 4:
        trial.report(-math.inf, 3)
    if trial.number == 5:
        raise optuna.TrialPruned()
    if trial.number == 6:
        raise ArithmeticError("no convergence")
    if trial.number == 7:
        return math.inf
    return rate + layers + dropout + (1 if choice is None else 0)


def several(trial):
    first = trial.suggest_float("x", -1, 1)
    second = trial.suggest_float("y", -1, 1) if first > 0 else 0.5
    return first**2 + second, -second


def described(value):
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


def seconds(moment):
    return None if moment is None else moment.astimezone(timezone.utc).timestamp()


def facts(study):
    trials = []
    for trial in study.get_trials():
        trials.append({
            "number": trial.number,
            "state": trial.state.name,
            "values": [described(value) for value in trial.values or []],
            "params": {
                name: described(trial.distributions[name].to_internal_repr(value))
                for name, value in trial.params.items()
            },
            "distributions": {
                name: optuna.distributions.distribution_to_json(distribution)
                for name, distribution in trial.distributions.items()
            },
            "reports": [[step, described(value)] for step, value in sorted(trial.intermediate_values.items())],
            "violation": sum(max(0.0, value) for value in trial.constraints.values()),
        })
    return {
        "name": study.study_name,
        "directions": [direction.name.lower() for direction in study.directions],
        "trials": trials,
    }


def write(folder):
    for name in ["optuna.db", "optuna.log"]:
        if os.path.exists(f"{folder}/{name}"):
            os.remove(f"{folder}/{name}")
    found = {}
    for url in [f"sqlite:///{folder}/optuna.db", f"journal:{folder}/optuna.log"]:
        one = optuna.create_study(
            storage=storage(url), study_name="mixed", sampler=optuna.samplers.RandomSampler(seed=1))
        one.set_user_attr("author", "peer")
        one.optimize(mixed, n_trials=12, catch=(ArithmeticError,))
        two = optuna.create_study(
            storage=storage(url), study_name="several", directions=["minimize", "maximize"],
            sampler=optuna.samplers.RandomSampler(seed=2))
        two.optimize(several, n_trials=6)
        two.enqueue_trial({"x": 0.25})
        found[url.split("/")[-1].split(":")[-1]] = [facts(one), facts(two)]
    with open(f"{folder}/optuna.json", "w") as file:
        json.dump(found, file, indent=1, sort_keys=True)
        file.write("\n")


def read(url, name):
    study = optuna.load_study(study_name=name, storage=storage(url), sampler=optuna.samplers.TPESampler(seed=3))
    found = facts(study)
    if len(study.directions) == 1:
        found["best"] = study.best_trial.number
        found["importances"] = optuna.importance.get_param_importances(study)
    last = study.get_trials()[-1]

    def again(trial):
        for key, distribution in last.distributions.items():
            trial._suggest(key, distribution)
        return [0.5] * len(study.directions)

    study.optimize(again, n_trials=2)
    found["continued"] = len(study.get_trials())
    print(json.dumps(found, sort_keys=True))


if __name__ == "__main__":
    {"write": write, "read": read}[sys.argv[1]](*sys.argv[2:])
