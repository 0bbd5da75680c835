"""Lengths and levels as the report says them."""

from __future__ import annotations

import math

from voiceguide.model.wording import clock


def length(ms: float) -> str:
    """`60 ms`, `12.4 s`, `7:40.6`."""
    if ms < 1000:  # noqa: PLR2004 - a second
        return f"{ms:.0f} ms"
    return f"{ms / 1000:.1f} s" if ms < 60_000 else clock(int(round(ms, -2)))  # noqa: PLR2004 - a minute


def late(ms: float) -> str:
    """`3 ms late`, `0.2 ms early`, `on time`."""
    if abs(ms) < 0.05:  # noqa: PLR2004 - what rounds to nothing
        return "on time"
    much = length(abs(ms)) if abs(ms) >= 10 else f"{abs(ms):.1f} ms"  # noqa: PLR2004 - two digits
    return f"{much} {'late' if ms > 0 else 'early'}"


def dbfs(level: float) -> str:
    """`-57.8 dBFS`, of a linear level."""
    return f"{decibels(level):.1f} dBFS" if level > 0 else "digital silence"


def decibels(level: float) -> float:
    """A linear level in dB; minus infinity for silence."""
    return 20 * math.log10(level) if level > 0 else -math.inf
