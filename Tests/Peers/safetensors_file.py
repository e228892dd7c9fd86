"""Writes a small file with the safetensors package, and reads one that Lectern wrote.

    python safetensors_file.py write ../NeuralNetworksTests/Fixtures/peer.safetensors
    python safetensors_file.py read FILE
"""
import sys

import numpy
from safetensors.numpy import load_file, save_file

if sys.argv[1] == "write":
    save_file(
        {
            "weight": numpy.arange(6, dtype=numpy.float32).reshape(2, 3) / 4,
            "bias": numpy.array([0.1, -2.5e-300], dtype=numpy.float64),
            "nothing": numpy.zeros((0, 4), dtype=numpy.float32),
        },
        sys.argv[2], metadata={"writer": "safetensors"})
else:
    for name, values in sorted(load_file(sys.argv[2]).items()):
        print(name, values.dtype, values.shape, values.ravel().tolist())
