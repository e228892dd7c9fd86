"""Times products of float32 matrices by numpy's OpenBLAS on one thread, into memory that is there already.

Reads a JSON list of sizes {outputs, inputs, columns} and prints the microseconds of each as a JSON list. OpenBLAS
chooses its kernels by the processor's model and may not know a new one: where there is AVX-512, its kernels for that
are measured too, and the shorter time counts. The benchmark program calls this: swift run -c release Benchmarks PYTHON
"""
import json
import os
import subprocess
import sys
import time


def microseconds(size):
    import numpy

    random = numpy.random.default_rng(2)
    m, k, n = size["outputs"], size["inputs"], size["columns"]
    a, b = (random.uniform(-1, 1, shape).astype(numpy.float32) for shape in ((m, k), (k, n)))
    result = numpy.empty((m, n), numpy.float32)
    steps = max(1, 20_000_000 // (m * k * n))
    best = float("inf")
    for _ in range(12):
        start = time.perf_counter()
        for _ in range(steps):
            numpy.matmul(a, b, out=result)
        best = min(best, (time.perf_counter() - start) / steps)
    return best * 1e6


if len(sys.argv) > 1:
    print(json.dumps([microseconds(size) for size in json.load(sys.stdin)]))
    sys.exit()
sizes = sys.stdin.read()
with open("/proc/cpuinfo") as file:
    kernels = [{}, {"OPENBLAS_CORETYPE": "SkylakeX"}] if "avx512dq" in file.read() else [{}]
times = [
    json.loads(subprocess.run(
        [sys.executable, __file__, "measure"], input=sizes, capture_output=True, check=True, text=True,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", **chosen}).stdout)
    for chosen in kernels]
print(json.dumps([min(column) for column in zip(*times)]))
