"""Writes Tests/KernelsTests/Fixtures/elementary.json: elementary functions in 60 digits by mpmath, rounded to double.

Run with any Python that has mpmath: python3 Tests/Peers/elementary.py
"""
import json
import pathlib
import random
import struct

import mpmath

mpmath.mp.dps = 60
random.seed(20240611)


def single(x):
    return struct.unpack("f", struct.pack("f", x))[0]


def spread(low, high, count):
    """Numbers with exponents between those of low and high, of both signs."""
    return [random.choice([-1, 1]) * mpmath.mpf(2) ** random.uniform(low, high) for _ in range(count)]


def sigmoid(x):
    return 1 / (1 + mpmath.exp(-x))


def table(function, points):
    rows = []
    for point in points:
        point = [float(p) for p in point] if isinstance(point, tuple) else [float(point)]
        value = function(*[mpmath.mpf(p) for p in point])
        rows.append(point + [float(value)])
    return rows


def uniform(low, high, count):
    return [random.uniform(low, high) for _ in range(count)]


positive = [abs(x) for x in spread(-1060, 1023, 60)] + uniform(0.5, 2, 60) + [1 + 2.0**-k for k in range(4, 53, 6)]
trained = spread(-40, 4.2, 60) + uniform(-12, 12, 40)
double = {
    "exp": table(mpmath.exp, uniform(-700, 709, 60) + spread(-50, 3, 60) + [-708.3, 709.7]),
    "log": table(mpmath.log, positive),
    "log10": table(mpmath.log10, positive + [10.0**k for k in range(-20, 23)]),
    "log2": table(lambda x: mpmath.log(x, 2), positive + [2.0**k for k in range(-20, 23)]),
    "tanh": table(mpmath.tanh, trained + [19, 21, 300, -400]),
    "sigmoid": table(sigmoid, trained + uniform(-700, 40, 40)),
    "sin": table(mpmath.sin, uniform(-10, 10, 60) + uniform(-1e5, 1e5, 60) + [1e-9, 3.141592653589793, 1e5]),
    "cos": table(mpmath.cos, uniform(-10, 10, 60) + uniform(-1e5, 1e5, 60) + [1e-9, 1.5707963267948966, 1e5]),
    "erf": table(mpmath.erf, uniform(-6.5, 6.5, 80) + spread(-60, 0, 40) + [1, -1, 2, 4, 5.9, 6, 6.1]),
    "erfc": table(mpmath.erfc, uniform(-6, 26.5, 120) + uniform(0.3, 1.1, 40) + [1, 2, 4, 1.999999, 3.999999, 26.5]),
    "pow": table(
        mpmath.power,
        [(abs(float(x)), random.uniform(-3, 3)) for x in spread(-200, 200, 60)]
        + [(random.uniform(0.01, 10), random.uniform(-150, 150)) for _ in range(60)]
        + [(1 + random.uniform(-1e-6, 1e-6), random.uniform(-1e8, 1e8)) for _ in range(20)]
        + [(10.0, k) for k in range(-22, 23)] + [(0.999, 1000.0), (2.0, 0.5), (-3.0, 3.0), (-2.0, -4.0)],
    ),
}


def singles(points):
    return [single(float(p)) for p in points]


small = [abs(x) for x in spread(-140, 127, 100)] + uniform(0.5, 2, 100) + [1 + 2.0**-k for k in range(3, 24, 4)]
narrow = spread(-30, 4.2, 100) + uniform(-10, 10, 100)
float_ = {
    "exp": table(mpmath.exp, singles(uniform(-87, 88.5, 150) + spread(-40, 3, 100))),
    "log": table(mpmath.log, singles(small)),
    "tanh": table(mpmath.tanh, singles(narrow + [9, 11, 40])),
    "sigmoid": table(sigmoid, singles(narrow + uniform(-86, 20, 60))),
    "sin": table(mpmath.sin, singles(uniform(-100, 100, 80))),
    "cos": table(mpmath.cos, singles(uniform(-100, 100, 80))),
    "erf": table(mpmath.erf, singles(uniform(-4, 4, 80))),
    "pow": table(mpmath.power, [(single(abs(float(x))), single(random.uniform(-3, 3))) for x in spread(-30, 30, 80)]),
}

path = pathlib.Path(__file__).parent.parent / "KernelsTests/Fixtures/elementary.json"
path.parent.mkdir(exist_ok=True)


def lines(tables):
    return ",\n".join(
        f'  "{name}": [\n   ' + ",\n   ".join(json.dumps(row) for row in rows) + "]" for name, rows in tables.items())


path.write_text('{"double": {\n' + lines(double) + '\n}, "float": {\n' + lines(float_) + "\n}}\n")
