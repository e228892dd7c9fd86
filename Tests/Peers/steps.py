"""Times one optimizer step of networks in PyTorch on one thread: forward, backward, Adam.

Reads a JSON list of cases {kind, widths, activation, batch, isClassifier} and prints the microseconds of each as a JSON list.
The benchmark program calls it with the cases that it measures itself: swift run -c release Benchmarks PYTHON
"""
import json
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


def microseconds(case):
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

    for _ in range(30):
        step()
    best = float("inf")
    for _ in range(12):
        start = time.perf_counter()
        for _ in range(40):
            step()
        best = min(best, (time.perf_counter() - start) / 40)
    return best * 1e6


print(json.dumps([microseconds(case) for case in json.load(sys.stdin)]))
