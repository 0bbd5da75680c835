"""The words of a session as LRC, which players show as they are spoken."""

from __future__ import annotations

from voiceguide.model.timeline import Timeline


def write_lrc(timeline: Timeline) -> str:
    """A line `[mm:ss.xx]words` for each spoken cue; minutes run past 99 in a long session."""
    return "".join(
        f"[{_clock(cue.start_ms)}]{' '.join(cue.text.split())}\n" for cue in timeline.speech
    )


def _clock(ms: int) -> str:
    minutes, rest_ms = divmod(ms, 60_000)
    seconds, rest_ms = divmod(rest_ms, 1000)
    return f"{minutes:02}:{seconds:02}.{rest_ms // 10:02}"
