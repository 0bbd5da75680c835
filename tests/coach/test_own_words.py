"""A phrase book of the author's own: its lines count, and what is wrong in it is told."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from voiceguide import coach, pipeline
from voiceguide.cli import main
from voiceguide.model.errors import Fault
from voiceguide.model.options import Options
from voiceguide.model.source import Source
from voiceguide.model.timeline import Timeline

SCRIPT = """\
voiceguide: 1
title: Short
language: {language}
phrases: my-words.yaml
steps:
  - {{exercise: hop, duration: 70s, prepare: 10s, sides: left-right, switch: 10s}}
"""


def source(folder: Path, words: str, language: str = "en") -> Source:
    (folder / "my-words.yaml").write_text(words, encoding="utf-8")
    return Source(SCRIPT.format(language=language).encode(), "short.yaml", folder)


def planned(source: Source) -> Timeline:
    return pipeline.plan(source, Options(engine="silent"), estimate=True)


def faults(source: Source) -> list[str]:
    return [told(fault) for fault in pipeline.check(source).faults]


def told(fault: Fault) -> str:
    return f"{fault.origin}:{fault.line}:{fault.column} {fault.message}"


def test_a_line_of_the_author_is_said_in_place_of_ours(tmp_path: Path) -> None:
    timeline = planned(source(tmp_path, "lines: {halfway: {full: Half of it is done.}}"))
    assert [cue.text for cue in timeline.speech if cue.role == "halfway"] == [
        "Half of it is done."
    ] * 2
    assert any(cue.text == "Hop, left side." for cue in timeline.speech)


def test_no_praise_comes_again_within_five_of_few_lines_or_of_the_same(tmp_path: Path) -> None:
    (tmp_path / "my-words.yaml").write_text("praise: [One., One., Two.]", encoding="utf-8")
    steps = "[{repeat: 7, steps: [{exercise: hop, duration: 90s}]}]"
    text = f"voiceguide: 1\ntitle: T\nphrases: my-words.yaml\nsteps: {steps}\n"
    timeline = planned(Source(text.encode(), "t.yaml", tmp_path))
    praise = [(cue.about, cue.text) for cue in timeline.speech if cue.role == "praise"]
    first = praise[0][0] or 0
    assert praise == [
        (first + n, text) for n, text in ((0, "One."), (1, "Two."), (5, "One."), (6, "Two."))
    ]


def test_forms_of_sides_can_be_added(tmp_path: Path) -> None:
    words = (
        "sides: {left: {plain: left, far: west}, right: {plain: right, far: east},"
        " working: {plain: working, far: near}, resting: {plain: other, far: far}}\n"
        'lines: {side: {full: "Now face {side_far}.", short: "{Side_far}.", name: "{Side_far}."}}'
    )
    texts = [cue.text for cue in planned(source(tmp_path, words)).speech]
    assert "Now face east." in texts


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("lines: {halfwy: {full: x}}", "my-words.yaml:1:17 unknown key `halfwy`"),
        ("lines: {halfway: {full: }}",
         "my-words.yaml:1:19 nothing is written after `full:`; expected words"),
        ("lines:\n  halfway: {full: 'now {sids}'}",
         "my-words.yaml:2:19 there is no placeholder `{sids}` here"),
        ("lines: {halfway: x}", "my-words.yaml:1:18 expected keys and values"),
        ("praise: Good", "my-words.yaml:1:9 expected a list of texts"),
        ("language: de",
         "my-words.yaml:1:11 these words are for `de`, and the session is in `en`"),
        ("sides: {left: x}",
         "my-words.yaml:1:8 expected `left` and `right`, each a word, or forms with `plain`"),
        ("sides: {left: {plain: l, far: w}, right: {plain: r}}",
         "my-words.yaml:1:42 `right` lacks the form `far`, which other sides have"),
        ("numbers: {one: 1}",
         "my-words.yaml:1:10 expected the counts that take the form `one`, in a list"),
        ("units: {rep: {one: '{n} go', other: '{m} goes'}}",
         "my-words.yaml:1:37 there is no placeholder `{m}` here"),
        ("lines: {a: 1, a: 2}", "my-words.yaml:1:15 `a` is written twice, first on line 1"),
    ],
)  # fmt: skip
def test_a_fault_of_the_book_is_told_in_its_place(tmp_path: Path, words: str, wanted: str) -> None:
    assert wanted in faults(source(tmp_path, words))


def test_a_missing_book_is_a_fault_of_the_script(tmp_path: Path) -> None:
    script = SCRIPT.format(language="en").replace("my-words", "no-words")
    assert faults(Source(script.encode(), "s.yaml", tmp_path)) == [
        "s.yaml:4:10 there is no file `no-words.yaml`"
    ]


def test_a_book_from_outside_is_refused(tmp_path: Path) -> None:
    script = SCRIPT.format(language="en").replace("my-words", "../my-words")
    (fault,) = pipeline.check(Source(script.encode(), "s.yaml", tmp_path)).faults
    assert "outside of the folder" in fault.message


def test_a_language_of_its_own_needs_every_line(tmp_path: Path) -> None:
    found = faults(source(tmp_path, "language: sv\nlines: {halfway: {full: Halvvägs.}}", "sv"))
    assert "my-words.yaml:2:8 `lines.rest` is missing" in found
    assert "my-words.yaml:0:0 `units` is missing" in found


def test_a_whole_book_makes_a_language(tmp_path: Path) -> None:
    body = yaml.safe_load(coach.text("nl") if "nl" in coach.languages() else coach.text("de"))
    body["language"] = "sv"
    text = yaml.safe_dump(body, allow_unicode=True)
    timeline = planned(source(tmp_path, text, "sv"))
    assert timeline.language == "sv"
    assert len(timeline.speech) > 3


@pytest.mark.parametrize("language", coach.languages())
def test_a_book_that_is_printed_can_be_read_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    assert main(["phrases", language]) == 0
    printed = capsys.readouterr().out
    ours = Source(
        SCRIPT.format(language=language).replace("phrases: my-words.yaml\n", "").encode(),
        "short.yaml",
        tmp_path,
    )
    assert planned(source(tmp_path, printed, language)).cues == planned(ours).cues
