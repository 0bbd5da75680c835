from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from mutagen.id3 import ID3, CTOCFlags

from voiceguide import ffmpeg
from voiceguide.export import Tags, describe
from voiceguide.export.id3 import write_id3
from voiceguide.export.lyrics import write_lrc
from voiceguide.model.timeline import Chapter, Timeline, dump


def read(path: Path, tags: Tags, timeline: Timeline) -> Any:
    silence = (bytes.fromhex("fffb94c4") + bytes(380)) * 20
    path.write_bytes(write_id3(tags, timeline) + silence)
    return ID3(path, translate=False)


def chapters(count: int) -> tuple[Chapter, ...]:
    """Titles of falling length: mutagen would write the shortest first."""
    return tuple(
        Chapter(
            title=f"{number} {'é' * ((count - number) % 40)}",
            start_ms=number * 10,
            end_ms=number * 10 + 10,
        )
        for number in range(count)
    )


def test_every_text_is_there_in_any_script(tmp_path: Path, session: Timeline) -> None:
    tags = replace(
        describe(session, comment="Il faut : 椅子.", year=2024), artist="Тренер", album="体操"
    )
    found = read(tmp_path / "x.mp3", tags, session)
    assert found.version == (2, 3, 0)
    assert str(found["TIT2"]) == session.title
    assert str(found["TPE1"]) == "Тренер"
    assert str(found["TALB"]) == "体操"
    assert str(found["TCON"]) == "Fitness"
    assert str(found["TYER"]) == "2024"
    assert str(found["TLEN"]) == "12345"
    assert str(found["COMM::fra"]) == "Il faut : 椅子."
    assert found["USLT::fra"].text == write_lrc(session)
    assert found["APIC:"].data == tags.cover_png


def test_the_timeline_is_json_that_anyone_can_read(tmp_path: Path, session: Timeline) -> None:
    found = read(tmp_path / "x.mp3", describe(session), session)["GEOB:voiceguide timeline"]
    assert found.mime == "application/json"
    assert found.filename == "timeline.json"
    assert json.loads(found.data.decode("utf-8")) == json.loads(dump(session))


@pytest.mark.parametrize("count", [0, 1, 2, 12, 255])
def test_chapters_come_in_their_order(tmp_path: Path, session: Timeline, count: int) -> None:
    timeline = replace(session, chapters=chapters(count))
    path = tmp_path / "x.mp3"
    found = read(path, describe(timeline), timeline)
    contents = [frame for frame in found.values() if frame.FrameID == "CTOC"]
    assert len(contents) == min(count, 1)
    for frame in contents:
        assert frame.flags == CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
        listed = [found[f"CHAP:{name}"] for name in frame.child_element_ids]
        assert [part.start_time for part in listed] == [part.start_ms for part in timeline.chapters]
    told = subprocess.run(
        [ffmpeg.locate(), "-hide_banner", "-i", str(path)], capture_output=True, check=False
    ).stderr.decode()
    titles = [
        line.split(": ", 1)[1] for line in told.splitlines() if line.startswith("        title")
    ]
    assert titles == [part.title for part in timeline.chapters]


def test_more_chapters_than_the_contents_can_count_are_left_out(
    tmp_path: Path, session: Timeline
) -> None:
    timeline = replace(session, chapters=chapters(300))
    found = read(tmp_path / "x.mp3", describe(timeline), timeline)
    assert len(found.getall("CHAP")) == 255


def test_lyrics_have_a_line_for_each_spoken_cue(session: Timeline) -> None:
    assert write_lrc(session).splitlines() == [
        "[00:01.00]Fente arrière, gauche = left; #1",
        "[00:07.00]Слушай",
    ]


def test_lyrics_count_minutes_past_the_hour(session: Timeline) -> None:
    late = replace(session.speech[0], start_ms=2 * 3_600_000 + 61_239)
    assert write_lrc(replace(session, cues=(late,))).startswith("[121:01.23]")


def test_a_language_without_a_code_of_its_own_is_undetermined(
    tmp_path: Path, session: Timeline
) -> None:
    timeline = replace(session, language="tlh")
    assert read(tmp_path / "x.mp3", describe(timeline), timeline).getall("USLT")[0].lang == "und"
