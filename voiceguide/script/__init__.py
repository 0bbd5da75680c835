"""YAML text -> Routine, with every fault at its place (`docs/script-format.md`)."""

from __future__ import annotations

from voiceguide.script.dump import dump
from voiceguide.script.include import Files
from voiceguide.script.read import Script, in_order, place, read
from voiceguide.script.schema import schema
from voiceguide.script.sides import unknown_sides
from voiceguide.script.survey import music_names, phrases
from voiceguide.script.words import read_words

__all__ = [
    "Files",
    "Script",
    "dump",
    "in_order",
    "music_names",
    "phrases",
    "place",
    "read",
    "read_words",
    "schema",
    "unknown_sides",
]
