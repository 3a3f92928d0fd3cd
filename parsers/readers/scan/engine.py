"""The engine that reads a strip of print: a recogniser's model, run by onnxruntime, offline.

The model comes in the package rapidocr; what runs it here gives, beside the text, what else a
character might be, and takes strips as narrow as a digit, which saves most of the time.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from parsers.readers.scan.paper import Gray

HEIGHT = 48
_STEP = 8
_WIDEST = 2400
_BATCH = 3200
"""Dots of width in a batch: a row of them weighs some 9 kB for every eight dots in the answer."""
_OTHERS = 3
_LEAST = 0.01
_FIGURE = 14


@dataclass(frozen=True, slots=True)
class Look:
    """What the engine reads in a strip, how sure it is of its least certain character, and for each
    character of a short text the ones it might be, the likeliest first."""

    text: str = ""
    sure: float = 0.0
    mean: float = 0.0
    choices: tuple[tuple[tuple[str, float], ...], ...] = ()


class Engine:
    def __init__(self, model: bytes) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 2
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._input = self._session.get_inputs()[0].name
        known = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._signs = ("", *known, " ")

    def read(self, strips: Sequence[Gray]) -> list[Look]:
        """Each strip is one line of print, dark on light, with a margin of paper."""
        looks = [Look()] * len(strips)
        widths = [_width(strip) for strip in strips]
        for batch in _batches(widths):
            held = np.zeros((len(batch), 3, HEIGHT, max(widths[i] for i in batch)), np.float32)
            for row, index in enumerate(batch):
                held[row, :, :, : widths[index]] = _normal(strips[index], widths[index])
            (answer,) = self._session.run(None, {self._input: held})
            for row, index in enumerate(batch):
                looks[index] = self._look(answer[row])
        return looks

    def _look(self, steps: NDArray[np.float32]) -> Look:
        best = steps.argmax(1)
        kept = [i for i, sign in enumerate(best) if sign and (not i or best[i - 1] != sign)]
        if not kept:
            return Look()
        chances = [float(steps[i, best[i]]) for i in kept]
        choices = tuple(self._choices(steps[i]) for i in kept) if len(kept) <= _FIGURE else ()
        text = "".join(self._signs[best[i]] for i in kept)
        return Look(text, min(chances), sum(chances) / len(chances), choices)

    def _choices(self, step: NDArray[np.float32]) -> tuple[tuple[str, float], ...]:
        likely = np.argpartition(step, -_OTHERS)[-_OTHERS:]
        ordered = sorted(((float(step[sign]), int(sign)) for sign in likely), reverse=True)
        return tuple((self._signs[sign], chance) for chance, sign in ordered if chance >= _LEAST)


@cache
def engine() -> Engine:
    return Engine(files("rapidocr").joinpath("models", "PP-OCRv6_rec_small.onnx").read_bytes())


def _width(strip: Gray) -> int:
    height, width = strip.shape
    return int(min(_WIDEST, math.ceil(width * HEIGHT / height / _STEP) * _STEP))


def _normal(strip: Gray, width: int) -> NDArray[np.float32]:
    scaled: NDArray[np.float32] = cv2.resize(strip, (width, HEIGHT)).astype(np.float32)
    return scaled / 127.5 - 1


def _batches(widths: Sequence[int]) -> Iterator[list[int]]:
    """Strips of like width together, no more of them than fit."""
    batch: list[int] = []
    for index in sorted(range(len(widths)), key=widths.__getitem__):
        if batch and (len(batch) + 1) * widths[index] > _BATCH:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
