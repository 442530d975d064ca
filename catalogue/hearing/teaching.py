"""Teaches the language model what the examples ask, from a folder that holds all-MiniLM-L6-v2. Needs torch.

A run takes some ten minutes on two cores and is the same for the same examples, on the same machine and torch.
"""

from __future__ import annotations

import math
import pathlib
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from catalogue.hearing.examples import PEOPLE, Example
from catalogue.hearing.network import HEADS, TINY
from catalogue.hearing.pieces import FIRST, LAST, MOST, UNKNOWN, pieces, words

ROUNDS, TOGETHER = 4, 32
# How far the weights move at most: those that knew English before, and the new ones for our classes.
PACE, HEAD_PACE = 1.5e-4, 2e-3
WARM = 100
DROP = 0.1
# So many examples are read with a typo in them.
TYPOS = 0.3
LETTERS = "abcdefghijklmnopqrstuvwxyz"
# A word of so many examples is a known one: a name that stands in one of them is not.
OFTEN = 2
# Words beyond the examples' that are kept whole: the commonest of English (the vocabulary is in the order of use).
COMMON = 12_000
ENGLISH = re.compile(r"(?:##)?[a-z]+|(?:##)?[0-9]{1,4}|(?:##)?[!-~]")


class Course(msgspec.Struct, frozen=True):
    """What is taught with: the pieces that are known, the classes, and the weights before (by their public names)."""

    vocabulary: dict[str, int]
    classes: tuple[str, ...]
    weights: dict[str, Tensor]


class Block(nn.Module):
    """One layer, as catalogue/hearing/network.py runs it."""

    def __init__(self, before: dict[str, Tensor], name: str) -> None:
        super().__init__()
        own = {key.removeprefix(name): value for key, value in before.items() if key.startswith(name)}
        looks = ("attention.self.query", "attention.self.key", "attention.self.value")
        self.looks = linear(*(torch.cat([own[f"{look}.{part}"] for look in looks]) for part in ("weight", "bias")))
        self.gathers = linear(own["attention.output.dense.weight"], own["attention.output.dense.bias"])
        self.after_others = norm(own, "attention.output.LayerNorm")
        self.widens = linear(own["intermediate.dense.weight"], own["intermediate.dense.bias"])
        self.narrows = linear(own["output.dense.weight"], own["output.dense.bias"])
        self.after_itself = norm(own, "output.LayerNorm")
        self.drop = nn.Dropout(DROP)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """The pieces after this layer; ``mask``: which of them are there."""
        lines, many, width = x.shape
        looked = self.looks(x).view(lines, many, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        asked, offered, held = looked
        found = nn.functional.scaled_dot_product_attention(
            asked, offered, held, attn_mask=mask[:, None, None, :], dropout_p=DROP if self.training else 0.0
        )
        x = self.after_others(x + self.drop(self.gathers(found.transpose(1, 2).reshape(lines, many, width))))
        wide = nn.functional.gelu(self.widens(x), approximate="tanh")
        return self.after_itself(x + self.drop(self.narrows(wide)))


class Pupil(nn.Module):
    """The model while it learns."""

    def __init__(self, course: Course) -> None:
        super().__init__()
        before = course.weights
        self.words = nn.Embedding.from_pretrained(before["embeddings.word_embeddings.weight"].clone(), freeze=False)
        places = before["embeddings.position_embeddings.weight"] + before["embeddings.token_type_embeddings.weight"][0]
        self.places = nn.Parameter(places[:MOST].clone())
        self.begun = norm(before, "embeddings.LayerNorm")
        names = sorted({key.split(".")[2] for key in before if key.startswith("encoder.layer.")}, key=int)
        self.layers = nn.ModuleList(Block(before, f"encoder.layer.{name}.") for name in names)
        self.drop = nn.Dropout(DROP)
        self.head = nn.Linear(self.places.shape[1], len(course.classes))

    def forward(self, numbers: Tensor, mask: Tensor) -> Tensor:
        """A score for each class, of lines of numbered pieces; ``mask``: which of them are there."""
        x = self.drop(self.begun(self.words(numbers) + self.places[: numbers.shape[1]]))
        for layer in self.layers:
            x = layer(x, mask)
        there = mask.unsqueeze(-1).to(x.dtype)
        scores: Tensor = self.head(self.drop((x * there).sum(1) / there.sum(1)))
        return scores


def linear(weight: Tensor, bias: Tensor) -> nn.Linear:
    """A linear step with these weights."""
    step = nn.Linear(weight.shape[1], weight.shape[0])
    step.weight, step.bias = nn.Parameter(weight.clone()), nn.Parameter(bias.clone())
    return step


def norm(before: dict[str, Tensor], name: str) -> nn.LayerNorm:
    """A normalisation with the weights of this name."""
    step = nn.LayerNorm(before[f"{name}.weight"].shape[0], eps=TINY)
    step.weight, step.bias = (nn.Parameter(before[f"{name}.{part}"].clone()) for part in ("weight", "bias"))
    return step


def course(folder: pathlib.Path, examples: Sequence[Example]) -> Course:
    """What a folder with ``vocab.txt`` and ``model.safetensors`` gives, cut down to the pieces that are wanted."""
    from safetensors.torch import load_file

    before = load_file(folder / "model.safetensors")
    listed = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    number = {piece: at for at, piece in enumerate(listed)}
    used = {listed[at] for example in examples for at in pieces(example.typed, number)}
    special = [FIRST, LAST, UNKNOWN]
    kept = [
        piece
        for at, piece in enumerate(listed)
        if piece not in special and ENGLISH.fullmatch(piece) and (piece in used or at < COMMON or len(piece) <= 5)
    ]
    wanted = [*special, *kept]
    name = "embeddings.word_embeddings.weight"
    before[name] = before[name][torch.tensor([number[piece] for piece in wanted])]
    classes = (PEOPLE, *sorted({example.asks for example in examples} - {PEOPLE}))
    return Course({piece: at for at, piece in enumerate(wanted)}, classes, before)


def learned(course: Course, examples: Sequence[Example], say: Callable[[str], object]) -> Pupil:
    """The model after ROUNDS over the examples, in a fixed shuffle; lines of about one length are read together."""
    torch.manual_seed(1)
    chance = random.Random(1)
    pupil = Pupil(course)
    pupil.train()
    own = [*pupil.head.parameters()]
    others = [weight for weight in pupil.parameters() if all(weight is not one for one in own)]
    adam = torch.optim.AdamW([{"params": others, "lr": PACE}, {"params": own, "lr": HEAD_PACE}], weight_decay=0.01)
    whole = ROUNDS * math.ceil(len(examples) / TOGETHER)
    pace = torch.optim.lr_scheduler.LambdaLR(adam, lambda at: min((at + 1) / WARM, max(0.0, (whole - at) / whole)))
    number = {name: at for at, name in enumerate(course.classes)}
    for round_ in range(ROUNDS):
        lost = 0.0
        for many in batches(examples, chance):
            numbers, mask = padded([pieces(mistyped(one.typed, chance), course.vocabulary) for one in many])
            asked = torch.tensor([number[one.asks] for one in many])
            loss = nn.functional.cross_entropy(pupil(numbers, mask), asked)
            adam.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(pupil.parameters(), 1.0)
            adam.step()
            pace.step()
            lost += loss.item() * len(many)
        say(f"round {round_ + 1} of {ROUNDS}: {lost / len(examples):.3f}")
    pupil.eval()
    return pupil


def batches(examples: Sequence[Example], chance: random.Random) -> Iterator[list[Example]]:
    """All examples once, TOGETHER at a time, in an order by chance; those of a batch are about as long."""
    order = sorted(examples, key=lambda one: chance.random() * 12 + len(one.typed) / 5)
    found = [order[at : at + TOGETHER] for at in range(0, len(order), TOGETHER)]
    chance.shuffle(found)
    yield from found


def padded(lines: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Lines of numbered pieces as one table, and which of its places are taken."""
    longest = max(map(len, lines))
    numbers = torch.tensor([[*line, *[0] * (longest - len(line))] for line in lines])
    return numbers, torch.tensor([[at < len(line) for at in range(longest)] for line in lines])


def mistyped(typed: str, chance: random.Random) -> str:
    """What was typed, with a typo in TYPOS of the lines: letters swapped, missing, doubled or wrong."""
    if chance.random() > TYPOS:
        return typed
    found = typed.split(" ")
    at = chance.randrange(len(found))
    word = found[at]
    if len(word) >= 3 and word.isalpha():
        place = chance.randrange(len(word) - 1)
        before, here, after, rest = word[:place], word[place], word[place + 1], word[place + 2 :]
        wrong = chance.choice(LETTERS)
        kinds = (after + here, after + here, after, here + here + after, here + wrong)
        found[at] = before + chance.choice(kinds) + rest
    return " ".join(found)


def written(pupil: Pupil, course: Course, examples: Sequence[Example], digest: str) -> dict[str, npt.NDArray[Any]]:
    """The model as the arrays of its file: matrices with one byte a number and one scale a row."""
    count = Counter(word for example in examples for word in set(words(example.typed)) if word.isalpha())
    held: dict[str, npt.NDArray[Any]] = {
        "digest": spelled(digest),
        "classes": spelled(" ".join(course.classes)),
        "vocabulary": spelled(" ".join(course.vocabulary)),
        "seen": spelled(" ".join(sorted(word for word, many in count.items() if many >= OFTEN))),
        "layers": np.array(len(pupil.layers)),
    }
    for name, weight in pupil.named_parameters():
        held |= stored(name, weight.detach().numpy())
    return held


def stored(name: str, weight: npt.NDArray[np.float32]) -> dict[str, npt.NDArray[Any]]:
    """A row of numbers as it is; a matrix with one byte a number, and the scale of each of its rows."""
    if weight.ndim == 1:
        return {name: weight}
    scale = np.maximum(np.abs(weight).max(1), TINY) / 127
    return {name: np.round(weight / scale[:, None]).astype(np.int8), f"{name}.scale": scale.astype(np.float32)}


def spelled(text: str) -> npt.NDArray[np.uint8]:
    """The UTF-8 bytes of a text."""
    return np.frombuffer(text.encode(), dtype=np.uint8)
