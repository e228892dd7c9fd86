"""Writes class-metrics.json, value-metrics.json, clustering-metrics.json and percentiles.json in
Tests/ValidationTests/Fixtures/ by scikit-learn and NumPy: examples with the value of every metric that they have.

Run with a Python that has scikit-learn: python Tests/Peers/metrics.py
"""
import json
import math
import pathlib
import warnings

import numpy as np
from sklearn import metrics
from sklearn.preprocessing import label_binarize

warnings.simplefilter("ignore")
fixtures = pathlib.Path(__file__).parent.parent / "ValidationTests/Fixtures"
fixtures.mkdir(exist_ok=True)
random = np.random.default_rng(41)


def write(name, cases):
    def line(case):
        return json.dumps(case, separators=(",", ":"), allow_nan=False)

    (fixtures / name).write_text("[\n" + ",\n".join(map(line, cases)) + "\n]\n")


def number(value):
    # What is divided by nothing is undefined: the adjusted balanced accuracy of one class.
    value = float(value)
    return value if math.isfinite(value) else None


# Classes. Probabilities are multiples of 1/32, exact and full of ties; the labels are given, as classes may be absent.

def class_values(truth, probabilities, weights):
    classes = probabilities.shape[1]
    labels = list(range(classes))
    predicted = probabilities.argmax(axis=1)
    weighted = {"sample_weight": weights}
    values = {
        "accuracy": metrics.accuracy_score(truth, predicted, **weighted),
        "balanced-accuracy": metrics.balanced_accuracy_score(truth, predicted, **weighted),
        "balanced-accuracy adjusted=true": metrics.balanced_accuracy_score(
            truth, predicted, adjusted=True, **weighted),
        "matthews-correlation": metrics.matthews_corrcoef(truth, predicted, **weighted),
        "log-loss": metrics.log_loss(truth, probabilities, labels=labels, **weighted),
        "brier-score": metrics.brier_score_loss(truth, probabilities, labels=labels, **weighted),
    }
    for weighting in ["none", "linear", "quadratic"]:
        values[f"cohen-kappa weighting={weighting}"] = metrics.cohen_kappa_score(
            truth, predicted, labels=labels, weights=None if weighting == "none" else weighting, **weighted)
    for average in ["binary", "macro", "micro", "weighted"]:
        if average == "binary" and classes > 2:
            continue
        for name, score in [("precision", metrics.precision_score), ("recall", metrics.recall_score),
                            ("f1", metrics.f1_score)]:
            values[f"{name} average={average}"] = score(truth, predicted, average=average, **weighted)
        for beta in [2, 0.5]:
            values[f"f-beta beta={beta} average={average}"] = metrics.fbeta_score(
                truth, predicted, beta=beta, average=average, **weighted)
    if classes > 2:
        for k in range(1, classes):
            values[f"top-k-accuracy k={k}"] = metrics.top_k_accuracy_score(
                truth, probabilities, k=k, labels=labels, **weighted)
        one = label_binarize(truth, classes=labels)
        values["average-precision"] = metrics.average_precision_score(one, probabilities, **weighted)
        for average in ["macro", "weighted"]:
            values[f"roc-auc average={average}"] = metrics.roc_auc_score(
                truth, probabilities, labels=labels, multi_class="ovr", average=average, **weighted)
            # scikit-learn has no weights here: whole ones are repeated examples. Nor has it a pair of one class.
            rows = range(len(truth)) if weights is None else np.repeat(range(len(truth)), weights.astype(int))
            if len(set(truth)) > 1 and (weights is None or (weights == weights.astype(int)).all()):
                values[f"roc-auc multi-class=one-vs-one average={average}"] = metrics.roc_auc_score(
                    truth[rows], probabilities[rows], labels=labels, multi_class="ovo", average=average)
    else:
        values["average-precision"] = metrics.average_precision_score(truth, probabilities[:, 1], **weighted)
        values["roc-auc"] = metrics.roc_auc_score(truth, probabilities[:, 1], **weighted)
        values["top-k-accuracy k=1"] = metrics.top_k_accuracy_score(
            truth, probabilities[:, 1], k=1, labels=labels, **weighted)
    return {name: number(value) for name, value in values.items()}


def class_case(count, classes, weights=None, absent=(), unpredicted=(), step=32, certain=False, constant=None):
    truth = random.choice([c for c in range(classes) if c not in absent], count)
    if constant is not None:
        truth[:] = constant
    numerators = np.zeros((count, classes), dtype=int)
    for row in range(count):
        # Half of the mass on the truth on average, so that scores are between chance and perfection.
        shares = random.dirichlet(np.ones(classes)) + 0.6 * np.eye(classes)[truth[row]]
        shares[list(unpredicted)] *= 0.1
        if certain:
            shares = np.eye(classes)[random.choice(classes, p=shares / shares.sum())]
        numerators[row] = np.floor(step * shares / shares.sum())
        numerators[row, shares.argmax()] += step - numerators[row].sum()
    weight = None
    if weights == "whole":
        weight = random.integers(1, 5, count).astype(float)
    elif weights == "broken":
        weight = np.round(random.uniform(0.1, 3, count), 3)
    case = {"classes": classes, "step": step, "truth": truth.tolist(), "numerators": numerators.tolist()}
    if weight is not None:
        case["weights"] = weight.tolist()
    case["values"] = class_values(truth, numerators / step, weight)
    return case


write("class-metrics.json", [
    class_case(12, 2), class_case(30, 2, "broken"), class_case(25, 2, "whole", step=8),
    class_case(20, 2, constant=0), class_case(20, 2, constant=1), class_case(18, 2, unpredicted=[1]),
    class_case(16, 2, certain=True), class_case(16, 2, "broken", certain=True),
    class_case(1, 2), class_case(40, 2, step=4), class_case(35, 2, "whole"), class_case(22, 2, "broken", step=16),
    class_case(10, 3), class_case(30, 3, "broken"), class_case(30, 3, "whole", step=8), class_case(24, 3, step=4),
    class_case(26, 3, "whole", step=16), class_case(45, 6), class_case(24, 3, absent=[1]), class_case(24, 3, "broken", absent=[0]), class_case(20, 3, unpredicted=[2]),
    class_case(15, 3, constant=2), class_case(28, 3, certain=True), class_case(40, 4), class_case(40, 4, "broken"),
    class_case(40, 4, "whole"), class_case(30, 5, absent=[2, 3]), class_case(30, 5, "whole", unpredicted=[0, 4]),
    class_case(50, 7, step=64), class_case(50, 7, "broken", step=64, certain=True),
])

# Values. Tasks of which some are constant, met exactly, zero or far away; errors are those of all targets of an example.


def value_values(truth, predicted, weights, errors, covariance):
    weighted = {"sample_weight": weights}
    values = {
        "mse": metrics.mean_squared_error(truth, predicted, **weighted),
        "rmse": metrics.root_mean_squared_error(truth, predicted, **weighted),
        "mae": metrics.mean_absolute_error(truth, predicted, **weighted),
        "median-absolute-error": metrics.median_absolute_error(truth, predicted, **weighted),
        "r2": metrics.r2_score(truth, predicted, **weighted),
        "explained-variance": metrics.explained_variance_score(truth, predicted, **weighted),
        "max-error": max(metrics.max_error(t, p) for t, p in zip(truth.T, predicted.T)),
        "mape": metrics.mean_absolute_percentage_error(truth, predicted, **weighted),
    }
    for quantile in [0.5, 0.9, 0.1]:
        values[f"quantile-loss quantile={quantile}"] = metrics.mean_pinball_loss(
            truth, predicted, alpha=quantile, **weighted)
    weight = np.ones(len(truth)) if weights is None else weights
    difference = predicted - truth
    if errors is not None:
        pulls = difference / errors[:, None]
        center = np.average(pulls.mean(axis=1), weights=weight)
        values["pull-mean"] = center
        values["pull-deviation"] = np.sqrt(np.average(((pulls - center) ** 2).mean(axis=1), weights=weight))
    if covariance is not None:
        scaled = np.sqrt(weight)[:, None] * difference
        each = [d @ np.linalg.solve(covariance, d) / weight.sum() for d in scaled.T]
        values["chi2"] = np.mean(each)
    elif errors is not None:
        values["chi2"] = np.average((pulls**2).mean(axis=1), weights=weight)
    return {name: number(value) for name, value in values.items()}


def value_case(count, targets, weights=None, errors=None, constant=None, offset=0.0, exact=False, zeros=False):
    truth = np.round(random.normal(1, 2, (count, targets)), 2)
    if constant is not None:
        truth[:, 0] = constant
    if zeros:
        truth[::3] = 0
    predicted = np.round(truth + random.normal(0, 0.7, truth.shape) + offset, 2)
    if exact:
        predicted[:, 0] = truth[:, 0] + offset
    weight = None
    if weights == "whole":
        weight = random.integers(0, 4, count).astype(float)
        weight[np.abs(predicted - truth).max(axis=1).argmax()] = 2
    elif weights == "broken":
        weight = np.round(random.uniform(0.1, 3, count), 3)
    case = {"targets": truth.tolist(), "predictions": predicted.tolist()}
    if weight is not None:
        case["weights"] = weight.tolist()
    error, covariance = None, None
    if errors is not None:
        error = np.round(random.uniform(0.3, 2, count), 2)
        case["errors"] = error.tolist()
    if errors == "covariance":
        mix = np.round(random.normal(0, 0.2, (count, 2)), 1)
        covariance = np.diag(error**2) + mix @ mix.T
        covariance = np.round(covariance, 4)
        case["covariance"] = covariance.tolist()
    case["values"] = value_values(truth, predicted, weight, error, covariance)
    return case


write("value-metrics.json", [
    value_case(12, 1), value_case(13, 1, "broken", "errors"), value_case(20, 1, "whole", "errors"),
    value_case(15, 2, None, "errors"), value_case(16, 2, "broken", "errors"), value_case(16, 3, "whole", "errors"),
    value_case(2, 1, None, "errors"), value_case(30, 1, None, "errors", offset=1000.0),
    value_case(10, 1, constant=2), value_case(10, 1, constant=2, exact=True),
    value_case(10, 1, "broken", constant=-4, exact=True, offset=0.5), value_case(10, 2, "whole", constant=8),
    value_case(14, 1, exact=True), value_case(14, 2, None, "errors", exact=True, offset=0.25),
    value_case(21, 1, zeros=True), value_case(21, 2, "broken", "errors", zeros=True),
    value_case(9, 1, None, "covariance"), value_case(8, 1, "broken", "covariance"),
    value_case(7, 2, None, "covariance"), value_case(10, 1, "whole", "covariance"),
    value_case(40, 4, "broken", "errors", offset=-3.0),
])

# Clusters. Coordinates are multiples of 1/8, for which scikit-learn's way of computing distances is exact.


def cluster_values(inputs, clusters, classes):
    values = {
        "adjusted-rand": metrics.adjusted_rand_score(classes, clusters),
        "normalized-mutual-information": metrics.normalized_mutual_info_score(classes, clusters),
    }
    if 1 < len(set(clusters)) < len(clusters):
        values["silhouette"] = metrics.silhouette_score(inputs, clusters)
        values["davies-bouldin"] = metrics.davies_bouldin_score(inputs, clusters)
        values["calinski-harabasz"] = metrics.calinski_harabasz_score(inputs, clusters)
    else:
        for name in ["silhouette", "davies-bouldin", "calinski-harabasz"]:
            values[name] = math.nan
    return {name: number(value) for name, value in values.items()}


def cluster_case(count, features, groups, clusters=None, classes=None, spread=1.0, noise=False, relabel=False):
    group = random.integers(0, groups, count)
    centers = random.integers(-4, 5, (groups, features))
    inputs = np.round((centers[group] + spread * random.normal(0, 1, (count, features))) * 8) / 8
    if clusters is None:
        # A fifth of the examples is put anywhere.
        clusters = np.where(random.uniform(size=count) < 0.2, random.integers(0, groups, count), group)
    clusters = np.array(clusters)
    if noise:
        clusters[:: 5] = -1
    if relabel:
        clusters = 10 - 3 * clusters
    classes = group if classes is None else np.array(classes)
    case = {"inputs": inputs.tolist(), "clusters": clusters.tolist(), "classes": classes.tolist()}
    if 1 < len(set(clusters.tolist())) < count:
        case["silhouettes"] = metrics.silhouette_samples(inputs, clusters).tolist()
    case["values"] = cluster_values(inputs, clusters.tolist(), classes.tolist())
    return case


write("clustering-metrics.json", [
    cluster_case(20, 2, 3), cluster_case(30, 1, 2), cluster_case(25, 3, 4), cluster_case(25, 2, 3, noise=True),
    cluster_case(24, 2, 4, relabel=True), cluster_case(12, 2, 3, clusters=[0] * 12),
    cluster_case(10, 2, 3, clusters=list(range(10))), cluster_case(10, 2, 3, clusters=[0] * 9 + [1]),
    cluster_case(12, 2, 3, classes=[0] * 12), cluster_case(12, 2, 3, clusters=[0] * 12, classes=[0] * 12),
    cluster_case(16, 2, 2, spread=0.0, clusters=[0, 1] * 8), cluster_case(18, 2, 3, spread=3.0),
    cluster_case(40, 5, 5, spread=0.3), cluster_case(15, 2, 3, clusters=list(range(7)) * 2 + [3], noise=True),
    cluster_case(4, 1, 2, clusters=[0, 0, 1, 1]), cluster_case(40, 2, 6, noise=True, relabel=True),
])

# The ends of intervals.


def percentile_case(count, level):
    values = np.round(random.normal(5, 3, count), 1)
    low, high = np.percentile(values, [50 * (1 - level), 50 * (1 + level)])
    return {"values": values.tolist(), "level": level, "low": float(low), "high": float(high)}


write("percentiles.json", [
    percentile_case(count, level)
    for count, level in [(2, 0.95), (3, 0.5), (5, 0.9), (10, 0.95), (20, 0.68), (21, 0.9), (40, 0.99),
                         (41, 0.95), (60, 0.8), (100, 0.95)]
])
