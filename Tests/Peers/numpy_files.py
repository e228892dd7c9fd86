"""Writes Tests/DatasetsTests/Fixtures/arrays.npz and pair.npz: arrays of every type, order and version by NumPy; table.csv.gz beside
them has two members.

Run with a Python that has numpy: python Tests/Peers/numpy_files.py
"""
import gzip
import io
import pathlib
import zipfile

import numpy

folder = pathlib.Path(__file__).parent.parent / "DatasetsTests/Fixtures"
types = ["f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"]
values = numpy.arange(24).reshape(2, 3, 4)
time = (1980, 1, 1, 0, 0, 0)


def content(array, version=None):
    file = io.BytesIO()
    numpy.lib.format.write_array(file, array, version=version)
    return file.getvalue()


arrays = {}
for letter in types:
    for name, mark in (("little", "<"), ("big", ">")):
        typed = values.astype(mark + letter)
        arrays[f"{letter}-{name}-rows"] = content(numpy.ascontiguousarray(typed))
        arrays[f"{letter}-{name}-columns"] = content(numpy.asfortranarray(typed))
for major in (1, 2, 3):
    arrays[f"version-{major}"] = content(values.astype("<f8"), (major, 0))
arrays["scalar"] = content(numpy.array(2.5))
arrays["odd"] = content(numpy.array([numpy.nan, numpy.inf, -0.0, 5e-324, 1 / 3]))
arrays["complex"] = content(numpy.array([1j]))
arrays["text"] = content(numpy.array(["a"]))
arrays["records"] = content(numpy.array([(1, 2.0)], dtype=[("a", "<i4"), ("b", "<f8")]))
with zipfile.ZipFile(folder / "arrays.npz", "w") as archive:
    for index, (name, data) in enumerate(arrays.items()):
        method = zipfile.ZIP_DEFLATED if index % 2 else zipfile.ZIP_STORED
        archive.writestr(zipfile.ZipInfo(f"{name}.npy", time), data, compress_type=method)
numpy.savez(folder / "pair.npz", X=numpy.arange(48.0).reshape(3, 4, 4), y=numpy.array([3, 0, 3]))
members = [gzip.compress(text, mtime=0) for text in (b"a,b\n1,x\n", b"2,y\n" * 1000)]
(folder / "table.csv.gz").write_bytes(b"".join(members))
