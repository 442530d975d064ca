"""The language model that hears questions: a small transformer encoder, its weights in one file, run by numpy.

Devlin et al. 2019, "BERT"; the weights began as those of sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0).
"""

from __future__ import annotations

import functools
import pathlib
import zipfile
import zlib
from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from catalogue.errors import CatalogueError
from catalogue.hearing.pieces import pieces

FILE = pathlib.Path(__file__).parents[1] / "thread" / "taught.npz"
# How many ways each layer looks at the other pieces at once.
HEADS = 12
TINY = 1e-12

Array = npt.NDArray[np.float32]


class Linear(msgspec.Struct, frozen=True):
    """A linear step: for each output its row of weights, and what is added."""

    weight: Array
    bias: Array

    def __call__(self, x: Array) -> Array:
        """The outputs for each row of ``x``."""
        return x @ self.weight.T + self.bias


class Norm(msgspec.Struct, frozen=True):
    """Brings each row to mean 0 and variance 1, then stretches and moves it."""

    gain: Array
    bias: Array

    def __call__(self, x: Array) -> Array:
        """The rows of ``x``, normalised."""
        centred = x - x.mean(-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(-1, keepdims=True) + TINY)
        normal: Array = centred / spread * self.gain + self.bias
        return normal


class Layer(msgspec.Struct, frozen=True):
    """One layer: each piece looks at all others, then at itself."""

    looks: Linear
    gathers: Linear
    after_others: Norm
    widens: Linear
    narrows: Linear
    after_itself: Norm

    def __call__(self, x: Array) -> Array:
        """The pieces after this layer, a row each."""
        x = self.after_others(x + self.gathers(attended(self.looks(x))))
        return self.after_itself(x + self.narrows(bent(self.widens(x))))


class Network(msgspec.Struct, frozen=True):
    """The whole model. ``seen``: the words of the examples, in whatever ending."""

    digest: str
    classes: tuple[str, ...]
    vocabulary: dict[str, int]
    seen: frozenset[str]
    # One byte a number, and one scale a row: most rows are never looked at.
    words: npt.NDArray[np.int8]
    scales: Array
    places: Array
    begun: Norm
    layers: tuple[Layer, ...]
    head: Linear

    def __call__(self, typed: str) -> Array:
        """A score for each class; the likelier, the higher."""
        return self.scores(pieces(typed, self.vocabulary))

    def scores(self, numbers: Sequence[int]) -> Array:
        """A score for each class, of numbered pieces."""
        at = np.asarray(numbers)
        x = self.begun(self.words[at] * self.scales[at, None] + self.places[: len(at)])
        for layer in self.layers:
            x = layer(x)
        return self.head(x.mean(0))


def attended(looked: Array) -> Array:
    """What each piece gathers from all: queries, keys and values stand side by side in each row."""
    many, width = len(looked), looked.shape[1] // 3
    asked, offered, held = looked.reshape(many, 3, HEADS, width // HEADS).transpose(1, 2, 0, 3)
    shares = soft(asked @ offered.transpose(0, 2, 1) / np.sqrt(np.float32(width // HEADS)))
    gathered: Array = (shares @ held).transpose(1, 0, 2).reshape(many, width)
    return gathered


def soft(x: Array) -> Array:
    """Shares of one for each row: the softmax."""
    raised = np.exp(x - x.max(-1, keepdims=True))
    shares: Array = raised / raised.sum(-1, keepdims=True)
    return shares


def bent(x: Array) -> Array:
    """GELU by its tanh form: Hendrycks and Gimpel 2016, section 2."""
    cubed = x + np.float32(0.044715) * x * x * x
    found: Array = np.float32(0.5) * x * (1 + np.tanh(np.float32(0.7978845608) * cubed))
    return found


@functools.cache
def taught(file: pathlib.Path = FILE) -> Network:
    """The model as its file holds it, read once; raises CatalogueError where the file is not whole."""
    # A line is a small sum. With a thread for each core, OpenBLAS 0.3 waits in a busy loop that takes the cores from
    # all others: a line took ten times as long beside a second process (measured in 2026).
    threadpool_limits(1, user_api="blas")
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as held:
            return parsed({name: held[name] for name in held.files})
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile, zlib.error) as wrong:
        where = f"catalogue/thread/{file.name}"
        raise CatalogueError(where, "", "", f"cannot be read ({wrong}): install smtp-bot anew.") from wrong


def parsed(held: dict[str, npt.NDArray[np.generic]]) -> Network:
    """The model of a file's arrays: a matrix as ``name`` (one byte a number) and ``name.scale`` (one a row)."""

    def array(name: str) -> Array:
        found = held[name].astype(np.float32)
        return found * held[f"{name}.scale"][:, None].astype(np.float32) if f"{name}.scale" in held else found

    def linear(name: str) -> Linear:
        return Linear(array(f"{name}.weight"), array(f"{name}.bias"))

    def norm(name: str) -> Norm:
        return Norm(array(f"{name}.weight"), array(f"{name}.bias"))

    def layer(name: str) -> Layer:
        return Layer(
            linear(f"{name}.looks"),
            linear(f"{name}.gathers"),
            norm(f"{name}.after_others"),
            linear(f"{name}.widens"),
            linear(f"{name}.narrows"),
            norm(f"{name}.after_itself"),
        )

    return Network(
        digest=text(held["digest"]),
        classes=tuple(text(held["classes"]).split()),
        vocabulary={piece: number for number, piece in enumerate(text(held["vocabulary"]).split())},
        seen=frozenset(text(held["seen"]).split()),
        words=held["words.weight"].astype(np.int8),
        scales=array("words.weight.scale"),
        places=array("places"),
        begun=norm("begun"),
        layers=tuple(layer(f"layers.{number}") for number in range(int(held["layers"]))),
        head=linear("head"),
    )


def text(held: npt.NDArray[np.generic]) -> str:
    """The text whose UTF-8 bytes an array holds."""
    return held.tobytes().decode()
