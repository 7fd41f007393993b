"""The array types the engine's signatures name."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

FloatArray: TypeAlias = np.ndarray[tuple[Any, ...], np.dtype[np.float64]]
IntArray: TypeAlias = np.ndarray[tuple[Any, ...], np.dtype[np.int64]]
BoolArray: TypeAlias = np.ndarray[tuple[Any, ...], np.dtype[np.bool_]]
