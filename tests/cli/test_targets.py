"""Where finished audio goes."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from voiceguide.cli.sources import Found
from voiceguide.cli.targets import choose, keep_timeline_apart
from voiceguide.model.errors import UsageError
from voiceguide.model.source import Source


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("there").mkdir()


def script(name: str) -> Found:
    path = Path(name)
    return Found(Source(b"", name, path.parent), path.stem, path)


@pytest.mark.parametrize(
    ("names", "output", "audio_format", "expected"),
    [
        (["a.yaml"], None, None, ["output/a.mp3"]),
        (["a.yaml"], None, "m4a", ["output/a.m4a"]),
        (["Échauffement 5.5.yaml"], None, None, ["output/Échauffement 5.5.mp3"]),
        (["a.yaml"], "b.ogg", None, ["b.ogg"]),
        (["a.yaml"], "b", "wav", ["b"]),
        (["a.yaml"], "-", None, ["-"]),
        (["a.yaml"], "there", None, ["there/a.mp3"]),
        (["a.yaml"], "new/", None, ["new/a.mp3"]),
        (["a.yaml", "b.yaml"], None, "flac", ["output/a.flac", "output/b.flac"]),
        (["a.yaml", "b.yaml"], "there", None, ["there/a.mp3", "there/b.mp3"]),
        (["a.yaml", "b.yaml"], "new", None, ["new/a.mp3", "new/b.mp3"]),
    ],
)
def test_targets(
    names: list[str], output: str | None, audio_format: str | None, expected: list[str]
) -> None:
    found = choose([script(name) for name in names], output, audio_format)
    assert found == [Path(path) for path in expected]


def test_a_terminal_gets_no_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = SimpleNamespace(isatty=lambda: True)
    monkeypatch.setattr("voiceguide.cli.targets.sys", SimpleNamespace(stdout=terminal))
    with pytest.raises(UsageError, match="would write the sound to this terminal"):
        choose([script("a.yaml")], "-", None)


@pytest.mark.parametrize(
    ("names", "output", "message"),
    [
        (["a.yaml", "b.yaml"], "c.mp3", "-o c.mp3 names one file, but there are 2 scripts"),
        (["a.yaml", "b.yaml"], "-", "-o - names one file, but there are 2 scripts"),
        (
            ["x/a.yaml", "y/a.yaml"],
            None,
            f"x/a.yaml and y/a.yaml would both be written to {Path('output/a.mp3')}",
        ),
        (["a.yaml"], "a.yaml", "-o a.yaml would replace the script"),
    ],
)
def test_what_would_be_lost_is_refused(names: list[str], output: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        choose([script(name) for name in names], output, None)
    assert caught.value.message == message


def test_where_case_does_not_count_no_file_replaces_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scripts = [script("x/Legs.yaml"), script("y/legs.yaml")]
    if sys.platform == "linux":
        assert len(choose(scripts, None, None)) == 2
    monkeypatch.setattr("voiceguide.cli.targets.sys", SimpleNamespace(platform="darwin"))
    with pytest.raises(UsageError, match="would both be written"):
        choose(scripts, None, None)


@pytest.mark.parametrize("timeline", ["-", "a.yaml", "output/a.mp3"])
def test_a_timeline_needs_a_file_of_its_own(timeline: str) -> None:
    with pytest.raises(UsageError):
        keep_timeline_apart(Path(timeline), [script("a.yaml")], [Path("output/a.mp3")])


def test_a_timeline_is_for_one_script() -> None:
    scripts = [script("a.yaml"), script("b.yaml")]
    with pytest.raises(UsageError, match="names one file, but there are 2 scripts"):
        keep_timeline_apart(Path("t.json"), scripts, [Path("a.mp3"), Path("b.mp3")])
