"""Wires the stages: check, plan, prepare, render. The only part that knows several of them.

`loading` makes a session of a script, with every fault; `planning` a timeline of the session;
`rendering` sound of the timeline.
"""

from __future__ import annotations

from voiceguide.pipeline.loading import Report, find_faults, load
from voiceguide.pipeline.music import Progress
from voiceguide.pipeline.planning import check, plan
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
