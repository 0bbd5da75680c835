"""Timed cues that sound: a sound of the script is exact, and all else goes around it."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from voiceguide import pipeline
from voiceguide.model.options import Options
from voiceguide.model.routine import Talk
from voiceguide.model.source import Source
from voiceguide.model.timeline import Timeline, Tone


def source(
    cues: str,
    keys: str = "duration: 40s",
    *,
    coach: str = "",
    more: str = "",
    folder: Path = Path(),
) -> Source:
    text = f"""\
voiceguide: 1
title: T
coach: {{{coach}}}
steps:
- exercise: hop
  prepare: 5s
  {keys}
  cues: [{cues}]
{more}
"""
    return Source(text.encode(), "cues.yaml", folder)


def plan(
    cues: str,
    keys: str = "duration: 40s",
    *,
    coach: str = "",
    more: str = "",
    talk: Talk | None = None,
) -> Timeline:
    options = Options(engine="silent", talk=talk)
    return pipeline.plan(source(cues, keys, coach=coach, more=more), options, estimate=True)


def sounds(timeline: Timeline) -> list[Tone]:
    return [tone for tone in timeline.tones if tone.role == "script"]


def faults(cues: str, keys: str = "duration: 40s", folder: Path = Path()) -> list[str]:
    report = pipeline.check(source(cues, keys, folder=folder))
    return [f"{fault.line}:{fault.column} {fault.message}" for fault in report.faults]


@pytest.mark.parametrize("talk", ["full", "short", "names", "beeps"])
def test_a_clap_is_exact_and_whole_at_every_level_of_talk(talk: Talk) -> None:
    (clap,) = sounds(plan("{at: -10s, sound: clap}", talk=talk))
    assert (clap.sound, clap.start_ms, clap.end_ms, clap.segment) == ("clap", 35_000, 35_600, 1)


def test_words_come_after_the_sound_they_stand_with() -> None:
    timeline = plan("{at: 20s, sound: bell, say: Change hands}")
    (bell,) = sounds(timeline)
    (words,) = [cue for cue in timeline.speech if cue.role == "script"]
    assert (bell.start_ms, bell.end_ms) == (25_000, 27_400)
    assert bell.end_ms < words.start_ms < bell.end_ms + 500
    assert plan("{at: 20s, sound: bell, say: A}", talk="beeps").speech == ()


def test_ticks_that_it_covers_give_way_and_are_listed() -> None:
    timeline = plan("{at: -2.3s, sound: clap}")
    ticks = [tone.start_ms for tone in timeline.tones if tone.role == "countdown"]
    assert ticks == [42_000, 44_000]
    (dropped,) = [each for each in timeline.dropped if each.role == "countdown"]
    assert (dropped.segment, dropped.reason) == (1, "a sound of the script is heard in its place")


def test_a_spoken_number_does_not_run_into_it() -> None:
    timeline = plan("{at: -2.8s, sound: clap}", coach="countdown_voice: true")
    (clap,) = sounds(timeline)
    for cue in timeline.speech:
        assert cue.end_ms <= clap.start_ms or clap.end_ms <= cue.start_ms


def test_what_comes_next_is_told_around_it() -> None:
    more = "- {exercise: skip along the wall and back, duration: 20s}\n"
    timeline = plan("{at: -10s, sound: clap}, {at: -6s, sound: bell}", more=more)
    (name,) = [cue for cue in timeline.speech if cue.about == 2 and cue.role == "name"]
    assert name.segment == 1
    for tone in sounds(timeline):
        assert name.end_ms <= tone.start_ms or tone.end_ms <= name.start_ms


def test_the_finish_begins_after_a_sound_near_the_end() -> None:
    finish = next(tone for tone in plan("{at: -1s, sound: clap}").tones if tone.role == "finish")
    assert (finish.start_ms, finish.end_ms) == (44_600, 45_000)


def test_each_set_and_side_has_it() -> None:
    keys = "duration: [20s, 30s]\n  sides: left-right"
    timeline = plan("{at: -5s, sound: clap}", keys)
    work = [segment for segment in timeline.segments if segment.kind == "work"]
    assert len(work) == 4
    assert [tone.start_ms for tone in sounds(timeline)] == [each.end_ms - 5_000 for each in work]


def test_without_boundary_tones_it_may_be_heard_at_the_start() -> None:
    (clap,) = sounds(plan("{at: 0s, sound: clap}", coach="starts: false"))
    assert clap.start_ms == 5_000


def test_what_cannot_sound_is_a_fault_at_its_place(tmp_path: Path) -> None:
    early, late = faults("{at: 0.2s, sound: clap}, {at: -0.5s, sound: clap}")
    assert early.startswith("8:15 expected a moment after the start tone, which lasts 0.4 s")
    assert late == "8:54 this sound lasts 0.6 s, and its moment leaves 0.5 s of the work"
    assert faults("{at: 4s, sound: bell}", "duration: [20s, 5s]") == [
        "8:26 this sound lasts 2.4 s, and its moment leaves 1 s of the work"
    ]
    (missing,) = faults("{at: 4s, sound: gong.wav}")
    assert missing.endswith("gong.wav: there is no such sound file")
    (tmp_path / "gong.wav").write_bytes(b"")
    for written, meant in (("belll", "bell"), ("gnog.wav", "gong.wav")):
        script = source(f"{{at: 4s, sound: {written}}}", folder=tmp_path)
        assert pipeline.find_faults(script)[0].hint == f"Did you mean `{meant}`?"
    (outside,) = faults("{at: 4s, sound: ../gong.wav}", folder=tmp_path)
    assert outside == "8:26 `../gong.wav` lies outside of the folder of the script"


def test_a_file_beside_the_script_sounds(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "gong.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(b"\0\x10" * 48_000)
    body = source("{at: 4s, sound: gong.wav}", folder=tmp_path)
    (gong,) = sounds(pipeline.plan(body, Options(engine="silent"), estimate=True))
    assert (gong.sound, gong.start_ms, gong.end_ms) == ("gong.wav", 9_000, 10_000)
