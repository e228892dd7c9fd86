"""Times products of float32 matrices by numpy's OpenBLAS on one thread, into memory that is there already.

Reads a JSON request a line, {outputs, inputs, columns}, and answers each with a line: the microseconds of the product.
OpenBLAS chooses its kernels by the processor's model and may not know a new one: where there is AVX-512, its kernels
for that are measured too, and the shorter time counts. The benchmark program calls this in turn with its own.
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
    steps = max(1, 50_000_000 // (m * k * n))
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        for _ in range(steps):
            numpy.matmul(a, b, out=result)
        best = min(best, (time.perf_counter() - start) / steps)
    return best * 1e6


if len(sys.argv) > 1:
    for line in sys.stdin:
        print(microseconds(json.loads(line)), flush=True)
    sys.exit()
with open("/proc/cpuinfo") as file:
    kernels = [{}, {"OPENBLAS_CORETYPE": "SkylakeX"}] if "avx512dq" in file.read() else [{}]
children = [
    subprocess.Popen(
        [sys.executable, __file__, "measure"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", **chosen})
    for chosen in kernels]
for line in sys.stdin:
    times = []
    for child in children:
        child.stdin.write(line)
        child.stdin.flush()
        times.append(float(child.stdout.readline()))
    print(min(times), flush=True)
