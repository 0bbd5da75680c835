"""What we ship says only what it should: the built-in routines, and every word list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from shipped import FOLDER, PATHS, lost, work

from voiceguide import pipeline
from voiceguide.coach import book
from voiceguide.library import at_level, load, starter
from voiceguide.model.options import Options
from voiceguide.model.source import Source

COOKBOOK = Path(__file__).parents[1] / "docs" / "cookbook"
LIBRARY = load()

NEVER = {
    "diet advice": r"calor|kcal|protein|\bdiet|\bburn",
    "medical promise": r"prevent|\bcure|\bheal(s|ed|ing)?\b|injury.free|pain.free|guarantee",
    "figures nobody can prove": r"2,?000|\b90 ?(%|per ?cent)",
    "body talk": r"\b(butts?|booty|bum|belly|fat|flab\w*|toned?|slim\w*|skinny|sexy|bikini)\b",
    "unkind words": r"no pain|\blazy|punish|no excuse|wimp|quitter|\bcheat|beast|crush",
    "words that need a picture": r"as shown|see (below|above)|picture|photo|\bimage|\bvideo",
}


def scalars(text: str) -> list[str]:
    """Every key and value of a script, as text."""

    def walk(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            for key, value in node.items():
                yield from (*walk(key), *walk(value))
        elif isinstance(node, list):
            for item in node:
                yield from walk(item)
        else:
            yield node

    return list(walk(yaml.load(text, yaml.BaseLoader)))  # noqa: S506 - it makes text only


def library_words() -> list[str]:
    return [
        words
        for move in LIBRARY.moves.values()
        for number in range(1, max(1, len(move.levels)) + 1)
        for level in [at_level(move, number)]
        for words in (
            level.name,
            level.setup,
            level.setup_short,
            *level.tips,
            *level.mistakes,
            level.safety or "",
        )
    ]


def phrase_words() -> list[str]:
    books = [book.load(language) for language in book.languages()]
    lines = [text for each in books for line in each.lines.values() for text in line.values()]
    return [*lines, *(praise for each in books for praise in each.praise)]


def script_words() -> list[str]:
    paths = (*PATHS.values(), *COOKBOOK.glob("*.yaml"))
    texts = (starter(), *(path.read_text("utf-8") for path in paths))
    return [words for text in texts for words in scalars(text)]


@pytest.mark.parametrize("reason", NEVER)
def test_no_shipped_word_is_one_of_those_we_never_say(reason: str) -> None:
    said = [*library_words(), *phrase_words(), *script_words()]
    assert [words for words in said if re.search(NEVER[reason], words, re.IGNORECASE)] == []


@pytest.mark.parametrize("level", [1, 2, 3])
def test_every_move_is_done_by_its_name_alone_and_nothing_of_it_is_lost(level: int) -> None:
    steps = "".join(f"  - {{exercise: {move}, prepare: auto}}\n" for move in LIBRARY.moves)
    text = f"voiceguide: 1\ntitle: All\nlevel: {level}\nsteps:\n{steps}"
    source = Source(text.encode(), "all.yaml", FOLDER)
    timeline = pipeline.plan(source, Options(engine="silent"), estimate=True)
    assert {segment.exercise for segment in work(timeline)} == set(LIBRARY.moves)
    assert timeline.warnings == ()
    assert lost(timeline) == []


def test_the_script_of_a_new_author_is_as_sound_as_ours() -> None:
    source = Source(starter().encode(), "new.yaml", FOLDER)
    timeline = pipeline.plan(source, Options(engine="silent"), estimate=True)
    assert pipeline.check(source) == pipeline.Report((), ())
    assert (timeline.warnings, lost(timeline)) == ((), [])
    opening = " ".join(cue.text for cue in timeline.speech if cue.end_ms <= 30_000)
    assert all(re.search(word, opening) for word in ("pain", "stop", "professional|doctor"))
