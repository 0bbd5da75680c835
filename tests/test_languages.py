"""Sessions in the listener's tongue: every line there, nothing of another language, no figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from voiceguide import coach, library, pipeline
from voiceguide.coach import book as books
from voiceguide.library import at_level
from voiceguide.library.entries import read as read_moves
from voiceguide.model import template
from voiceguide.model.exercise import Move
from voiceguide.model.options import Options
from voiceguide.model.source import Source
from voiceguide.model.timeline import Speech, Timeline, Tone
from voiceguide.script.scalars import LANGUAGES

ENGLISH = "en"
OTHERS = [language for language in LANGUAGES if language != ENGLISH]
SCRIPTS = sorted((Path(__file__).parent / "languages").glob("*/*.yaml"))
MOVES = read_moves()
ENGLISH_WORDS = re.compile(
    r"\b(the|and|your|with|left|right|seconds|reps|each|keep|slowly|squeeze|breathe)\b",
    re.IGNORECASE,
)
PLACEHOLDER = re.compile(r"\{\w+\}")


def leaves(body: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(body, dict):
        for key, value in body.items():
            yield from leaves(value, f"{path}.{key}")
    elif isinstance(body, list):
        for value in body:
            yield from leaves(value, path)
    else:
        yield path, str(body)


def test_the_languages_are_those_that_have_a_book() -> None:
    assert set(LANGUAGES) == set(coach.languages())
    assert {"en", "es", "de", "fr", "it", "pt", "nl", "ja"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", OTHERS)
def test_a_book_has_every_line_in_every_form(language: str) -> None:
    ours, english = books.body(language), books.body(ENGLISH)
    own_shape = {"sides": {}, "numbers": {}}
    wanted = {path for path, _ in leaves({**english, **own_shape})}
    assert wanted <= {path for path, _ in leaves({**ours, **own_shape})}
    assert set(ours["numbers"]) == set(english["numbers"])
    assert set(ours["sides"]) == set(english["sides"])
    assert len(ours["praise"]) == len(english["praise"])


@pytest.mark.parametrize("language", OTHERS)
def test_a_book_holds_nothing_of_english_and_knows_its_placeholders(language: str) -> None:
    body = {key: value for key, value in books.body(language).items() if key != "language"}
    assert coach.own_words(language, _as_text(body)).faults == ()
    for path, text in leaves({**body, "numbers": {}}):
        assert not ENGLISH_WORDS.search(PLACEHOLDER.sub("", text)), path
        assert not re.search(r"\d", text), path


def _as_text(body: Any) -> Any:
    if isinstance(body, dict):
        return {key: _as_text(value) for key, value in body.items()}
    return [_as_text(value) for value in body] if isinstance(body, list) else str(body)


@pytest.mark.parametrize("language", OTHERS)
def test_forms_of_a_line_grow_no_longer(language: str) -> None:
    book = coach.load(language)
    values = {"label": "Xxxx", "duration": "Xxxxx xx", "amount": "Xx xxxx", "set": "2",
              "sets": "3", "round": "2", "rounds": "3", "equipment": "xxxx", "text": "xx",
              "block": "Xxx", "low": "1", "high": "2",
              **book.side_words("side", "left")}  # fmt: skip
    for line in book.lines:
        lengths = [len(text) for _, text in book.forms(line, values)]
        assert lengths == sorted(lengths, reverse=True), line


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_placeholder_is_left_in_a_filled_line(language: str) -> None:
    book = coach.load(language)
    for side in ("left", "right", "working", "resting"):
        names = {**book.side_words("side", side), **book.side_words("other_side", side)}
        assert all(word.strip() for word in names.values())
        assert {name for name in names if name.startswith("side")} <= book.side_forms


@pytest.mark.parametrize("language", OTHERS)
def test_every_move_has_its_words_at_every_level(language: str) -> None:
    moves = library.load(language).moves
    assert set(moves) == set(MOVES)
    for move in moves.values():
        english = MOVES[move.id]
        assert len(move.cues) == len(english.cues), move.id
        assert (move.safety is None) == (english.safety is None), move.id
        for ours, theirs in zip(move.levels, english.levels, strict=True):
            for key in ("spoken", "setup", "setup_short", "safety", "equipment"):
                has = getattr(ours, key) is not None
                assert has == (getattr(theirs, key) is not None), (move.id, ours.name, key)
            assert bool(ours.cues) == bool(theirs.cues), (move.id, ours.name)


def texts(move: Move) -> tuple[str, ...]:
    return (move.name, move.setup, move.setup_short, *move.cues, move.safety or "")


def every_level(language: str) -> Iterator[tuple[Move, Move]]:
    """Each move at each level, and the same in English."""
    for move in library.load(language).moves.values():
        for level in range(1, max(1, len(move.levels)) + 1):
            yield at_level(move, level), at_level(MOVES[move.id], level)


@pytest.mark.parametrize("language", OTHERS)
def test_moves_name_sides_where_english_does_and_in_known_forms(language: str) -> None:
    forms = coach.load(language).side_forms
    for move, english in every_level(language):
        for ours, theirs in zip(texts(move), texts(english), strict=True):
            names = set(template.names(ours))
            assert names <= forms, (move.id, ours)
            if "side" in "".join(template.names(theirs)):
                assert names, (move.id, ours)
        sided = move.sides in {"left-right", "right-left"}
        assert sided or not any(template.names(text) for text in texts(move)), move.id


@pytest.mark.parametrize("language", OTHERS)
def test_moves_hold_nothing_of_english_and_no_literal_side(language: str) -> None:
    book = coach.load(language)
    literal = {book.sides[side]["plain"].casefold() for side in ("left", "right")}
    for move, _ in every_level(language):
        for text in texts(move)[1:]:
            plain = PLACEHOLDER.sub("", text)
            words = set(re.findall(r"\w+", plain.casefold()))
            assert not words & literal or language == "fr", (move.id, text)  # "dos droit"
            assert not ENGLISH_WORDS.search(plain), (move.id, text)


@pytest.mark.parametrize("language", OTHERS)
def test_a_move_is_found_by_its_names_here_and_in_english(language: str) -> None:
    shelf = library.load(language)
    for move in shelf.moves.values():
        for name in (move.name, *move.aliases, move.id):
            found = shelf.find(name)
            assert found is not None, name
            assert found.id == move.id, name
    found_in_english = {shelf.find(name) for name in ("squat", "glute bridge")}
    assert found_in_english == {shelf.moves["squat"], shelf.moves["hip-thrust"]}


def session(path: Path, options: Options) -> Timeline:
    return pipeline.plan(Source(path.read_bytes(), path.name, path.parent), options)


def ids(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


@pytest.mark.parametrize("path", SCRIPTS, ids=ids)
def test_a_session_has_no_fault_and_no_warning(path: Path) -> None:
    report = pipeline.check(Source(path.read_bytes(), path.name, path.parent))
    assert report.faults == ()
    assert report.warnings == ()


@pytest.mark.parametrize("path", SCRIPTS, ids=ids)
def test_a_session_is_spoken_in_its_language(path: Path) -> None:
    language = path.parent.name
    timeline = session(path, Options(engine="pyttsx3"))
    assert timeline.language == language
    assert timeline.voice.startswith("pyttsx3:")
    for cue in timeline.speech:
        assert "{" not in cue.text + cue.spoken
        assert not re.search(r"\d", cue.spoken), (cue.text, cue.spoken)
        assert not ENGLISH_WORDS.search(cue.spoken), cue.spoken
    check_lanes(timeline)


def check_lanes(timeline: Timeline) -> None:
    """No words over words, none over a countdown or a boundary tone."""
    for cue, after in pairwise(timeline.speech):
        assert cue.end_ms <= after.start_ms
    kept_clear = {"countdown", "start", "rest", "switch", "finish"}
    tones = [cue for cue in timeline.cues if isinstance(cue, Tone) and cue.role in kept_clear]
    for cue in timeline.speech:
        for tone in tones:
            assert cue.end_ms <= tone.start_ms or tone.end_ms <= cue.start_ms, (cue, tone)


def test_two_sessions_a_language() -> None:
    assert {language: sum(p.parent.name == language for p in SCRIPTS) for language in OTHERS} == (
        dict.fromkeys(OTHERS, 2)
    )


MIXED = """\
voiceguide: 1
title: Deutsch und Englisch
language: de
steps:
  - say: {text: Warm up, language: en}
  - say: Warm up
  - {rest: 20s, say: {text: Breathe in and out, language: en-GB}}
  - exercise: Hampelmann
    duration: 30s
    say: {text: Jumping jacks, language: en}
    cues: [{at: half, say: {text: Go on, language: fr}}]
"""


def mixed(script: str = MIXED) -> Source:
    return Source(script.encode(), "mixed.yaml", Path())


def test_a_line_is_spoken_by_a_voice_of_its_language() -> None:
    timeline, mix = pipeline.prepare(mixed(), Options(engine="pyttsx3"))
    told = {cue.text: cue.language for cue in timeline.speech if cue.role == "script"}
    assert told["Jumping jacks"] == "en"
    assert told["Breathe in and out"] == "en-GB"
    assert told["Go on"] == "fr"
    english, german = (cue for cue in timeline.speech if cue.text == "Warm up")
    assert (english.language, german.language) == ("en", None)
    spoken = {cue.language: _sound(mix, cue) for cue in (english, german)}
    assert not np.array_equal(spoken["en"], spoken[None])


def _sound(mix: Any, cue: Speech) -> Any:
    samples = np.concatenate([block.samples for block in mix.blocks()])[:, 0]
    return samples[cue.start_ms * 48 : cue.end_ms * 48]


def test_a_language_that_nobody_speaks_is_a_fault_in_its_place() -> None:
    report = pipeline.check(mixed(MIXED.replace("language: en}", "language: tlh}")))
    places = [(fault.line, fault.column) for fault in report.faults]
    assert places == [(5, 36), (10, 42)]
    assert all("tlh" in fault.message for fault in report.faults)


def test_a_named_engine_speaks_every_line_whose_language_it_has() -> None:
    assert pipeline.check(mixed(), Options(engine="pyttsx3")).faults == ()


def test_a_named_engine_is_never_replaced_for_one_line() -> None:
    """A line that it does not speak is a fault in its place."""
    named = MIXED.replace("language: de\n", "language: de\nvoice: {engine: pyttsx3}\n", 1)
    faults = pipeline.check(mixed(named.replace("language: fr", "language: tlh"))).faults
    assert [(fault.line, fault.column) for fault in faults] == [(12, 52)]
    assert "pyttsx3" in faults[0].message


UNKNOWN_FORM = """\
voiceguide: 1
title: T
language: {language}
steps:
  - {{exercise: x, duration: 9s, sides: each, cues: [{{at: 1s, say: "{{{name}}} ok"}}]}}
"""


@pytest.mark.parametrize(
    ("language", "name", "faults"),
    [
        ("de", "side_adv", []),
        ("de", "other_side_m", []),
        ("de", "side_f", ["there is no placeholder `{side_f}` in this language"]),
        ("en", "side_m", ["there is no placeholder `{side_m}` in this language"]),
        ("ja", "side_of", []),
    ],
)
def test_forms_of_sides_are_those_of_the_language(
    language: str, name: str, faults: list[str]
) -> None:
    report = pipeline.check(mixed(UNKNOWN_FORM.format(language=language, name=name)))
    assert [fault.message for fault in report.faults] == faults
    assert all(fault.line == 5 for fault in report.faults)


def test_a_file_keeps_the_letters_of_its_name(tmp_path: Path) -> None:
    target = tmp_path / "朝の運動 №1.mp3"
    path = next(path for path in SCRIPTS if path.parent.name == "ja")
    source = Source(path.read_bytes(), "朝.yaml", path.parent)
    rendered = pipeline.render(source, target, Options(engine="silent"))
    assert rendered.path == target
    assert target.stat().st_size > 1000
