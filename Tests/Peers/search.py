"""Optuna's search with scikit-learn's networks and cross-validation: a line of JSON {"jobs": n} in, microseconds out.

Thirty trials of TPE, five folds in n processes, fifty epochs in batches of 32. Run by the benchmarks with a Python that has
both: Benchmarks --peers PYTHON --only "30 trials"
"""
import json
import sys
import time
import warnings

import optuna
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import KFold, cross_val_score
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)
data = load_breast_cancer()


def objective(trial, jobs):
    network = MLPClassifier(
        hidden_layer_sizes=(trial.suggest_int("units", 4, 64, log=True),), activation="relu", solver="adam",
        learning_rate_init=trial.suggest_float("rate", 1e-4, 1e-1, log=True), batch_size=32, max_iter=50,
        n_iter_no_change=50, tol=0, alpha=0, random_state=0)
    folds = KFold(5, shuffle=True, random_state=0)
    pipeline = make_pipeline(StandardScaler(), network)
    return cross_val_score(pipeline, data.data, data.target, cv=folds, n_jobs=jobs).mean()


for line in sys.stdin:
    jobs = json.loads(line)["jobs"]
    cross_val_score(make_pipeline(StandardScaler(), MLPClassifier(max_iter=1)), data.data, data.target, n_jobs=jobs)
    start = time.perf_counter()
    study = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=0))
    study.optimize(lambda trial: objective(trial, jobs), n_trials=30)
    print((time.perf_counter() - start) * 1e6, flush=True)
