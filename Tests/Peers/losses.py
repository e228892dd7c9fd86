"""Writes Tests/NeuralNetworksTests/Fixtures/losses.json and activations.json: values and gradients of losses and
activations in double, by torch.nn.functional, or by their formula where PyTorch has none.

Run with a Python that has torch and numpy: python Tests/Peers/losses.py
"""
import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(5)
COUNT = 9


def uniform(*shape, scale=2.0):
    return torch.round((torch.rand(*shape) * 2 - 1) * scale, decimals=4)


def loss_case(name, recipe, outputs, targets, per_sample, classes=None, predictions=None, **more):
    """The mean over the samples of a loss, and its gradient with respect to the outputs."""
    source = outputs.clone().requires_grad_()
    values = per_sample(source)
    total = values.mean() if values.dim() else values
    total.backward()
    return {
        "name": name, "recipe": recipe, "arguments": more.pop("arguments", {}), "outputs": outputs.tolist(),
        "targets": targets.tolist() if classes is None else [[c] for c in targets.tolist()], "classes": classes,
        "value": total.item(), "gradient": source.grad.tolist(),
        "predictions": (outputs if predictions is None else predictions(outputs)).tolist(), **more,
    }


def rows(values):
    return values.mean(-1)


def gaussian(z, y):
    return rows(F.gaussian_nll_loss(z[:, :3], y, z[:, 3:].exp(), eps=1e-300, reduction="none"))


def crammer_singer(z, labels):
    own = z.gather(1, labels[:, None])[:, 0]
    others = z.masked_fill(F.one_hot(labels, z.shape[1]).bool(), -torch.inf).amax(1)
    return F.relu(1 + others - own)


def two_classes(z):
    return torch.cat([0 * z, z], 1)


def quantile(z, y, q):
    missing = y - z
    return rows(torch.maximum(q * missing, (q - 1) * missing))


def chi_squared(z, y, covariance):
    """By numpy's solve; the gradient by the formula 2 C⁻¹ d / N."""
    d = (z - y).numpy().reshape(-1)
    solved = np.linalg.solve(covariance, d)
    return float(d @ solved / len(d)), (2 * solved / len(d)).reshape(z.shape).tolist()


def chi_squared_case(z, y):
    a = uniform(COUNT, COUNT, scale=1).numpy()
    covariance = np.round(a @ a.T + 0.3 * np.eye(COUNT), 6)
    value, gradient = chi_squared(z, y, covariance)
    return {
        "name": "chi-squared with a covariance", "recipe": "chi-squared", "arguments": {}, "outputs": z.tolist(),
        "targets": y.tolist(), "classes": None, "value": value, "gradient": gradient, "predictions": z.tolist(),
        "covariance": covariance.tolist(),
    }


def loss_cases():
    z, y, one, two = uniform(COUNT, 3), uniform(COUNT, 3), uniform(COUNT, 1), uniform(COUNT, 1)
    wide = uniform(COUNT, 6)
    counts = torch.randint(0, 6, (COUNT, 3)).double()
    labels, bits = torch.randint(0, 3, (COUNT,)), torch.randint(0, 2, (COUNT,))
    probabilities = torch.softmax(uniform(COUNT, 3), 1)
    probabilities[2] = torch.tensor([0.0, 1.0, 0.0])
    errors = torch.round(0.5 + torch.rand(COUNT), decimals=4)
    bit_targets = bits[:, None].double()
    smooth = 0.8 * bit_targets + 0.1
    sample_weights, class_weights = torch.round(torch.rand(COUNT) + 0.2, decimals=4), [0.5, 2.0, 1.25]
    balanced = [COUNT / (3 * max(int((labels == k).sum()), 1)) for k in range(3)]

    def entropy(z, **options):
        return F.cross_entropy(z, labels, reduction="none", **options)

    def factor(weights):
        return torch.tensor(weights)[labels]
    return [
        loss_case("mse", "mse", z, y, lambda z: rows(F.mse_loss(z, y, reduction="none"))),
        loss_case("half-squared-error", "half-squared-error", z, y,
                  lambda z: 0.5 * F.mse_loss(z, y, reduction="none").sum(-1)),
        loss_case("mae", "mae", z, y, lambda z: rows(F.l1_loss(z, y, reduction="none"))),
        loss_case("huber", "huber", z, y, lambda z: rows(F.huber_loss(z, y, reduction="none", delta=0.7)),
                  arguments={"delta": "0.7"}),
        loss_case("log-cosh", "log-cosh", z, y, lambda z: rows(torch.log(torch.cosh(z - y)))),
        loss_case("quantile", "quantile", z, y, lambda z: quantile(z, y, 0.3), arguments={"quantile": "0.3"}),
        loss_case("gaussian-nll", "gaussian-nll", wide, y, lambda z: gaussian(z, y),
                  predictions=lambda z: z[:, :3]),
        loss_case("poisson", "poisson", z, counts,
                  lambda z: rows(F.poisson_nll_loss(z, counts, reduction="none")), predictions=torch.exp),
        loss_case("kl-divergence", "kl-divergence", z, probabilities,
                  lambda z: F.kl_div(F.log_softmax(z, 1), probabilities, reduction="none").sum(1),
                  predictions=lambda z: torch.softmax(z, 1)),
        loss_case("cross-entropy", "cross-entropy", z, labels, entropy, classes=3),
        loss_case("cross-entropy smoothed", "cross-entropy", z, labels,
                  lambda z: entropy(z, label_smoothing=0.2), classes=3, arguments={"label-smoothing": "0.2"}),
        loss_case("cross-entropy with sample weights", "cross-entropy", z, labels,
                  lambda z: entropy(z) * sample_weights, classes=3, sampleWeights=sample_weights.tolist()),
        loss_case("cross-entropy with class weights", "cross-entropy", z, labels,
                  lambda z: entropy(z) * factor(class_weights) * sample_weights, classes=3,
                  classWeights=class_weights, sampleWeights=sample_weights.tolist()),
        loss_case("cross-entropy balanced", "cross-entropy", z, labels, lambda z: entropy(z) * factor(balanced),
                  classes=3, isBalanced=True),
        loss_case("mse with sample weights", "mse", z, y,
                  lambda z: rows(F.mse_loss(z, y, reduction="none")) * sample_weights,
                  sampleWeights=sample_weights.tolist()),
        loss_case("binary-cross-entropy", "binary-cross-entropy", one, bits,
                  lambda z: rows(F.binary_cross_entropy_with_logits(z, bit_targets, reduction="none")), classes=2,
                  predictions=two_classes),
        loss_case("binary-cross-entropy smoothed", "binary-cross-entropy", one, bits,
                  lambda z: rows(F.binary_cross_entropy_with_logits(z, smooth, reduction="none")), classes=2,
                  predictions=two_classes, arguments={"label-smoothing": "0.2"}),
        loss_case("hinge", "hinge", one, bits, lambda z: rows(F.relu(1 - (2 * bit_targets - 1) * z)), classes=2,
                  predictions=two_classes),
        loss_case("categorical-hinge", "categorical-hinge", z, labels, lambda z: crammer_singer(z, labels),
                  classes=3),
        loss_case("chi-squared with errors", "chi-squared", one, two,
                  lambda z: rows(((z - two) / errors[:, None]) ** 2), errors=errors.tolist()),
        chi_squared_case(one, two),
    ]


def sparsemax(x):
    """By sorting (Martins and Astudillo 2016, algorithm 1)."""
    top, _ = x.sort(dim=-1, descending=True)
    sums = top.cumsum(-1) - 1
    ranks = torch.arange(1, x.shape[-1] + 1).double()
    size = (ranks * top > sums).sum(-1, keepdim=True)
    threshold = sums.gather(-1, size - 1) / size
    return F.relu(x - threshold)


ACTIVATIONS = {
    "linear": lambda x: x, "relu": F.relu, "leaky-relu": lambda x: F.leaky_relu(x, 0.2), "relu6": F.relu6,
    "elu": F.elu, "selu": F.selu, "gelu": F.gelu, "glu": F.glu, "silu": F.silu, "hard-silu": F.hardswish,
    "mish": F.mish, "softplus": lambda x: F.softplus(x, threshold=700), "softsign": F.softsign,
    "soft-shrink": F.softshrink,
    "hard-shrink": F.hardshrink, "tanh-shrink": F.tanhshrink, "tanh": torch.tanh, "hard-tanh": F.hardtanh,
    "sigmoid": torch.sigmoid, # PyTorch keeps a sixth as a float in the derivative.
    "hard-sigmoid": lambda x: (x + 3).clamp(0, 6) / 6, "log-sigmoid": F.logsigmoid,
    "exponential": torch.exp, "squareplus": lambda x: (x + (x * x + 4).sqrt()) / 2, "sparsemax": sparsemax,
    "softmax": lambda x: F.softmax(x, -1), "log-softmax": lambda x: F.log_softmax(x, -1),
}


def activation_case(name, function, x, upstream):
    source = x.clone().requires_grad_()
    y = function(source)
    y.backward(upstream[:, :y.shape[1]])
    return {"name": name, "values": y.flatten().tolist(), "gradient": source.grad.flatten().tolist()}


def activation_cases():
    # Wide and narrow ones, none of them at a kink.
    x = torch.cat([uniform(5, 6, scale=9), uniform(8, 6, scale=1.4), uniform(2, 6, scale=30)])
    upstream = uniform(x.shape[0], 6, scale=1)
    return {
        "inputs": x.tolist(), "upstream": upstream.tolist(),
        "cases": [activation_case(name, function, x, upstream) for name, function in ACTIVATIONS.items()],
    }


folder = pathlib.Path(__file__).parent.parent / "NeuralNetworksTests/Fixtures"
folder.mkdir(exist_ok=True)
(folder / "losses.json").write_text("[" + ",\n".join(json.dumps(case) for case in loss_cases()) + "]\n")
(folder / "activations.json").write_text(json.dumps(activation_cases()) + "\n")
