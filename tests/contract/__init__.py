"""An independent reading of the contract (`docs/script-format.md`), to hold a timeline against.

Nothing here knows the planner. `findings` works out from the script alone which segments and
tones there must be, compares them with a timeline in its public JSON form, and then holds every
spoken cue against the rules of the coach. Where the contract leaves room, so do the checks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contract import (
    amounts,
    cues,
    efforts,
    include,
    row,
    scalars,
    segments,
    speech,
    steps,
    tones,
    whole,
    words,
)
from contract.scalars import read

__all__ = ["findings", "read"]


def findings(
    script: dict[str, Any],
    timeline: dict[str, Any],
    *,
    talk: str | None = None,
    files: Mapping[str, dict[str, Any]] | None = None,
    given: Mapping[str, str] | None = None,
) -> list[str]:
    """What is wrong with `timeline` as the plan of `script`, a line each; none if it is right.

    Args:
        script: a script without faults, as `read` or any plain loader gives it.
        timeline: the parsed JSON of `plan --json`.
        talk: the talk level that the command line gave, if it gave one.
        files: the scripts that it includes, by the names it uses.
        given: names and values that the command line set.
    """
    others = {name: scalars.text(other) for name, other in (files or {}).items()}
    script = include.resolved(scalars.text(script), others, given)
    rows = steps.expand(script, talk=talk)
    found = whole.check(timeline)
    if found:
        return found
    pairs, found = segments.align(rows, timeline)
    if found:
        return found
    plan = row.Plan(script, pairs, timeline)
    stages = (segments, tones, cues, speech, words, amounts, efforts)
    found = [line for stage in stages for line in stage.check(plan)]
    return [*found, *whole.check_chapters(plan)]
