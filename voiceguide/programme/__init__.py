"""YAML text -> Programme -> its sessions in a row, each with its day (`docs/programmes.md`)."""

from __future__ import annotations

from voiceguide.programme.read import Read, is_programme, read
from voiceguide.programme.rest_days import NEED_NO_REST, Clash, clashes
from voiceguide.programme.schema import schema
from voiceguide.programme.slots import lay_out

__all__ = ["NEED_NO_REST", "Clash", "Read", "clashes", "is_programme", "lay_out", "read", "schema"]
