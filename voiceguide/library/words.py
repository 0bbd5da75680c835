"""The words of the moves in other languages than English, read from `words/*.yaml`.

What a move is (amounts, tempo, sides) stands in `moves/`; a language has only words, at each level
those that English has there. What many moves share (equipment, breath) is translated once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from voiceguide.library.entries import LOADER
from voiceguide.model.exercise import Level, Move

FOLDER = Path(__file__).parent / "words"


def in_words(moves: Mapping[str, Move], language: str, folder: Path = FOLDER) -> dict[str, Move]:
    """The moves in the words of a language (`de`), without those that have none there.

    Raises:
        KeyError: words for a move or a level that there is not, or none for equipment or breath.
    """
    path = folder / f"{language}.yaml"
    if not path.is_file():
        return {}
    body = yaml.load(path.read_bytes(), Loader=LOADER)  # noqa: S506 - a safe loader either way
    shared: Mapping[str, str] = {**body["equipment"], **body["breath"]}
    return {
        move_id: _move(moves[move_id], entry, shared) for move_id, entry in body["moves"].items()
    }


def _move(move: Move, entry: Mapping[str, Any], shared: Mapping[str, str]) -> Move:
    by_name: Mapping[str, Mapping[str, Any]] = entry.get("levels", {})
    if unknown := set(by_name) - {level.name for level in move.levels}:
        raise KeyError(f"{move.id} has no level {unknown}")
    return replace(
        move,
        name=entry["name"],
        aliases=tuple(entry["aliases"]),
        setup=entry["setup"],
        setup_short=entry["setup_short"],
        cues=tuple(entry["cues"]),
        breath=None if move.breath is None else shared[move.breath],
        mistakes=tuple(entry.get("mistakes", ())),
        safety=entry.get("safety"),
        equipment=tuple(shared[name] for name in move.equipment),
        levels=tuple(_level(level, by_name.get(level.name, {}), shared) for level in move.levels),
    )


def _level(level: Level, entry: Mapping[str, Any], shared: Mapping[str, str]) -> Level:
    needs = level.equipment
    return replace(
        level,
        spoken=entry.get("spoken"),
        setup=entry.get("setup"),
        setup_short=entry.get("setup_short"),
        cues=tuple(entry.get("cues", ())),
        safety=entry.get("safety"),
        equipment=None if needs is None else tuple(shared[name] for name in needs),
    )
