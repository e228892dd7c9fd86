"""Writes Tests/NeuralNetworksTests/Fixtures/optimizers.json: ten steps of PyTorch's optimizers and of Keras' rules, and
the rates of PyTorch's schedulers, in double.

Run with a Python that has torch: python Tests/Peers/optimizers.py
"""
import json
import math
import pathlib
import warnings

import torch

warnings.filterwarnings("ignore")
torch.set_default_dtype(torch.float64)
torch.manual_seed(11)

COUNT, STEPS = 11, 10
START = torch.randn(COUNT)
GRADIENTS = torch.randn(STEPS, COUNT) * torch.logspace(-3, 1, COUNT)
GRADIENTS[:, 3] = 0
# The rate changes on the way, so that rules which remember it differ from those which do not.
RATE_FACTORS = [1, 1, 1, 0.5, 0.5, 0.5, 2, 2, 0.1, 0.1]


def case(name, arguments, rate, trajectory):
    return {"name": name, "arguments": {k: str(v).lower() for k, v in arguments.items()}, "rate": rate,
            "trajectory": trajectory}


def pytorch(name, kind, arguments, **options):
    parameter = torch.nn.Parameter(START.clone())
    optimizer = kind([parameter], **options)
    rate = optimizer.param_groups[0]["lr"]
    trajectory = []
    for gradient, factor in zip(GRADIENTS, RATE_FACTORS):
        optimizer.param_groups[0]["lr"] = rate * factor
        parameter.grad = gradient.clone()
        optimizer.step()
        trajectory.append(parameter.detach().tolist())
    return case(name, {**arguments, "preset": "pytorch"}, rate, trajectory)


def keras(name, arguments, rate, make_rule):
    """Steps of a rule that is written down below from Keras' documentation and papers."""
    rule = make_rule()
    parameter = START.clone()
    trajectory = []
    for number, (gradient, factor) in enumerate(zip(GRADIENTS, RATE_FACTORS), 1):
        parameter = rule(parameter, gradient, rate * factor, number)
        trajectory.append(parameter.tolist())
    return case(name, arguments, rate, trajectory)


def momentum_rule(m, nesterov):
    v = torch.zeros(COUNT)

    def step(p, g, rate, t):
        nonlocal v
        v = m * v - rate * g
        return p + (m * v - rate * g if nesterov else v)
    return step


def adagrad_rule():
    v = torch.full((COUNT,), 0.1)

    def step(p, g, rate, t):
        nonlocal v
        v = v + g * g
        return p - rate * g / (v + 1e-7).sqrt()
    return step


def adadelta_rule():
    v, u = torch.zeros(COUNT), torch.zeros(COUNT)

    def step(p, g, rate, t):
        nonlocal v, u
        v = 0.95 * v + 0.05 * g * g
        change = -(u + 1e-7).sqrt() * g / (v + 1e-7).sqrt()
        u = 0.95 * u + 0.05 * change * change
        return p + rate * change
    return step


def rmsprop_rule(centered, momentum):
    v, a, b = torch.zeros(COUNT), torch.zeros(COUNT), torch.zeros(COUNT)

    def step(p, g, rate, t):
        nonlocal v, a, b
        v = 0.9 * v + (1 - 0.9) * g * g
        square = v
        if centered:
            a = 0.9 * a + (1 - 0.9) * g
            square = v - a * a
        b = momentum * b + rate * g / (square + 1e-7).sqrt()
        return p - b
    return step


def adam_rule(amsgrad=False, decay=0.0):
    m, v, largest = torch.zeros(COUNT), torch.zeros(COUNT), torch.zeros(COUNT)

    def step(p, g, rate, t):
        nonlocal m, v, largest
        p = p - p * decay * rate
        m = m + (g - m) * (1 - 0.9)
        v = v + (g * g - v) * (1 - 0.999)
        largest = torch.maximum(largest, v)
        alpha = rate * math.sqrt(1 - 0.999**t) / (1 - 0.9**t)
        return p - alpha * m / ((largest if amsgrad else v).sqrt() + 1e-7)
    return step


def nadam_rule():
    m, v, product = torch.zeros(COUNT), torch.zeros(COUNT), 1.0

    def step(p, g, rate, t):
        nonlocal m, v, product
        now, following = (0.9 * (1 - 0.5 * 0.96**n) for n in (t, t + 1))
        product *= now
        m = m + (g - m) * (1 - 0.9)
        v = v + (g * g - v) * (1 - 0.999)
        mean = following * m / (1 - product * following) + (1 - now) * g / (1 - product)
        return p - mean * rate / ((v / (1 - 0.999**t)).sqrt() + 1e-7)
    return step


def adamax_rule():
    m, u = torch.zeros(COUNT), torch.zeros(COUNT)

    def step(p, g, rate, t):
        nonlocal m, u
        m = m + (g - m) * (1 - 0.9)
        u = torch.maximum(0.999 * u, g.abs())
        return p - rate * m / ((1 - 0.9**t) * (u + 1e-7))
    return step


def lion_rule(decay):
    m = torch.zeros(COUNT)

    def step(p, g, rate, t):
        nonlocal m
        p = p - p * decay * rate
        p = p - rate * (m * 0.9 + g * (1 - 0.9)).sign()
        m = m * 0.99 + g * (1 - 0.99)
        return p
    return step


def rates(name, arguments, make_scheduler, base, epochs, steps_per_epoch=1, losses=None, advance=None):
    parameter = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([parameter], lr=base)
    scheduler = make_scheduler(optimizer)
    found = []
    for number in range(epochs * steps_per_epoch):
        found.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if losses is not None:
            scheduler.step(losses[number])
        elif advance is not None:
            scheduler.step(advance(number + 1))
        elif number < epochs * steps_per_epoch - 1:
            scheduler.step()
    return {"name": name, "arguments": {k: str(v) for k, v in arguments.items()}, "base": base,
            "epochs": epochs, "stepsPerEpoch": steps_per_epoch, "rates": found, "losses": losses or []}


def losses_with_plateaus():
    values, level = [], 1.0
    for number in range(60):
        if number < 12 or 25 <= number < 30 or number == 44:
            level *= 0.9
        values.append(level + (0.00005 if number % 2 else 0.0))
    return values


o, s = torch.optim, torch.optim.lr_scheduler
plateau = losses_with_plateaus()
fixture = {
    "start": START.tolist(), "gradients": GRADIENTS.tolist(), "rateFactors": RATE_FACTORS,
    "optimizers": [
        pytorch("sgd", o.SGD, {}),
        pytorch("sgd", o.SGD, {"momentum": 0.9}, momentum=0.9),
        pytorch("sgd", o.SGD, {"momentum": 0.9, "nesterov": True}, momentum=0.9, nesterov=True),
        pytorch("adagrad", o.Adagrad, {}),
        pytorch("adagrad", o.Adagrad, {"initial-accumulator": 0.3}, initial_accumulator_value=0.3),
        pytorch("adadelta", o.Adadelta, {}),
        pytorch("rmsprop", o.RMSprop, {}),
        pytorch("rmsprop", o.RMSprop, {"momentum": 0.8}, momentum=0.8),
        pytorch("rmsprop", o.RMSprop, {"centered": True, "momentum": 0.8}, centered=True, momentum=0.8),
        pytorch("adam", o.Adam, {}),
        pytorch("adam", o.Adam, {"amsgrad": True, "beta2": 0.9}, amsgrad=True, betas=(0.9, 0.9)),
        pytorch("adam", o.Adam, {"epsilon": 0.1}, eps=0.1),
        pytorch("adamw", o.AdamW, {}),
        pytorch("adamw", o.AdamW, {"weight-decay": 0.5, "amsgrad": True}, weight_decay=0.5, amsgrad=True),
        pytorch("nadam", o.NAdam, {}),
        pytorch("nadam", o.NAdam, {"momentum-decay": 0.1}, momentum_decay=0.1),
        pytorch("adamax", o.Adamax, {}),
        pytorch("adamax", o.Adamax, {"epsilon": 0.05}, eps=0.05),
        keras("sgd", {"momentum": 0.9}, 0.01, lambda: momentum_rule(0.9, False)),
        keras("sgd", {"momentum": 0.9, "nesterov": True}, 0.01, lambda: momentum_rule(0.9, True)),
        keras("adagrad", {}, 0.001, adagrad_rule),
        keras("adadelta", {}, 0.001, adadelta_rule),
        keras("rmsprop", {}, 0.001, lambda: rmsprop_rule(False, 0)),
        keras("rmsprop", {"centered": True, "momentum": 0.8}, 0.001, lambda: rmsprop_rule(True, 0.8)),
        keras("adam", {}, 0.001, adam_rule),
        keras("adam", {"amsgrad": True}, 0.001, lambda: adam_rule(True)),
        keras("adamw", {}, 0.001, lambda: adam_rule(decay=0.004)),
        keras("nadam", {}, 0.001, nadam_rule),
        keras("adamax", {}, 0.001, adamax_rule),
        keras("lion", {"weight-decay": 0.2}, 0.001, lambda: lion_rule(0.2)),
    ],
    "schedules": [
        rates("step", {"step-size": 7, "gamma": 0.3}, lambda x: s.StepLR(x, 7, 0.3), 0.2, 40),
        rates("exponential", {"gamma": 0.93}, lambda x: s.ExponentialLR(x, 0.93), 0.2, 40),
        rates("cosine", {"period": 5, "multiplier": 1, "minimum": 0.01},
              lambda x: s.CosineAnnealingWarmRestarts(x, 5, 1, 0.01), 0.2, 12, 4, advance=lambda n: n / 4),
        rates("cosine", {"period": 3, "multiplier": 2}, lambda x: s.CosineAnnealingWarmRestarts(x, 3, 2),
              0.2, 30, 4, advance=lambda n: n / 4),
        rates("one-cycle", {}, lambda x: s.OneCycleLR(x, 0.2, total_steps=120), 0.2, 30, 4),
        rates("one-cycle", {"warm-up": 0.45, "division": 10, "final-division": 50},
              lambda x: s.OneCycleLR(x, 0.2, total_steps=21, pct_start=0.45, div_factor=10,
                                     final_div_factor=50), 0.2, 7, 3),
        # PyTorch waits for one worse epoch more than Keras, and each epoch of its cooldown is without a count.
        rates("reduce-on-plateau", {"factor": 0.5, "patience": 4},
              lambda x: s.ReduceLROnPlateau(x, factor=0.5, patience=3, threshold_mode="abs"),
              0.2, 60, losses=plateau),
        rates("reduce-on-plateau", {"factor": 0.2, "patience": 3, "cooldown": 4, "minimum": 0.001},
              lambda x: s.ReduceLROnPlateau(x, factor=0.2, patience=2, threshold_mode="abs", cooldown=3,
                                            min_lr=0.001), 0.2, 60, losses=plateau),
    ],
}
path = pathlib.Path(__file__).parent.parent / "NeuralNetworksTests/Fixtures/optimizers.json"
path.write_text(json.dumps(fixture) + "\n")
