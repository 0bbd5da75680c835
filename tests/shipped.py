"""The sessions that ship, each planned once a run for one set of options."""

from __future__ import annotations

from functools import cache
from typing import Any

from voiceguide import pipeline
from voiceguide.data import shipped
from voiceguide.model.options import Options
from voiceguide.model.source import Source
from voiceguide.model.timeline import Dropped, Segment, Timeline

FOLDER = shipped("scripts")
PATHS = {path.stem: path for path in sorted(FOLDER.glob("*.yaml"))}
NAMES = tuple(PATHS)


def source(name: str) -> Source:
    return Source(PATHS[name].read_bytes(), f"{name}.yaml", FOLDER)


@cache
def planned(name: str, engine: str = "silent", **options: Any) -> Timeline:
    """The silent engine's lengths are in proportion to the text, the same everywhere."""
    return pipeline.plan(
        source(name), Options(engine=engine, **options), estimate=engine == "silent"
    )


def work(timeline: Timeline) -> list[Segment]:
    return [segment for segment in timeline.segments if segment.kind == "work"]


def lost(timeline: Timeline) -> list[Dropped]:
    """What was shortened or left out, apart from what may be."""
    return [drop for drop in timeline.dropped if drop.role not in {"tip", "praise"}]
