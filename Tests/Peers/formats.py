"""Writes Tests/ComponentsTests/Fixtures/formats.json: numbers with decimals and significant digits by Python.

Run with any Python: python3 Tests/Peers/formats.py
"""
import json
import math
import pathlib
import random

random.seed(2)
values = [0.0, 0.5, 1.5, 2.5, 0.125, 1.005, 1.115, 0.285, 0.145, 2.675, 9.995, 99.95, 0.9996, 1e-5, 123456.789, 1 / 3]
values += [random.uniform(-1000, 1000) for _ in range(60)] + [round(random.uniform(0, 10), 3) for _ in range(60)]
decimals = [[v, d, f"{v:.{d}f}"] for v in values for d in (0, 1, 2, 3, 6, 15)]
# Numbers that only round to zero lose their sign in reports.
decimals = [[v, d, t.lstrip("-") if float(t) == 0 else t] for v, d, t in decimals]


def significant(value, digits):
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    exponent = int(exponent)
    if exponent < -5 or exponent >= max(digits, 6):
        return f"{mantissa}e{exponent}"
    return f"{float(f'{value:.{digits - 1}e}'):.{max(digits - 1 - exponent, 0)}f}"


wide = [random.choice([-1, 1]) * 10 ** random.uniform(-30, 20) for _ in range(80)]
wide += [0.9996, 9.9996, 999.6, 0.00099996, 9.9996e-7, 999999.7, 5e-324, 3.2e-310, 1e300, 1.7e308, 1e-5, 1e22]
result = {
    "decimals": decimals,
    "significant": [[v, d, significant(v, d)] for v in wide for d in (1, 2, 3, 6)],
}
path = pathlib.Path(__file__).parent.parent / "ComponentsTests/Fixtures/formats.json"
path.parent.mkdir(exist_ok=True)
path.write_text(json.dumps(result) + "\n")
