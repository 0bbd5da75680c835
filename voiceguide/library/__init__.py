"""The exercise library: moves in words that stand without a picture, found by any usual name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher, get_close_matches
from functools import cache, lru_cache
from pathlib import Path

from voiceguide.library.entries import read
from voiceguide.library.words import in_words
from voiceguide.model.exercise import Move

__all__ = ["Library", "at_level", "collect", "level_of", "load", "starter"]

_SLIP = 0.75
"""`sqaut` has 0.8 of `squat`; words that are merely like each other have less."""
_RUN_TOGETHER = 0.9
"""`clamshel` has 0.94 of `clam shell`, without its space."""


@dataclass(frozen=True, slots=True)
class Library:
    """Moves, and every name they go by."""

    moves: Mapping[str, Move]
    """By id, in the order of the library."""
    names: Mapping[str, tuple[str, Move]]
    """Key of a name (see `_key`) -> the name as written, and its move."""

    def find(self, name: str) -> Move | None:
        """The move of that id, name or alias; case, hyphens, spaces and plurals do not count."""
        known = self.names.get(_key(name))
        return known[1] if known else None

    def level_names(self) -> tuple[str, ...]:
        """The names of all progressions, sorted."""
        return tuple(sorted({level.name for move in self.moves.values() for level in move.levels}))

    def meant(self, name: str) -> tuple[str, ...]:
        """Up to three names, each of another move, that `name` holds or has a slip of.

        "Goblet squat with a pause" holds "goblet squat", "sqaut" is a slip of "squat". A name of
        one word is held by too much to count ("row" by "row a boat").
        """
        words = _words(name)
        held = [key for key, (written, _) in self.names.items() if _holds(words, written)]
        close = _close(_key(name), tuple(self.names), cutoff=_SLIP)
        slips = [key for key in close if _is_slip(words, self.names[key][0])]
        return self._of_other_moves((*sorted(held, key=len, reverse=True), *slips))

    def nearest(self, name: str) -> tuple[str, ...]:
        """Up to three names, each of another move, that are more or less like `name`."""
        keys = (_key(written) for written in self.meant(name))
        return self._of_other_moves((*keys, *_close(_key(name), tuple(self.names))))

    def _of_other_moves(self, keys: Iterable[str]) -> tuple[str, ...]:
        near: dict[str, str] = {}
        for written, move in map(self.names.__getitem__, keys):
            near.setdefault(move.id, written)
        return tuple(near.values())[:3]


@cache
def load(language: str = "en") -> Library:
    """The library that ships with the package, in the words of a language (BCP 47).

    A move goes by its names in that language, and by those in English where no other move has
    them. A language in which there are no words has no moves: none is told in another language.
    """
    moves = read()
    primary = language.partition("-")[0].lower()
    if primary == "en":
        return collect(moves.values())
    return collect(in_words(moves, primary).values(), also=moves.values())


def starter() -> str:
    """The script that a new author begins with: YAML, ready to render."""
    return (Path(__file__).parent / "starter.yaml").read_text("utf-8")


def collect(moves: Iterable[Move], also: Iterable[Move] = ()) -> Library:
    """A library of these moves.

    Args:
        moves: each with its names.
        also: the same moves with other names, which count where they are free.

    Raises:
        ValueError: two moves go by the same name.
    """
    by_id = {move.id: move for move in moves}
    names: dict[str, tuple[str, Move]] = {}
    for move in by_id.values():
        for name in (move.name, *move.aliases, move.id):
            _, other = names.setdefault(_key(name), (name, move))
            if other is not move:
                raise ValueError(f"{name!r} is a name of both {other.id} and {move.id}")
    for other in also:
        if other.id in by_id:
            for name in (other.name, *other.aliases):
                names.setdefault(_key(name), (name, by_id[other.id]))
    return Library(by_id, names)


def level_of(move: Move, level: int | str) -> int | None:
    """The number of a level, from 1, given by number or name; `None` if `move` has no such one."""
    if isinstance(level, int):
        return level if 1 <= level <= max(1, len(move.levels)) else None
    wanted = _key(level)
    return next((n for n, step in enumerate(move.levels, 1) if _key(step.name) == wanted), None)


def at_level(move: Move, level: int) -> Move:
    """`move` as it is at `level`, counted from 1; above the highest there is, the highest.

    Raises:
        ValueError: `level` is below 1.
    """
    if level < 1:
        raise ValueError(f"levels count from 1, not {level}")
    if not move.levels:
        return move
    step = move.levels[min(level, len(move.levels)) - 1]
    return replace(
        move,
        name=step.spoken or move.name,
        setup=step.setup or move.setup,
        setup_short=step.setup_short or move.setup_short,
        cues=step.cues or move.cues,
        safety=step.safety or move.safety,
        equipment=move.equipment if step.equipment is None else step.equipment,
        sides=step.sides or move.sides,
        switch_ms=move.switch_ms if step.switch_ms is None else step.switch_ms,
    )


@lru_cache(4096)
def _close(key: str, keys: tuple[str, ...], cutoff: float = 0.6) -> tuple[str, ...]:
    """Those most like a key; a name of the author's own comes in many steps and scripts."""
    return tuple(get_close_matches(key, keys, n=9, cutoff=cutoff))


def _key(name: str) -> str:
    """What is left of a name when case, hyphens, spaces, apostrophes and plurals do not count."""
    return "".join(_words(name))


def _words(name: str) -> list[str]:
    """The words of a name, each as it counts in its key."""
    words = re.findall(r"[^\W_]+", re.sub(r"['\u2019]", "", name.casefold()))
    return [_singular(word) for word in words]


def _holds(words: Sequence[str], name: str) -> bool:
    """Whether all of a name of two words or more is among `words`."""
    own = _words(name)
    return len(own) > 1 and set(own) <= set(words)


def _is_slip(words: Sequence[str], name: str) -> bool:
    """Whether `words` are those of a name with a letter or two wrong, or run together."""
    own = _words(name)
    if len(own) != len(words):
        return SequenceMatcher(None, "".join(words), "".join(own)).ratio() >= _RUN_TOGETHER
    return all(
        SequenceMatcher(None, ours, theirs).ratio() >= _SLIP
        for ours, theirs in zip(words, own, strict=True)
    )


def _singular(word: str) -> str:
    if re.search(r"(ss|sh|ch|x)es$", word):
        return word[:-2]
    return word[:-1] if re.search(r"[^s]s$", word) and len(word) > 2 else word  # noqa: PLR2004 - "as"
