"""YAML text -> Routine, with every fault at its place (`docs/script-format.md`)."""

from __future__ import annotations

from voiceguide.script.dump import dump
from voiceguide.script.read import Script, place, read
from voiceguide.script.schema import schema

__all__ = ["Script", "dump", "place", "read", "schema"]
