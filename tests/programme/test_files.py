"""A programme in its folder: files, playlist, page and calendar."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import icalendar
import mutagen
import pytest
from mutagen.id3 import ID3
from mutagen.mp4 import MP4

from voiceguide.data import shipped
from voiceguide.model import timeline

Call = Callable[..., Any]
Write = Callable[[str, str], str]

SILENT = ("--engine", "silent")
NAMES = [f"week-{week:02}-day-{day}-legs.mp3" for week in (1, 2, 3) for day in (1, 2)]
THERE = Path("output/legs-3")


def contents() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(THERE.iterdir())}


def test_a_file_for_each_session_which_says_its_week_and_day(call: Call, programme: str) -> None:
    called = call("program", programme, *SILENT)
    assert called.code == 0
    assert called.out == ""
    assert sorted(path.name for path in THERE.iterdir()) == sorted(
        [*NAMES, "index.html", "playlist.m3u8", "programme.json"]
    )
    tags = ID3(THERE / "week-03-day-2-legs.mp3")
    assert tags["TIT2"].text == ["Legs, week 3 day 2"]
    assert tags["TALB"].text == ["Legs in three weeks"]
    assert tags["TRCK"].text == ["6/6"]
    session = timeline.parse(tags.getall("GEOB")[0].data.decode())
    assert session.title == "Legs, week 3 day 2"
    first = session.speech[0]
    assert (first.role, first.text) == ("script", "Week 3, day 2.")
    assert first.spoken == "Week three, day two."
    assert (session.segments[0].kind, session.segments[1].kind) == ("talk", "prepare")
    seconds = mutagen.File(THERE / "week-03-day-2-legs.mp3").info.length
    assert abs(seconds * 1000 - session.duration_ms) < 50


@pytest.mark.parametrize(
    ("language", "words"),
    [("de", "Woche 1, Tag 1."), ("fr", "Semaine 1, jour 1."), ("ja", "第1週、1日目。")],
)
def test_week_and_day_in_the_language_of_the_session(
    call: Call, programme: str, language: str, words: str
) -> None:
    script = Path("legs.yaml")
    script.write_text(
        script.read_text(encoding="utf-8").replace("language: en", f"language: {language}"),
        encoding="utf-8",
    )
    assert call("program", programme, *SILENT, "--week", 1).code == 0
    tags = ID3(THERE / NAMES[0])
    assert timeline.parse(tags.getall("GEOB")[0].data.decode()).speech[0].text == words


def test_nothing_is_said_of_it_at_beeps(call: Call, programme: str) -> None:
    assert call("program", programme, *SILENT, "--week", 1, "--talk", "beeps").code == 0
    session = timeline.parse(ID3(THERE / NAMES[0]).getall("GEOB")[0].data.decode())
    assert not any("Week" in cue.text for cue in session.speech)


def test_another_format_has_its_album_and_track(call: Call, programme: str) -> None:
    assert call("program", programme, *SILENT, "--week", 2, "--format", "m4a").code == 0
    tags = MP4(THERE / "week-02-day-1-legs.m4a")
    assert (tags["\xa9alb"], tags["trkn"]) == (["Legs in three weeks"], [(3, 6)])


def test_a_rerun_makes_only_what_has_changed(call: Call, programme: str) -> None:
    call("program", programme, *SILENT, "--start", "2026-12-07")
    before = contents()
    called = call("program", programme, *SILENT, "--start", "2026-12-07", "--json")
    assert [each["up_to_date_before"] for each in json.loads(called.out)] == [True] * 6
    assert contents() == before
    text = Path(programme).read_text(encoding="utf-8").replace("12s", "13s")
    Path(programme).write_text(text, encoding="utf-8")
    (THERE / NAMES[5]).write_bytes(b"cut")
    called = call("program", programme, *SILENT, "--start", "2026-12-07", "--json")
    assert [each["up_to_date_before"] for each in json.loads(called.out)] == [
        True, True, False, False, True, False,
    ]  # fmt: skip


def test_a_changed_part_of_a_script_is_a_change(call: Call, programme: str, write: Write) -> None:
    write("part.yaml", "voiceguide: 1\ntitle: P\nsteps:\n  - {exercise: squat, reps: 1}\n")
    script = Path("legs.yaml")
    script.write_text(
        script.read_text(encoding="utf-8") + "  - include: part.yaml\n", encoding="utf-8"
    )
    again = ("program", programme, *SILENT, "--week", 1, "--json")
    made = [json.loads(call(*again).out)[0]["up_to_date_before"] for _ in range(2)]
    write("part.yaml", "voiceguide: 1\ntitle: P\nsteps:\n  - {exercise: squat, reps: 2}\n")
    made.append(json.loads(call(*again).out)[0]["up_to_date_before"])
    assert made == [False, True, False]


def test_one_week_and_then_the_rest(call: Call, programme: str) -> None:
    call("program", programme, *SILENT, "--week", 2)
    assert [name for name in contents() if name.endswith("mp3")] == NAMES[2:4]
    playlist = (THERE / "playlist.m3u8").read_text()
    assert [line for line in playlist.splitlines() if line.endswith("mp3")] == NAMES[2:4]
    assert Links(THERE / "index.html").audio == NAMES[2:4]
    call("program", programme, *SILENT)
    assert Links(THERE / "index.html").audio == NAMES


def test_the_playlist_tells_lengths(call: Call, programme: str) -> None:
    made = json.loads(call("program", programme, *SILENT, "--week", 1, "--json").out)
    lines = (THERE / "playlist.m3u8").read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["#EXTM3U", "#PLAYLIST:Legs in three weeks"]
    assert lines[2:] == [
        line
        for each in made
        for line in (
            f"#EXTINF:{round(each['duration_ms'] / 1000)},{each['title']}",
            Path(each["file"]).name,
        )
    ]


class Links(HTMLParser):
    """What a page leads to and plays."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.audio: list[str] = []
        self.labels: list[str] = []
        self.others: list[str] = []
        self.text = page.read_text(encoding="utf-8")
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "a":
            self.links.append(found["href"] or "")
        elif tag == "audio":
            self.audio.append(found["src"] or "")
            self.labels.append(found["aria-label"] or "")
        elif tag in {"script", "link", "img", "iframe"}:
            self.others.append(tag)


def test_the_page_plays_every_session_and_needs_nothing_else(call: Call, programme: str) -> None:
    call("program", programme, *SILENT, "--start", "2026-12-07")
    page = Links(THERE / "index.html")
    assert page.links == ["playlist.m3u8", "programme.ics", *NAMES]
    assert page.audio == NAMES
    assert page.labels[0] == "Legs, week 1 day 1"
    assert page.others == []
    assert "http" not in page.text
    assert "$" not in page.text
    assert "Day 2, Thursday 2026-12-10, 18:00" in page.text
    assert "Week 3 (lighter)" in page.text
    assert '<html lang="en">' in page.text


def test_the_page_tells_what_each_session_needs_in_its_language(call: Call, write: Write) -> None:
    for name, language, move in (("un", "fr", "Squat"), ("two", "en", "Monster walk")):
        step = f"  - {{exercise: {move}, duration: 5s}}\n"
        text = f"voiceguide: 1\ntitle: {name}\nlanguage: {language}\nsteps:\n{step}"
        write(f"{name}.yaml", text)
    sessions = "[{script: un.yaml, day: mon}, {script: two.yaml, day: thu}]"
    text = f"programme: 1\ntitle: T\nweeks: 1\ndays: [mon, thu]\nsessions: {sessions}\n"
    assert call("program", write("p.yaml", text), *SILENT, "-o", "there").code == 0
    page = Path("there/index.html").read_text(encoding="utf-8")
    rows = page.split("<li")[-2:]
    assert "aucun matériel." in rows[0]
    assert "You need a loop band." in rows[1].split("<footer>")[0]
    assert rows[1].startswith(' lang="en"')
    footer = page.split("<footer>")[1]
    assert "You need" not in footer
    assert '<p class="note" lang="fr"' in footer
    assert '<p class="note" lang="en"' in footer


def test_a_script_with_a_long_name_has_a_file(call: Call, write: Write, legs: str) -> None:
    name = "とても長い名前の台本" * 8 + ".yaml"
    write(name, Path(legs).read_text(encoding="utf-8"))
    text = f"programme: 1\ntitle: T\nweeks: 1\ndays: mon\nsessions: [{name}]\n"
    assert call("program", write("p.yaml", text), *SILENT, "-o", "there").code == 0
    assert list(Path("there").glob("week-01-day-1-*.mp3"))


def test_one_session_is_told_as_one(call: Call, write: Write, legs: str) -> None:
    text = f"programme: 1\ntitle: T\nweeks: 1\ndays: mon\nsessions: [{legs}]\n"
    assert call("program", write("p.yaml", text), *SILENT, "-o", "there").code == 0
    page = Path("there/index.html").read_text(encoding="utf-8")
    assert "1 week, 1 session, " in page
    assert '<p dir="auto"></p>' not in page


def test_titles_are_escaped_in_every_file(call: Call, programme: str) -> None:
    text = (
        Path(programme)
        .read_text(encoding="utf-8")
        .replace("Legs in three weeks", '"<b> & \\n Co; x, y"')
    )
    Path(programme).write_text(text, encoding="utf-8")
    call("program", programme, *SILENT, "--week", 1, "--start", "2026-12-07")
    assert "<b>" not in (THERE / "index.html").read_text()
    assert "#PLAYLIST:<b> & Co; x, y\n" in (THERE / "playlist.m3u8").read_text()
    calendar = icalendar.Calendar.from_ical((THERE / "programme.ics").read_bytes())
    assert calendar["x-wr-calname"] == "<b> & Co; x, y"


def events(call: Call, programme: str, *more: str) -> list[Any]:
    assert call("program", programme, *SILENT, "--week", 1, *more).code == 0
    calendar = icalendar.Calendar.from_ical((THERE / "programme.ics").read_bytes())
    return list(calendar.walk("VEVENT"))


def test_the_calendar(call: Call, programme: str) -> None:
    found = events(call, programme, "--start", "2026-12-01")
    assert [event["dtstart"].dt for event in found[:3]] == [
        *(datetime.combine(date(2026, 12, day), time(18)) for day in (7, 10, 14)),
    ]  # fmt: skip
    assert all(event["dtstart"].dt.tzinfo is None for event in found), "floating times"
    assert [event["summary"] for event in found][5] == "Legs, week 3 day 2"
    seconds = timeline.parse(ID3(THERE / NAMES[0]).getall("GEOB")[0].data.decode()).duration_ms
    assert found[0]["duration"].dt == timedelta(seconds=-(-seconds // 1000))
    assert "You need no equipment." in found[0]["description"]
    assert NAMES[0] in found[0]["description"]
    (alarm,) = found[0].walk("VALARM")
    assert alarm["trigger"].dt == -timedelta(minutes=15)
    assert alarm["action"] == "DISPLAY"
    assert len({event["uid"] for event in found}) == 6


def test_the_calendar_is_the_same_in_every_run_and_keeps_its_ids(
    call: Call, programme: str
) -> None:
    first = events(call, programme, "--start", "2026-12-01")
    before = (THERE / "programme.ics").read_bytes()
    (THERE / "programme.ics").unlink()
    events(call, programme, "--start", "2026-12-01")
    assert (THERE / "programme.ics").read_bytes() == before
    lines = before.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines), "RFC 5545, 3.1"
    text = (
        Path(programme)
        .read_text(encoding="utf-8")
        .replace("18:00", "07:30")
        .replace("thursday", "friday")
    )
    Path(programme).write_text(text + "alarm: none\n", encoding="utf-8")
    moved = events(call, programme, "--start", "2027-01-04")
    assert [event["uid"] for event in moved] == [event["uid"] for event in first]
    assert moved[1]["dtstart"].dt == datetime.combine(date(2027, 1, 8), time(7, 30))
    assert not any(event.walk("VALARM") for event in moved)


def test_a_session_without_a_time_is_an_event_of_the_day(call: Call, programme: str) -> None:
    text = (
        Path(programme).read_text(encoding="utf-8").replace('at: "18:00"\n', "start: 2026-12-07\n")
    )
    Path(programme).write_text(text, encoding="utf-8")
    first = events(call, programme)[0]
    assert first["dtstart"].dt == date(2026, 12, 7)
    assert "duration" not in first
    (alarm,) = first.walk("VALARM")
    assert alarm["trigger"].dt == timedelta(hours=9)


def test_without_a_first_day_there_is_no_calendar(call: Call, programme: str) -> None:
    called = call("program", programme, *SILENT, "--week", 1)
    assert not (THERE / "programme.ics").exists()
    assert "There is no calendar" in called.err


def test_a_calendar_of_before_is_told_of(call: Call, programme: str) -> None:
    called = call("program", programme, *SILENT, "--week", 1, "--start", "2026-12-02")
    assert "2026-12-02 is a Wednesday: week 1 begins on Monday 2026-12-07." in called.err
    calendar = (THERE / "programme.ics").read_bytes()
    called = call("program", programme, *SILENT, "--week", 1)
    assert f"{THERE / 'programme.ics'} stays as it was, since nobody says when" in called.err
    assert "is a Wednesday" not in called.err
    assert (THERE / "programme.ics").read_bytes() == calendar


def test_a_plan_of_one_week(call: Call, programme: str) -> None:
    plan = ("program", programme, "--plan", "--estimate", *SILENT)
    assert "3 weeks, 2 sessions in week 2" in call(*plan, "--week", 2).out
    weeks = [
        each["week"] for each in json.loads(call(*plan, "--week", 2, "--json").out)["sessions"]
    ]
    assert weeks == [2, 2]
    called = call(*plan, "--week", 4)
    assert called.code == 2
    assert "there is no week 4" in called.err
    assert called.out == ""


@pytest.mark.parametrize("name", ["index.html", NAMES[1], "programme.json"])
def test_what_is_not_ours_is_not_touched(call: Call, programme: str, name: str) -> None:
    THERE.mkdir(parents=True)
    (THERE / name).write_text("mine")
    called = call("program", programme, *SILENT)
    assert called.code == 2
    assert f"{THERE / name} is there already" in called.err
    assert contents() == {name: b"mine"}


@pytest.mark.skipif(sys.platform != "linux", reason="others have no such names")
def test_a_programme_whose_name_is_no_utf_8_has_a_folder_too(call: Call, programme: str) -> None:
    odd = Path(programme).rename("f\udcfcr.yaml")
    assert call("program", odd, *SILENT, "--week", 1, "-o", "there").code == 0
    again = call("program", odd, *SILENT, "--week", 1, "-o", "there", "--json")
    assert {each["up_to_date_before"] for each in json.loads(again.out)} == {True}


def test_a_folder_holds_one_programme(call: Call, programme: str, write: Write) -> None:
    (Path("output") / "legs-3").mkdir(parents=True)
    (THERE / "notes.txt").write_text("mine")
    call("program", programme, *SILENT, "--week", 1)
    before = contents()
    other = write("other.yaml", Path(programme).read_text(encoding="utf-8"))
    called = call("program", other, *SILENT, "-o", THERE)
    assert called.code == 2
    assert "holds the programme legs-3" in called.err
    assert contents() == before


def test_two_programmes_of_one_name_are_two(call: Call, programme: str) -> None:
    for client in ("anna", "ben"):
        Path(client).mkdir()
        for name in (programme, "legs.yaml"):
            (Path(client) / name).write_text(Path(name).read_text())
    assert call("program", f"anna/{programme}", *SILENT, "--week", 1).code == 0
    before = contents()
    called = call("program", f"ben/{programme}", *SILENT, "--week", 1)
    assert called.code == 2
    assert f"holds the programme {Path('anna') / programme}\n" in called.err
    assert contents() == before
    assert call("program", Path("anna").resolve() / programme, *SILENT, "--week", 2).code == 0
    (Path("anna") / programme).rename(programme)
    (Path("anna") / "legs.yaml").rename("legs.yaml")
    assert call("program", programme, *SILENT, "--week", 3).code == 0
    assert set(NAMES) <= contents().keys()


def test_a_built_in_programme_is_the_same_by_its_path(call: Call) -> None:
    path = os.path.relpath(shipped("programmes") / "desk-day.yaml")
    for name in (path, "desk-day"):
        assert call("program", name, *SILENT, "--week", 1, "-o", "there").code == 0


def test_several_sessions_a_day_sort_by_time(call: Call, write: Write, legs: str) -> None:
    write("run.yaml", "voiceguide: 1\ntitle: Run\nsteps:\n  - {exercise: jog, duration: 5s}\n")
    text = f"""\
    programme: 1
    title: T
    weeks: 1
    days: [monday, tuesday]
    sessions:
      - {{script: {legs}, at: "16:00", areas: []}}
      - {{script: run.yaml, at: "9:30", areas: []}}
    """
    call("program", write("p.yaml", text), *SILENT, "-o", "there", "--start", "2026-12-07")
    assert sorted(path.name for path in Path("there").glob("*.mp3")) == [
        "week-01-day-1-01-run.mp3",
        "week-01-day-1-02-legs.mp3",
        "week-01-day-2-01-run.mp3",
        "week-01-day-2-02-legs.mp3",
    ]
    calendar = icalendar.Calendar.from_ical(Path("there/programme.ics").read_bytes())
    begins = [event["dtstart"].dt for event in calendar.walk("VEVENT")]
    assert begins == sorted(begins)
    assert len(set(begins)) == 4


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_a_killed_run_leaves_nothing_half_written(call: Call, programme: str) -> None:
    command = [sys.executable, "-m", "voiceguide", "program", programme, *SILENT]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as killed:
        assert killed.stderr is not None
        first = killed.stderr.readline()
        killed.send_signal(signal.SIGKILL)
    assert killed.returncode == -signal.SIGKILL
    assert NAMES[0] in first
    for path in THERE.iterdir():
        if path.name.startswith("week-"):
            session = timeline.parse(ID3(path).getall("GEOB")[0].data.decode())
            assert abs(mutagen.File(path).info.length * 1000 - session.duration_ms) < 50
        else:
            assert path.name == "programme.json" or path.name.endswith(".part")
    made = json.loads(call("program", programme, *SILENT, "--json").out)
    assert made[0]["up_to_date_before"]
    assert not made[5]["up_to_date_before"]
    assert not list(THERE.glob(".*.part"))
