"""Runs every model of Tests/NeuralNetworksTests/Fixtures/onnx.json with onnxruntime and compares its outputs with ours.

The test "Models in ONNX" checks that the exported bytes are those of the fixture; with LECTERN_WRITE_ONNX_FIXTURE=PATH
in its environment it writes a new one first.

    python3 -m venv /tmp/onnx && /tmp/onnx/bin/pip install onnx onnxruntime numpy
    /tmp/onnx/bin/python Tests/Peers/onnx_check.py
"""
import base64
import json
import pathlib
import sys

import numpy
import onnx
import onnxruntime

path = pathlib.Path(__file__).parent.parent / "NeuralNetworksTests/Fixtures/onnx.json"
cases = json.loads(path.read_text())
worst = 0.0
failures = 0
for case in cases:
    model = base64.b64decode(case["model"])
    shape = case["shape"]
    inputs = numpy.array(case["inputs"], dtype=numpy.float32).reshape(shape)
    expected = numpy.array(case["outputs"]).reshape(shape[0], -1)
    try:
        onnx.checker.check_model(onnx.load_from_string(model), full_check=True)
        session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
        # A batch and its first sample alone: the number of samples is open.
        found = session.run(None, {"x": inputs})[0]
        one = session.run(None, {"x": inputs[:1]})[0]
        assert found.shape == expected.shape, f"shape {found.shape}, not {expected.shape}"
        size = max(1.0, float(numpy.abs(expected).max()))
        error = max(float(numpy.abs(found - expected).max()), float(numpy.abs(one - expected[:1]).max())) / size
        worst = max(worst, error)
        assert error <= 1e-5, f"differs by {error:.1e}"
    except Exception as problem:
        failures += 1
        print(f"{case['name']}: {problem}")
print(f"{len(cases)} models, {failures} failures, largest difference {worst:.1e}")
sys.exit(failures > 0)
