"""What composed scripts say of their own, in every language."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from compose.judge import WARM_UP
from voiceguide import compose, pipeline
from voiceguide.compose import Wishes
from voiceguide.compose.session import Why
from voiceguide.compose.words import _FOLDER as FOLDER
from voiceguide.compose.write import _WORDS as REASONS
from voiceguide.model.exercise import Area
from voiceguide.model.options import Options
from voiceguide.model.source import Source
from voiceguide.pipeline.composing import Composer
from voiceguide.script.scalars import LANGUAGES


def words(language: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((FOLDER / f"{language}.yaml").read_text("utf-8"))
    return read


def test_every_language_of_the_coach_has_words() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(LANGUAGES)
    assert compose.speaks("pt-BR")
    assert not compose.speaks("sv")


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_all_there(language: str) -> None:
    ours, english = words(language), words("en")
    assert set(ours) == set(english)
    assert set(ours["areas"]) == set(get_args(Area))
    assert set(ours["blocks"]) == set(english["blocks"])
    for name in ("{title}", "{equipment}", "{note}"):
        assert name in ours["welcome"]
    for name in ("{areas}", "{minutes}"):
        assert name in ours["title"]


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "en"])
@pytest.mark.parametrize("areas", [(), ("core", "glutes")])
def test_a_session_in_another_language_is_as_long_and_is_said_in_full(
    language: str, areas: tuple[Area, ...]
) -> None:
    composer = Composer(language)
    wished = Wishes(minutes=15, areas=areas, equipment=("none", "band"), level=2, seed=3)
    script = composer.write(composer.compose(wished))
    session = pipeline.plan(
        Source(script.encode(), "s", Path()), Options(engine="silent"), estimate=True
    )
    assert session.language == language
    assert session.duration_ms == 900_000
    assert session.warnings == ()
    assert [d for d in session.dropped if d.role not in {"praise", "tip"}] == []
    assert WARM_UP not in script
    assert all(segment.exercise for segment in session.segments if segment.kind == "work")


def test_a_title_of_ones_own_is_that_of_the_script() -> None:
    composer = Composer(title="Tuesday: legs")
    script = composer.write(composer.compose(Wishes(minutes=10)))
    assert pipeline.load(Source(script.encode(), "s", Path())).routine.title == "Tuesday: legs"


def test_every_reason_can_be_told() -> None:
    assert set(REASONS) == set(get_args(Why))
