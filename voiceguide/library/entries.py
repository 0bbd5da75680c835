"""The entries of the library, read from `moves/*.yaml`: one file for each family of moves.

An entry's keys are the fields of `Move` and `Level`. Times are plain seconds there (`pace: 1.5`
becomes `pace_ms=1500`), and `reps: [10, 20]` is a range.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from voiceguide.model.exercise import Level, Move
from voiceguide.model.routine import Range

FOLDER = Path(__file__).parent / "moves"

# libyaml reads the whole library about eight times faster; not every PyYAML is built with it.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_SECONDS = frozenset({"duration", "hold", "pace", "rest", "switch"})


def read(folder: Path = FOLDER) -> dict[str, Move]:
    """Every entry below `folder` by its id, in the order of files and entries.

    Raises:
        TypeError: an entry has a key that `Move` or `Level` does not have, or lacks one.
        ValueError: two files have an entry of the same id.
    """
    moves: dict[str, Move] = {}
    for path in sorted(folder.glob("*.yaml")):
        for move_id, entry in _load(path).items():
            if move_id in moves:
                raise ValueError(f"{path.name}: there already is an entry {move_id!r}")
            moves[move_id] = _move(move_id, entry)
    return moves


def _load(path: Path) -> dict[str, dict[str, Any]]:
    entries: dict[str, dict[str, Any]] = yaml.load(path.read_bytes(), Loader=LOADER)  # noqa: S506 - a safe loader either way
    return entries


def _move(move_id: str, entry: Mapping[str, Any]) -> Move:
    levels = tuple(Level(**_fields(level)) for level in entry.get("levels", ()))
    return Move(**{**_fields(entry), "id": move_id, "levels": levels})


def _fields(entry: Mapping[str, Any]) -> dict[str, Any]:
    return dict(_field(key, value) for key, value in entry.items())


def _field(key: str, value: Any) -> tuple[str, Any]:  # noqa: ANN401 - whatever YAML holds
    if key in _SECONDS:
        return f"{key}_ms", round(value * 1000)
    if isinstance(value, list):
        return key, Range(*value) if key == "reps" else tuple(value)
    return key, value
