"""Times one optimizer step of networks in PyTorch, and in Keras on its torch backend, on one thread: forward, backward, Adam.

Reads a JSON request a line, {framework: torch | keras, network: {kind, widths, activation, batch, isClassifier}}, and
answers each with a line: the microseconds of a step, or null if the framework is not there. The benchmark program sends
the cases that it measures itself, in turn with its own: make benchmarks
"""
import json
import os
import sys
import time

import torch

torch.set_num_threads(1)


class Recurrent(torch.nn.Module):
    """The last state of a recurrent layer, and a dense layer behind it."""

    def __init__(self, kind, units, features):
        super().__init__()
        layer = {"lstm": torch.nn.LSTM, "rnn": torch.nn.RNN, "gru": torch.nn.GRU}[kind]
        self.layer = layer(features, units, batch_first=True)
        self.head = torch.nn.Linear(units, 1)

    def forward(self, x):
        return self.head(self.layer(x)[0][:, -1])


def network(case):
    widths = case["widths"]
    if case["kind"] == "lenet":
        model = torch.nn.Sequential(
            torch.nn.Conv2d(1, 6, 5), torch.nn.ReLU(), torch.nn.MaxPool2d(2), torch.nn.Conv2d(6, 16, 5),
            torch.nn.ReLU(), torch.nn.MaxPool2d(2), torch.nn.Flatten(), torch.nn.Linear(256, 120),
            torch.nn.ReLU(), torch.nn.Linear(120, 84), torch.nn.ReLU(), torch.nn.Linear(84, 10))
        return model, (1, 28, 28), 10
    if case["kind"] != "dense":
        units, steps, features = widths
        return Recurrent(case["kind"], units, features), (steps, features), 1
    layers = []
    for index, (inputs, outputs) in enumerate(zip(widths, widths[1:])):
        layers.append(torch.nn.Linear(inputs, outputs))
        if index < len(widths) - 2:
            layers.append(torch.nn.Tanh() if case["activation"] == "tanh" else torch.nn.ReLU())
    return torch.nn.Sequential(*layers), (widths[0],), widths[-1]


def torch_step(case):
    batch = case["batch"]
    model, shape, outputs = network(case)
    optimizer = torch.optim.Adam(model.parameters())
    x = torch.rand(batch, *shape)
    if case["isClassifier"]:
        target, loss = torch.randint(outputs, (batch,)), torch.nn.CrossEntropyLoss()
    else:
        target, loss = torch.rand(batch, outputs), torch.nn.MSELoss()

    def step():
        optimizer.zero_grad()
        loss(model(x), target).backward()
        optimizer.step()

    return step


def keras_step(case):
    os.environ["KERAS_BACKEND"] = "torch"
    import keras
    import numpy

    layers, batch = keras.layers, case["batch"]
    widths, outputs = case["widths"], 1
    if case["kind"] == "lenet":
        shape, outputs = (28, 28, 1), 10
        stack = [
            layers.Conv2D(6, 5, activation="relu"), layers.MaxPooling2D(),
            layers.Conv2D(16, 5, activation="relu"), layers.MaxPooling2D(), layers.Flatten(),
            layers.Dense(120, activation="relu"), layers.Dense(84, activation="relu"), layers.Dense(10)]
    elif case["kind"] == "dense":
        shape, outputs = (widths[0],), widths[-1]
        stack = [layers.Dense(width, activation=case["activation"]) for width in widths[1:-1]]
        stack.append(layers.Dense(outputs))
    else:
        shape = tuple(widths[1:])
        layer = {"lstm": layers.LSTM, "rnn": layers.SimpleRNN, "gru": layers.GRU}[case["kind"]]
        stack = [layer(widths[0]), layers.Dense(1)]
    model = keras.Sequential([keras.Input(shape), *stack])
    loss = "mse"
    target = numpy.random.rand(batch, outputs).astype("float32")
    if case["isClassifier"]:
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        target = numpy.random.randint(outputs, size=batch)
    model.compile(optimizer="adam", loss=loss)
    x = numpy.random.rand(batch, *shape).astype("float32")
    return lambda: model.train_on_batch(x, target)


def best_time(step, count):
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        for _ in range(count):
            step()
        best = min(best, (time.perf_counter() - start) / count)
    return best * 1e6


steps = {}
for line in sys.stdin:
    request = json.loads(line)
    if line not in steps:
        try:
            steps[line] = {"torch": torch_step, "keras": keras_step}[request["framework"]](request["network"])
            for _ in range(10):
                steps[line]()
        except ImportError:
            steps[line] = None
    step = steps[line]
    print(json.dumps(step and best_time(step, 30 if request["framework"] == "torch" else 5)), flush=True)
