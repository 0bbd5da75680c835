"""Wires the stages: check, plan, prepare, render. The only part that knows several of them.

`loading` makes a session of a script, with every fault; `planning` a timeline of the session;
`rendering` sound of the timeline, which is loaded when first used: a script is checked without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.pipeline.loading import Report, find_faults, load
from voiceguide.pipeline.music import Progress
from voiceguide.pipeline.planning import check, plan

if TYPE_CHECKING:
    from voiceguide.pipeline.rendering import STANDARD_OUTPUT, Rendered, prepare, render

__all__ = [
    "STANDARD_OUTPUT",
    "Progress",
    "Rendered",
    "Report",
    "check",
    "find_faults",
    "load",
    "plan",
    "prepare",
    "render",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from voiceguide.pipeline import rendering  # noqa: PLC0415 - as told above

    return getattr(rendering, name)
