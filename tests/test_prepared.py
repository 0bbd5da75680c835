"""A session that was prepared before is heard again as it was, and only then."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from voiceguide import cache, data, pipeline, prepared
from voiceguide.model.errors import ScriptError
from voiceguide.model.options import Options
from voiceguide.model.source import Source
from voiceguide.sound import Mix

SCRIPT = """\
voiceguide: 1
title: Short
variables: {who: Anna}
steps:
  - say: Welcome.
  - include: parts/hello.yaml
    with: {who: "{who}"}
  - sound: gong.wav
  - {exercise: plank, duration: 20s}
"""
Change = Callable[[Source], tuple[Source, Options]]
SILENT = Options(engine="silent")


@pytest.fixture
def source(tmp_path: Path) -> Source:
    shutil.copy(data.shipped("sounds") / "bell.wav", tmp_path / "gong.wav")
    (tmp_path / "parts").mkdir()
    _write_part(tmp_path, "parts/hello.yaml", "say: 'Hello, {who}.'", "include: deep.yaml")
    _write_part(tmp_path, "deep.yaml", "rest: 10s")
    return Source(SCRIPT.encode(), "short.yaml", tmp_path)


def _write_part(folder: Path, name: str, *steps: str) -> None:
    listed = "".join(f"  - {step}\n" for step in steps)
    (folder / name).write_text(f"voiceguide: 1\ntitle: Part\nsteps:\n{listed}", "utf-8")


def samples(mix: Mix) -> np.ndarray:
    return np.concatenate([block.samples for block in mix.blocks()])


def test_a_session_is_recalled_as_it_was_prepared(source: Source) -> None:
    assert prepared.recall(source, SILENT) is None
    timeline, mix = pipeline.prepare(source, SILENT)
    recalled = prepared.recall(source, SILENT)
    assert recalled is not None
    assert recalled[0] == timeline
    assert np.array_equal(samples(recalled[1]), samples(mix))


def changed_word(source: Source) -> tuple[Source, Options]:
    return Source(source.text.replace(b"Welcome", b"Hello"), source.origin, source.folder), SILENT


def changed_option(source: Source) -> tuple[Source, Options]:
    return source, Options(engine="silent", talk="short")


def changed_sound(source: Source) -> tuple[Source, Options]:
    shutil.copy(data.shipped("sounds") / "tick.wav", source.folder / "gong.wav")
    return source, SILENT


def changed_variable(source: Source) -> tuple[Source, Options]:
    return source, Options(engine="silent", variables=(("who", "Bert"),))


def changed_include(source: Source) -> tuple[Source, Options]:
    _write_part(source.folder, "deep.yaml", "rest: 11s")
    return source, SILENT


def nearer_include(source: Source) -> tuple[Source, Options]:
    _write_part(source.folder, "parts/deep.yaml", "rest: 10s")
    return source, SILENT


def removed_include(source: Source) -> tuple[Source, Options]:
    (source.folder / "deep.yaml").unlink()
    return source, SILENT


def removed_sound(source: Source) -> tuple[Source, Options]:
    (source.folder / "gong.wav").unlink()
    return source, SILENT


def removed_clip(source: Source) -> tuple[Source, Options]:
    shutil.rmtree(cache.where() / "clips")
    return source, SILENT


def damaged_entry(source: Source) -> tuple[Source, Options]:
    for entry in (cache.where() / "sessions").iterdir():
        entry.write_bytes(entry.read_bytes()[:-9])
    return source, SILENT


def elsewhere(source: Source) -> tuple[Source, Options]:
    folder = source.folder.parent / "other"
    shutil.copytree(source.folder, folder, dirs_exist_ok=True)
    return Source(source.text, source.origin, folder), SILENT


@pytest.mark.parametrize(
    "change",
    [
        changed_word, changed_option, changed_variable, changed_include, nearer_include,
        removed_include, changed_sound, removed_sound, removed_clip, damaged_entry, elsewhere,
    ],
)  # fmt: skip
def test_whatever_differs_is_prepared_afresh(source: Source, change: Change) -> None:
    pipeline.prepare(source, SILENT)
    assert prepared.recall(*change(source)) is None


@pytest.fixture
def other_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "site"
    place.mkdir()
    monkeypatch.syspath_prepend(str(place))
    return place


def test_an_engine_that_comes_or_goes_is_noticed(source: Source, other_place: Path) -> None:
    pipeline.prepare(source, SILENT)
    assert prepared.recall(source, SILENT) is not None
    (other_place / "better_voice-2.0.dist-info").mkdir()
    assert prepared.recall(source, SILENT) is None


def test_faults_are_not_kept(source: Source) -> None:
    faulty = Source(b"voiceguide: 1\n", "bad.yaml", source.folder)
    with pytest.raises(ScriptError):
        pipeline.prepare(faulty, SILENT)
    assert prepared.recall(faulty, SILENT) is None
