"""Times one optimizer step of dense networks in PyTorch on one thread: forward, backward, Adam.

Reads a JSON list of cases {widths, activation, batch, isClassifier} and prints the microseconds of each as a JSON list.
The benchmark program calls it with the cases that it measures itself: swift run -c release Benchmarks PYTHON
"""
import json
import sys
import time

import torch

torch.set_num_threads(1)


def microseconds(case):
    widths, batch = case["widths"], case["batch"]
    layers = []
    for index, (inputs, outputs) in enumerate(zip(widths, widths[1:])):
        layers.append(torch.nn.Linear(inputs, outputs))
        if index < len(widths) - 2:
            layers.append(torch.nn.Tanh() if case["activation"] == "tanh" else torch.nn.ReLU())
    model = torch.nn.Sequential(*layers)
    optimizer = torch.optim.Adam(model.parameters())
    x = torch.rand(batch, widths[0])
    if case["isClassifier"]:
        target, loss = torch.randint(widths[-1], (batch,)), torch.nn.CrossEntropyLoss()
    else:
        target, loss = torch.rand(batch, widths[-1]), torch.nn.MSELoss()

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
