"""Writes Sources/Search/Samplers/SobolDirections.swift, the first rows of the table of Joe and Kuo as SciPy has them, and
Tests/SearchTests/Fixtures/even-points.json: SciPy's points of Sobol and Halton without scrambling.

Run with a Python that has scipy: python Tests/Peers/even_points.py
"""
import json
import pathlib

import numpy as np
import scipy.stats
from scipy.stats import qmc

COUNT = 64
root = pathlib.Path(__file__).parents[2]
table = np.load(pathlib.Path(scipy.stats.__file__).parent / "_sobol_direction_numbers.npz")
lines = []
for polynomial, numbers in zip(table["poly"][1:COUNT], table["vinit"][1:COUNT]):
    degree = int(polynomial).bit_length() - 1
    row = [int(polynomial)] + [int(number) for number in numbers[:degree]]
    lines.append("    [" + ", ".join(map(str, row)) + "],")
(root / "Sources/Search/Samplers/SobolDirections.swift").write_text("""\
/// Where Sobol's points come from: primitive polynomials and first direction numbers, found so that all pairs of axes are
/// filled evenly (Joe and Kuo, Constructing Sobol sequences with better two-dimensional projections, 2008).
enum SobolDirections {
  /// For each axis behind the first, whose points are those of van der Corput: the bits of the polynomial, then the first
  /// odd numbers, as many as its degree.
  static let table: [[UInt32]] = [
""" + "\n".join(lines) + "\n  ]\n}\n")
fixture = {
    "sobol": qmc.Sobol(COUNT, scramble=False).random(16).tolist(),
    "halton": qmc.Halton(12, scramble=False).random(30).tolist(),
}
(root / "Tests/SearchTests/Fixtures/even-points.json").write_text(json.dumps(fixture, separators=(",", ":")) + "\n")
