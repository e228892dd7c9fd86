"""Writes Tests/NeuralNetworksTests/Fixtures/layers.json: PyTorch's outputs, gradients and trainings of networks of
every layer, in double from given weights.

Parameters are leaves in our layout (images height × width × channels, filters × height × width × channels, gates
z, r, n of a GRU), which the forward passes bring into PyTorch's; so gradients come out in our layout too. A case has
the blocks of parameters in the order of ours, states behind gains where a layer has them.

Run with a Python that has torch: python Tests/Peers/layers.py
"""
import json
import math
import pathlib

import torch
import torch.nn.functional as F
from torch.func import functional_call

torch.set_default_dtype(torch.float64)
torch.manual_seed(11)


def block(*shape, scale=0.6):
    # Few digits keep the file small and change nothing else.
    return torch.round((torch.rand(*shape) * 2 - 1) * scale, decimals=5)


def dense(inputs, outputs, activation=None, bias=True):
    def forward(p, x):
        y = F.linear(x, p[0], p[1] if bias else None)
        return activation(y) if activation else y
    return [block(outputs, inputs)] + ([block(outputs)] if bias else []), forward


def flatten():
    return [], lambda p, x: x.flatten(1)


def last_axis_first(x):
    """Channels last to channels first."""
    return x.movedim(-1, 1)


def margins(size, kernel, stride, dilation=1):
    """Keras' border for `same`: what cannot be even stands behind."""
    windows = -(-size // stride)
    total = max((windows - 1) * stride + dilation * (kernel - 1) + 1 - size, 0)
    return total // 2, total - total // 2


def bordered(x, kernel, stride, dilation, same, value=0.0):
    """Channels first, with the border of `same`."""
    if not same:
        return x
    pads = []
    for axis in reversed(range(len(kernel))):
        pads += margins(x.shape[2 + axis], kernel[axis], stride[axis], dilation[axis])
    return F.pad(x, pads, value=value)


def convolution(channels, filters, kernel, stride=(1, 1), dilation=(1, 1), same=False, activation=None, bias=True):
    rank = len(kernel)
    apply = F.conv2d if rank == 2 else F.conv1d

    def forward(p, x):
        image = bordered(last_axis_first(x), kernel, stride, dilation, same)
        y = apply(image, last_axis_first(p[0]), p[1] if bias else None, stride=stride, dilation=dilation)
        y = y.movedim(1, -1)
        return activation(y) if activation else y
    return [block(filters, *kernel, channels)] + ([block(filters)] if bias else []), forward


def max_pool(kernel, stride, same=False):
    apply = F.max_pool2d if len(kernel) == 2 else F.max_pool1d

    def forward(p, x):
        image = bordered(last_axis_first(x), kernel, stride, (1, 1), same, -math.inf)
        return apply(image, kernel, stride).movedim(1, -1)
    return [], forward


def average_pool(kernel, stride, same=False):
    """Means over what lies inside of the border."""
    apply = F.avg_pool2d if len(kernel) == 2 else F.avg_pool1d

    def forward(p, x):
        image = last_axis_first(x)
        sums = apply(bordered(image, kernel, stride, (1, 1), same), kernel, stride)
        share = apply(bordered(torch.ones_like(image), kernel, stride, (1, 1), same), kernel, stride)
        return (sums / share).movedim(1, -1)
    return [], forward


def global_pool(kind):
    def forward(p, x):
        axes = tuple(range(1, x.dim() - 1))
        return x.amax(axes) if kind == "max" else x.mean(axes)
    return [], forward


class BatchNorm:
    """Batch statistics in training; running means of the mean and of the variance divided by the count, of which
    `momentum` is kept, as in Keras. PyTorch keeps the variance divided by the count less one: F.batch_norm computes
    the outputs, the running statistics are its formula with the other count."""

    def __init__(self, features, momentum):
        self.momentum = momentum
        self.parameters = [1 + block(features), block(features)]
        self.states = [torch.zeros(features), torch.ones(features)]

    def __call__(self, p, x):
        images = last_axis_first(x)
        if not self.training:
            return F.batch_norm(images, *self.states, p[0], p[1], training=False, eps=1e-3).movedim(1, -1)
        axes = tuple(range(x.dim() - 1))
        fresh = [x.mean(axes), x.var(axes, unbiased=False)]
        if self.keeps:
            self.states = [
                self.momentum * old + (1 - self.momentum) * new.detach() for old, new in zip(self.states, fresh)]
        return F.batch_norm(images, None, None, p[0], p[1], training=True, eps=1e-3).movedim(1, -1)

    training = True
    keeps = False


def layer_norm(features):
    return [1 + block(features), block(features)], lambda p, x: F.layer_norm(x, (features,), p[0], p[1], 1e-3)


def simple_recurrent(features, units, sequences=False):
    module = torch.nn.RNN(features, units, batch_first=True)

    def forward(p, x):
        y, _ = functional_call(module, {
            "weight_ih_l0": p[0], "weight_hh_l0": p[1], "bias_ih_l0": p[2], "bias_hh_l0": torch.zeros(units)}, x)
        return y if sequences else y[:, -1]
    return [block(units, features), block(units, units), block(units)], forward


def lstm(features, units, sequences=False):
    """Both have the gates i, f, g, o; ours has one bias."""
    module = torch.nn.LSTM(features, units, batch_first=True)

    def forward(p, x):
        y, _ = functional_call(module, {
            "weight_ih_l0": p[0], "weight_hh_l0": p[1], "bias_ih_l0": p[2],
            "bias_hh_l0": torch.zeros(4 * units)}, x)
        return y if sequences else y[:, -1]
    return [block(4 * units, features), block(4 * units, units), block(4 * units)], forward


def bidirectional_lstm(features, units, sequences):
    module = torch.nn.LSTM(features, units, batch_first=True, bidirectional=True)

    def forward(p, x):
        names = {}
        for direction, first in (("", 0), ("_reverse", 3)):
            names |= {
                "weight_ih_l0" + direction: p[first], "weight_hh_l0" + direction: p[first + 1],
                "bias_ih_l0" + direction: p[first + 2], "bias_hh_l0" + direction: torch.zeros(4 * units)}
        y, (last, _) = functional_call(module, names, x)
        return y if sequences else torch.cat([last[0], last[1]], -1)
    one = [(4 * units, features), (4 * units, units), (4 * units,)]
    return [block(*shape) for shape in one + one], forward


def gru(features, units, sequences=False):
    """Ours has the gates z, r, n; PyTorch r, z, n."""
    module = torch.nn.GRU(features, units, batch_first=True)

    def reordered(value):
        z, r, n = value.split(units)
        return torch.cat([r, z, n])

    def forward(p, x):
        y, _ = functional_call(module, {
            "weight_ih_l0": reordered(p[0]), "weight_hh_l0": reordered(p[1]), "bias_ih_l0": reordered(p[2]),
            "bias_hh_l0": reordered(p[3])}, x)
        return y if sequences else y[:, -1]
    return [block(3 * units, features), block(3 * units, units), block(3 * units), block(3 * units)], forward


def embedding(vocabulary, units):
    return [block(vocabulary, units)], lambda p, x: F.embedding(x.long(), p[0])


def attention(features, heads, causal):
    module = torch.nn.MultiheadAttention(features, heads, batch_first=True)

    def forward(p, x):
        mask = torch.nn.Transformer.generate_square_subsequent_mask(x.shape[1]) if causal else None
        y, _ = functional_call(module, {
            "in_proj_weight": torch.cat([p[0], p[2], p[4]]), "in_proj_bias": torch.cat([p[1], p[3], p[5]]),
            "out_proj.weight": p[6], "out_proj.bias": p[7]}, (x, x, x), {"attn_mask": mask, "need_weights": False})
        return y
    return [block(features, features) if i % 2 == 0 else block(features) for i in range(8)], forward


def sequence(*layers):
    """Layers one behind the other."""
    def forward(p, x):
        first = 0
        for parameters, layer in layers:
            x = layer(p[first:first + len(parameters)], x)
            first += len(parameters)
        return x
    return [p for parameters, _ in layers for p in parameters], forward


def residual(*layers):
    parameters, inner = sequence(*layers)
    return parameters, lambda p, x: x + inner(p, x)


def concatenation(*branches):
    def forward(p, x):
        parts, first = [], 0
        for parameters, branch in branches:
            parts.append(branch(p[first:first + len(parameters)], x))
            first += len(parameters)
        return torch.cat(parts, -1)
    return [p for parameters, _ in branches for p in parameters], forward


def case(name, shape, network, count=11, inputs=None, norm=None):
    parameters, forward = network
    x = block(count, *shape, scale=1.5) if inputs is None else inputs
    takes_numbers = inputs is not None
    outputs = forward(parameters, x).shape[1]
    target = block(count, outputs, scale=1)

    def numbers(values):
        return [value.detach().flatten().tolist() for value in values]

    def step(p):
        return F.mse_loss(forward(p, x), target)

    start = [p.clone().requires_grad_() for p in parameters]
    source = x.clone().requires_grad_(not takes_numbers)
    y = forward(start, source)
    loss = F.mse_loss(y, target)
    loss.backward()
    result = {
        "name": name, "shape": list(shape), "count": count, "inputs": x.flatten().tolist(),
        "targets": target.flatten().tolist(), "parameters": numbers(parameters), "outputs": y.flatten().tolist(),
        "gradients": numbers([p.grad for p in start]),
        "inputGradient": None if takes_numbers else source.grad.flatten().tolist(),
    }
    optimizers = {"sgd": lambda p: torch.optim.SGD(p, lr=0.1), "adam": lambda p: torch.optim.Adam(p, lr=0.02)}
    for kind, make in optimizers.items():
        if norm:
            norm.states, norm.keeps = [torch.zeros_like(norm.states[0]), torch.ones_like(norm.states[1])], True
        trained = [p.clone().requires_grad_() for p in parameters]
        optimizer = make(trained)
        losses = []
        for _ in range(10):
            optimizer.zero_grad()
            value = step(trained)
            value.backward()
            optimizer.step()
            losses.append(value.item())
        if norm:
            norm.training, norm.keeps = False, False
            result["states"] = numbers(norm.states)
        result[kind] = {"losses": losses, "predictions": forward(trained, x).flatten().tolist()}
        if norm:
            norm.training = True
    return result


def batch_norm_case(name, shape, layers_before, features, momentum):
    norm = BatchNorm(features, momentum)
    layers = layers_before + [(norm.parameters, norm), flatten()]
    rest = torch.zeros(2, *shape)
    parameters, forward = sequence(*layers)
    width = forward(parameters, rest).shape[1]
    return case(name, shape, sequence(*layers, dense(width, 2)), norm=norm)


relu, tanh = F.relu, torch.tanh
image, steps = (6, 5, 2), (5, 3)
tokens = torch.randint(0, 5, (11, 4)).double()
cases = [
    case("mlp", (4,), sequence(dense(4, 7, tanh), dense(7, 5, relu), dense(5, 3))),
    case("positions", steps, sequence(dense(3, 4, tanh), flatten(), dense(20, 2))),
    case("conv2d valid", image, sequence(
        convolution(2, 3, (3, 2), stride=(2, 1), activation=relu), flatten(), dense(24, 2))),
    case("conv2d same", image, sequence(
        convolution(2, 3, (3, 2), same=True, activation=tanh), flatten(), dense(90, 2)), count=6),
    case("conv2d same strided", image, sequence(
        convolution(2, 3, (3, 4), stride=(2, 3), same=True), flatten(), dense(18, 2))),
    case("conv2d dilated", image, sequence(
        convolution(2, 2, (2, 2), dilation=(3, 2), same=False), flatten(), dense(18, 2))),
    case("conv2d dilated same", image, sequence(
        convolution(2, 2, (3, 2), dilation=(2, 3), same=True), flatten(), dense(60, 2)), count=6),
    case("max-pool2d", image, sequence(max_pool((2, 2), (2, 2)), flatten(), dense(12, 2))),
    case("max-pool2d same", image, sequence(max_pool((3, 2), (1, 2), same=True), flatten(), dense(36, 2))),
    case("average-pool2d", image, sequence(average_pool((3, 2), (2, 1)), flatten(), dense(16, 2))),
    case("average-pool2d same", image, sequence(average_pool((3, 3), (2, 2), same=True), flatten(), dense(18, 2))),
    case("cnn", (9, 8, 1), sequence(
        convolution(1, 4, (3, 3), same=True, activation=relu), max_pool((2, 2), (2, 2)),
        convolution(4, 5, (2, 2), activation=relu), average_pool((2, 2), (1, 1)), flatten(),
        dense(20, 6, tanh), dense(6, 3))),
    case("conv1d", (9, 3), sequence(
        convolution(3, 4, (3,), stride=(2,), dilation=(1,), same=True, activation=tanh), max_pool((2,), (2,)),
        flatten(), dense(8, 2))),
    case("conv1d dilated", (9, 3), sequence(
        convolution(3, 4, (3,), stride=(1,), dilation=(2,), same=True, activation=relu),
        average_pool((3,), (2,), same=True), global_pool("average"), dense(4, 2))),
    case("global-max-pool", image, sequence(
        convolution(2, 4, (2, 2), activation=tanh), global_pool("max"), dense(4, 2))),
    # A bias before it changes nothing: its derivative would be rounding, which Adam makes a step of.
    batch_norm_case("batch-norm", (4,), [dense(4, 5, bias=False)], 5, 0.99),
    batch_norm_case("batch-norm of images", image, [convolution(2, 3, (2, 2), bias=False)], 3, 0.7),
    case("layer-norm", steps, sequence(dense(3, 4), layer_norm(4), flatten(), dense(20, 2))),
    case("simple-rnn", steps, sequence(simple_recurrent(3, 4), dense(4, 2))),
    case("lstm", steps, sequence(lstm(3, 4), dense(4, 2))),
    case("lstm stacked", steps, sequence(lstm(3, 4, True), lstm(4, 3), dense(3, 2))),
    case("lstm bidirectional", steps, sequence(bidirectional_lstm(3, 3, False), dense(6, 2))),
    case("lstm bidirectional sequences", steps, sequence(
        bidirectional_lstm(3, 3, True), flatten(), dense(30, 2))),
    case("gru", steps, sequence(gru(3, 4), dense(4, 2))),
    case("gru stacked", steps, sequence(gru(3, 4, True), gru(4, 3), dense(3, 2))),
    case("embedding", (4,), sequence(embedding(5, 3), flatten(), dense(12, 2)), inputs=tokens),
    case("attention", (5, 6), sequence(attention(6, 2, False), flatten(), dense(30, 2)), count=6),
    case("attention causal", (5, 6), sequence(attention(6, 3, True), flatten(), dense(30, 2)), count=6),
    case("residual", (4,), sequence(residual(dense(4, 4, tanh), layer_norm(4)), dense(4, 2))),
    case("concat", steps, sequence(
        concatenation(dense(3, 2, tanh), ([], lambda p, x: x), simple_recurrent(3, 2, True)), flatten(),
        dense(35, 2))),
]
path = pathlib.Path(__file__).parent.parent / "NeuralNetworksTests/Fixtures/layers.json"
path.parent.mkdir(exist_ok=True)
path.write_text("[" + ",\n".join(json.dumps(case) for case in cases) + "]\n")
