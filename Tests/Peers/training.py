"""Writes Tests/NeuralNetworksTests/Fixtures/training.json: losses of PyTorch trainings in double from given weights.

Run with a Python that has torch: python Tests/Peers/training.py
"""
import json
import pathlib

import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(3)


class KerasAdam:
    """Adam by Keras' rule: epsilon is added to the uncorrected root."""

    def __init__(self, parameters, rate):
        self.parameters, self.rate, self.step_count = list(parameters), rate, 0
        self.m = [torch.zeros_like(p) for p in self.parameters]
        self.v = [torch.zeros_like(p) for p in self.parameters]

    def step(self):
        self.step_count += 1
        t = self.step_count
        alpha = self.rate * (1 - 0.999**t) ** 0.5 / (1 - 0.9**t)
        with torch.no_grad():
            for p, m, v in zip(self.parameters, self.m, self.v):
                m.mul_(0.9).add_(p.grad, alpha=0.1)
                v.mul_(0.999).addcmul_(p.grad, p.grad, value=1 - 0.999)
                p.sub_(alpha * m / (v.sqrt() + 1e-7))


def case(name, sizes, activation, loss_name, optimizer_name, batch):
    count = 22
    x = torch.rand(count, sizes[0]) * 2 - 1
    if loss_name == "mse":
        target = torch.rand(count, sizes[-1])
        loss = torch.nn.MSELoss()
    else:
        target = torch.randint(0, sizes[-1], (count,))
        loss = torch.nn.CrossEntropyLoss()
    layers = []
    for index, (inputs, outputs) in enumerate(zip(sizes, sizes[1:])):
        layers.append(torch.nn.Linear(inputs, outputs))
        torch.nn.init.zeros_(layers[-1].bias)
        if index < len(sizes) - 2:
            layers.append(getattr(torch.nn, activation)())
    network = torch.nn.Sequential(*layers)
    # Weights only: biases begin at zero.
    weights = [p.detach().flatten().tolist() for p in network.parameters() if p.dim() == 2]
    if optimizer_name == "sgd":
        optimizer = torch.optim.SGD(network.parameters(), lr=0.1)
    elif optimizer_name == "momentum":
        optimizer = torch.optim.SGD(network.parameters(), lr=0.05, momentum=0.9)
    elif optimizer_name == "nesterov":
        optimizer = torch.optim.SGD(network.parameters(), lr=0.05, momentum=0.9, nesterov=True)
    else:
        optimizer = KerasAdam(network.parameters(), 0.01)
    losses = []
    for _ in range(6):
        epoch = []
        for first in range(0, count, batch):
            network.zero_grad()
            value = loss(network(x[first:first + batch]), target[first:first + batch])
            value.backward()
            optimizer.step()
            epoch.append(value.item())
        losses.append(sum(epoch) / len(epoch))
    return {
        "name": name, "sizes": sizes, "activation": activation.lower(), "loss": loss_name,
        "optimizer": optimizer_name, "batch": batch, "inputs": x.flatten().tolist(),
        "targets": target.flatten().tolist(), "weights": weights, "losses": losses,
        "outputs": network(x).flatten().tolist(),
    }


cases = [
    case("squares by gradient descent", [2, 5, 1], "Tanh", "mse", "sgd", 22),
    case("two outputs in short batches", [3, 4, 2], "Sigmoid", "mse", "momentum", 8),
    case("classes with Nesterov's momentum", [2, 6, 3], "ReLU", "cross-entropy", "nesterov", 5),
    case("classes by Adam", [4, 5, 3, 3], "Tanh", "cross-entropy", "adam", 10),
]
path = pathlib.Path(__file__).parent.parent / "NeuralNetworksTests/Fixtures/training.json"
path.parent.mkdir(exist_ok=True)
path.write_text(json.dumps(cases) + "\n")
