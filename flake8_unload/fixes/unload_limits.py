"""Which modules no fix removes or imports again. Knows names only, neither order nor edits."""

from __future__ import annotations

import sys

from flake8_unload.lifecycle import File

_EXTENSIONS = frozenset(
    """
    numpy scipy pandas sklearn matplotlib torch tensorflow jax jaxlib onnxruntime cupy numba h5py pyarrow
    polars duckdb cv2 PIL lxml psycopg2 grpc cryptography pydantic_core orjson ujson msgpack zmq gevent
    greenlet shapely pyproj fiona rasterio PyQt5 PyQt6 PySide2 PySide6 wx gi pygame bpy cffi""".split()
)


def irreplaceable(module: str, file: File) -> str | None:
    """Why a second copy of ``module`` is none that works; None where nothing speaks against it."""
    top = module.partition(".")[0]
    if module == "__main__":
        return "`__main__` cannot be imported again"
    if file.place.module in (top, module):
        return f"`{module}` is this file, or the package around it"
    if top in sys.stdlib_module_names:
        return f"`{top}` is of the standard library, whose state a second copy does not have"
    if top in _EXTENSIONS:
        return f"`{top}` is an extension, which cannot be loaded twice"
    return None
