"""What keys make of the frames that are played."""

from __future__ import annotations

from itertools import pairwise
from typing import get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voiceguide.live.route import Route
from voiceguide.live.transport import FADE_FRAMES, Action, Event, Run, Transport
from voiceguide.model.timeline import Timeline

SECOND = 48_000
BLOCK = 2_400
KEYS = [key for key in get_args(Action) if key != "quit"]


class Tape:
    """Everything that was taken from a transport."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport
        self.runs: list[Run] = []
        self.events: list[tuple[int, Event]] = []
        """Each with its frame since the start."""
        self.n_frames = 0

    def take(self, n_frames: int) -> None:
        """Takes them block by block, as a device does."""
        while n_frames > 0:
            self._take(min(n_frames, BLOCK))
            n_frames -= BLOCK

    def _take(self, n_frames: int) -> None:
        taken = self.transport.take(n_frames)
        assert sum(run.n_frames for run in taken.runs) == n_frames
        self.events += [(self.n_frames + event.offset, event) for event in taken.events]
        self.runs += taken.runs
        self.n_frames += n_frames

    def finish(self) -> None:
        """Takes to the end, letting go of every wait."""
        for _ in range(1_000):
            if self.transport.mode == "ended":
                return
            if self.transport.mode in {"waiting", "paused"}:
                self.transport.press("go")
            self.take(SECOND)
        raise AssertionError("it does not end")

    def named(self, name: str) -> list[tuple[int, Event]]:
        return [(at, event) for at, event in self.events if event.name == name]


def played(tape: Tape, start: int) -> list[Run]:
    """What sounded of the timeline, in order; only a skip leads from one place to another."""
    position, at, found = start, 0, []
    skips = [(at, event) for at, event in tape.events if event.name == "skip"]
    for run in tape.runs:
        while skips and skips[0][0] <= at:
            _, skip = skips.pop(0)
            assert skip.position == position
            assert skip.to is not None
            position = skip.to
        if run.source == "session":
            assert run.first == position
            position += run.n_frames
            found.append(run)
        at += run.n_frames
    return found


def test_without_a_key_everything_comes_once_and_in_time(workout: Timeline) -> None:
    tape = Tape(Transport(Route(workout), waits=False))
    for _ in range(2_700):
        tape.take(480)
    assert [at // 48 for at, _ in tape.named("cue")] == [cue.start_ms for cue in workout.cues]
    assert [at // 48 for at, _ in tape.named("segment")] == [s.start_ms for s in workout.segments]
    assert [at // 48 for at, _ in tape.named("end")] == [26_000]
    assert {run.gain for run in tape.runs} == {(1.0, 1.0)}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    steps=st.lists(st.tuples(st.integers(1, 3 * SECOND), st.sampled_from(KEYS)), max_size=15),
    waits=st.booleans(),
    between=st.booleans(),
    proof=st.booleans(),
    start=st.integers(0, 26 * SECOND - 1),
)
def test_no_cue_comes_twice_or_is_lost_without_a_key_that_asks(
    workout: Timeline,
    steps: list[tuple[int, Action]],
    waits: bool,
    between: bool,
    proof: bool,
    start: int,
) -> None:
    route = Route(workout)
    transport = Transport(
        route, start=start, waits=waits, between=between, proof=proof, reminder_frames=4_800
    )
    tape = Tape(transport)
    for n_frames, key in steps:
        tape.take(n_frames)
        assert transport.position <= route.n_frames
        if transport.mode != "ended":
            transport.press(key)
    tape.finish()

    runs = played(tape, start)
    assert runs[-1].first + runs[-1].n_frames == route.n_frames or tape.named("skip")
    wanted = [
        (index, cue.start_ms * 48)
        for run in runs
        for index, cue in enumerate(workout.cues)
        if run.first <= cue.start_ms * 48 < run.first + run.n_frames
    ]
    assert [(event.index, event.position) for _, event in tape.named("cue")] == wanted
    assert len(tape.named("end")) == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(pauses=st.lists(st.tuples(st.integers(0, 6 * SECOND), st.integers(1, 3 * SECOND))))
def test_a_pause_shifts_no_later_cue_by_a_frame(
    workout: Timeline, pauses: list[tuple[int, int]]
) -> None:
    transport = Transport(Route(workout), waits=False)
    tape = Tape(transport)
    for before, length in pauses:
        if before:
            tape.take(before)
        transport.press("pause")
        tape.take(FADE_FRAMES + length)
        transport.press("pause")
    tape.finish()
    silence = 0
    position = 0
    for run in tape.runs:
        if run.source == "session":
            assert run.first == position
            position += run.n_frames
        elif position < 26 * SECOND:
            silence += run.n_frames
    last = [at for at, _ in tape.named("cue")][-1]
    assert last == 25_800 * 48 + silence
    assert len(tape.named("cue")) == len(workout.cues)


def test_a_pause_goes_down_and_comes_up_without_a_click(workout: Timeline) -> None:
    transport = Transport(Route(workout))
    tape = Tape(transport)
    for _ in range(3):
        tape.take(SECOND // 4)
        transport.press("pause")
    sounding = [run for run in tape.runs if run.source == "session"]
    for one, other in pairwise(sounding):
        assert one.gain[1] == other.gain[0]
    assert {run.gain for run in sounding} == {(1.0, 1.0), (1.0, 0.0), (0.0, 1.0)}


def test_a_wait_holds_until_a_key_and_reminds_every_twenty_seconds(workout: Timeline) -> None:
    transport = Transport(Route(workout), start=24 * SECOND, reminder_frames=4_800)
    tape = Tape(transport)
    tape.take(46 * SECOND)
    assert transport.mode == "waiting"
    assert transport.segment_index == 7
    at = 0
    reminders = []
    for run in tape.runs:
        if run.source == "reminder" and run.first == 0:
            reminders.append(at / SECOND)
        at += run.n_frames
    assert reminders == [21, 41]
    transport.press("go")
    tape.take(2 * SECOND)
    assert [(at / SECOND, event.index) for at, event in tape.named("segment")] == [(46, 8)]


def test_without_anybody_to_end_it_a_wait_lasts_as_long_as_its_estimate(
    workout: Timeline,
) -> None:
    tape = Tape(Transport(Route(workout), waits=False))
    tape.take(27 * SECOND)
    assert tape.transport.mode == "ended"


def test_a_key_ends_work_at_the_own_pace_before_its_estimate(workout: Timeline) -> None:
    transport = Transport(Route(workout), start=20 * SECOND)
    tape = Tape(transport)
    tape.take(SECOND)
    transport.press("pause")
    tape.take(SECOND)
    assert [(e.position // 48, (e.to or 0) // 48) for _, e in tape.named("skip")] == [
        (21_008, 22_000)
    ]
    assert transport.mode == "playing"


def test_more_rest_is_silence_before_the_announcement(workout: Timeline) -> None:
    transport = Transport(Route(workout), start=14 * SECOND)
    tape = Tape(transport)
    tape.take(SECOND // 2)
    transport.press("more_rest")
    transport.press("more_rest")
    tape.take(40 * SECOND)
    cues = [(at // 48 + 14_000, event.position // 48) for at, event in tape.named("cue")]
    assert cues[:2] == [(14_000, 14_000), (14_200, 14_200)]
    assert [later - planned for later, planned in cues[2:]] == [30_000] * (len(cues) - 2)


def test_more_rest_in_a_countdown_has_all_of_it_again(workout: Timeline) -> None:
    transport = Transport(Route(workout), start=19 * SECOND)
    tape = Tape(transport)
    tape.take(SECOND // 2)
    transport.press("more_rest")
    tape.take(18 * SECOND)
    told = [event.position // 48 for _, event in tape.named("cue")]
    assert told == [19_200, 18_700, 19_200, 19_700, 20_000]


def test_proof_shortens_every_silence_to_a_second(workout: Timeline) -> None:
    tape = Tape(Transport(Route(workout), waits=False, proof=True))
    for _ in range(3_000):
        tape.take(480)
    ((ended, _),) = tape.named("end")
    assert ended // 48 < 26_000 - 900 - 500 - 2_900 - 1_500 - 900 - 1_000 + 100
    assert len(tape.named("cue")) == len(workout.cues)


def test_quit_ends_after_the_sound_has_gone_down(workout: Timeline) -> None:
    transport = Transport(Route(workout))
    tape = Tape(transport)
    tape.take(SECOND)
    transport.press("quit")
    tape.take(SECOND)
    ((at, event),) = tape.named("end")
    assert (at, event.key) == (SECOND + FADE_FRAMES, "quit")
    assert transport.mode == "ended"
