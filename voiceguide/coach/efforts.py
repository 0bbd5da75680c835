"""What is heard during the work itself: counts, halfway, time left, tips and praise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from voiceguide.coach.frame import AFTER_TONE_MS, HALF_SECOND_MS, Stretch, Tones
from voiceguide.coach.gaps import (
    Placed,
    Span,
    first_fit,
    free_spans,
    takes,
)
from voiceguide.coach.words import Line, Words
from voiceguide.model.audio import Utterance
from voiceguide.model.phrase import Phrase
from voiceguide.model.roles import ToneRole
from voiceguide.model.session import Part, PartCue
from voiceguide.model.timeline import Tone

MIN_HALFWAY_MS = 60_000
MIN_REMAINING_MS = 30_000
"""Work in which "10 seconds left" is told, at least."""
MIN_BEFORE_REMAINING_MS = 10_000
"""Of the work, before it is told how much is left."""
LATE_MS = 1_000
"""A moment ("halfway") may be told this much after it has passed."""
MIN_TIP_MS = 15_000
TIP_TIMES = 3
"""So often each tip of an exercise is told in a session."""
MIN_PRAISE_MS = 30_000
PRAISE_EVERY_MS = 60_000
PRAISE_APART = 5
"""No line of praise comes again within so many; a book with fewer is silent for the rest."""
PRAISE_EVERY_PART = 8
"""Between two lines of praise lies at least this fraction (an eighth) of the time gone."""
SPACED_MS = 1_000
"""Between a tip or praise and what else is said."""


@dataclass(slots=True)
class Heard:
    """One effort and what is heard in it."""

    stretch: Stretch
    taken: list[Span]
    """What is said in it, by whomever; grows."""
    placed: list[Placed] = field(default_factory=list)
    tones: list[Tone] = field(default_factory=list)
    reps: list[Span] = field(default_factory=list)
    """When the tones of its reps sound; words keep clear of them where they can."""
    dropped: list[tuple[Line, str]] = field(default_factory=list)

    @property
    def part(self) -> Part:
        """What is done."""
        return self.stretch.part

    @property
    def room(self) -> list[Span]:
        """Where words may be, before anything is said."""
        return [(self.stretch.speech_from_ms, self.stretch.speech_until_ms())]

    def put(self, placed: Placed) -> None:
        """Takes the time for words."""
        self.placed.append(placed)
        self.taken.append((placed.start_ms, placed.end_ms))


class Efforts:
    """Words and tones within the work, effort by effort, in the order of time."""

    def __init__(
        self, words: Words, tones: Tones, utterance: Callable[[Phrase], Utterance]
    ) -> None:
        self._words, self._tones, self._utterance = words, tones, utterance
        self._tips: dict[tuple[str | None, int | None], int] = {}
        self._tipped = ""
        self._praised = 0
        self._praised_ms = -PRAISE_EVERY_MS

    def _length(self, phrase: Phrase) -> int:
        return self._utterance(phrase).length_ms

    def own(self, stretch: Stretch, taken: list[Span], late: Sequence[Line]) -> Heard:
        """The script's own words: the set-up that found no room before, then the timed cues.

        They move later where they must.
        """
        heard = Heard(stretch, taken)
        index, part = stretch.part_index, stretch.part
        lines = [(0, line) for line in late]
        if part.coaching.talk != "beeps":
            lines += [
                (cue.at_ms + cue.sound_ms, self._words.own(index, cue.say))
                for cue in sorted(part.cues, key=_moment)
                if cue.say is not None
            ]
        if not lines:
            return heard
        counts = [(count.start_ms, count.end_ms) for _, count in self._counts(stretch)]
        counts += self._releases(stretch)
        for at_ms, line in lines:
            window = (stretch.start_ms + at_ms, stretch.end_ms)
            placed = self._fit(heard, line, window, counts) or self._fit(heard, line, window)
            if placed is None:
                heard.dropped.append((line, "no room left in its work"))
            else:
                heard.put(placed)
        return heard

    def coach(self, stretch: Stretch, taken: list[Span], setup: Line | None) -> Heard:
        """A set-up that runs on, counts, halfway, time left, tip and praise, in this order."""
        heard = Heard(stretch, taken)
        if setup is not None:
            self._tell(heard, setup, stretch.start_ms, "no room left before it or in its work")
        self._count(heard)
        self._halfway(heard)
        self._remaining(heard)
        if stretch.part.coaching.talk == "full":
            self._tip(heard)
            self._praise(heard)
        return heard

    def _fit(
        self, heard: Heard, line: Line, window: Span, avoided: Sequence[Span] = ()
    ) -> Placed | None:
        spans = free_spans(heard.room, [*heard.taken, *avoided])
        for take in takes(line, self._length):
            start = first_fit(spans, take.length_ms, *window)
            if start is not None:
                return Placed(take, start)
        return None

    def _counts(self, stretch: Stretch) -> Iterator[tuple[int, Placed]]:
        """Spoken numbers by the starts of their reps: `all` counts up, `last-N` down.

        The stressed syllable is heard at the start, but for a number with which a segment begins.
        """
        part = stretch.part
        how, reps = part.coaching.count_reps, part.reps
        if how == "none" or reps is None or part.coaching.talk not in {"full", "short"}:
            return
        for rep, mark in enumerate(marks(stretch), start=1):
            left = reps - rep + 1
            if (rep == 1 and part.coaching.starts) or (how != "all" and left > how):
                continue
            number = self._words.rep(stretch.part_index, rep if how == "all" else left)
            take = next(takes(number, self._length))
            onset_ms = self._utterance(take.phrase).onset_ms or 0
            yield mark, Placed(take, max(mark - onset_ms, stretch.start_ms))

    def _count(self, heard: Heard) -> None:
        """A number or a tone at each rep, and the end of each hold but the last."""
        stretch, part = heard.stretch, heard.part
        numbers = dict(self._counts(stretch))
        room = (stretch.start_ms + stretch.lead_ms, stretch.speech_until_ms())
        for rep, mark in enumerate(marks(stretch)):
            if (number := numbers.get(mark)) is not None:
                start, end = number.start_ms, number.end_ms
                after = numbers.get(mark + (part.rep_ms or 0))
                until = min(
                    room[1],
                    mark + (part.hold_ms or part.rep_ms or 0),
                    after.start_ms if after else room[1],
                )
                clear = all(
                    end + AFTER_TONE_MS <= low or high <= start for low, high in heard.taken
                )
                if room[0] <= start and end <= until and clear:
                    heard.put(number)
                    continue
                heard.dropped.append(
                    (number.take.line, "no room for the number; its tone sounds instead")
                )
            if rep and part.coaching.starts and mark >= HALF_SECOND_MS:
                tone = self._tone("rep", mark, stretch)
                heard.tones.append(tone)
                heard.reps.append((tone.start_ms, tone.end_ms))
        for start, _ in self._releases(stretch):
            heard.tones.append(self._tone("release", start, stretch))
        heard.taken += self._releases(stretch)

    def _releases(self, stretch: Stretch) -> list[Span]:
        """When the tones sound that end each hold but the last."""
        hold_ms = stretch.part.hold_ms
        if hold_ms is None or not stretch.part.coaching.starts:
            return []
        ends = (mark + hold_ms for mark in marks(stretch)[:-1])
        length_ms = self._tones["release"].length_ms
        return [(end, end + length_ms) for end in ends if end >= HALF_SECOND_MS]

    def _halfway(self, heard: Heard) -> None:
        stretch, part = heard.stretch, heard.part
        if not part.coaching.halfway or stretch.length_ms < MIN_HALFWAY_MS or part.own_pace:
            return
        half = stretch.start_ms + stretch.length_ms // 2
        line = self._words.halfway(stretch.part_index)
        told = part.coaching.talk in {"full", "short"}
        if any(cue.say and cue.at_ms == stretch.length_ms // 2 for cue in part.cues):
            if told:
                heard.dropped.append((line, "the script has words of its own at the half"))
            return
        chime = self._tone("halfway", half, stretch)
        moment = [(half, chime.end_ms)]
        chimes = free_spans(moment, heard.taken, 0) == moment
        if chimes and part.reps is None and part.coaching.starts:
            heard.tones.append(chime)
            half = chime.end_ms
        if told:
            self._tell(heard, line, half, "something else is said at the half")

    def _remaining(self, heard: Heard) -> None:
        stretch, part = heard.stretch, heard.part
        timed = part.reps is None or (part.hold_ms is not None and part.reps == 1)
        if not timed or part.own_pace or part.coaching.talk not in {"full", "short"}:
            return
        counted = part.coaching.countdown * 1000 if stretch.countdown_ms else 0
        for left in sorted(part.coaching.remaining_ms, reverse=True):
            least = max(MIN_REMAINING_MS, left + MIN_BEFORE_REMAINING_MS)
            line = self._words.remaining(stretch.part_index, left)
            if stretch.length_ms < least:
                continue
            if left <= counted:
                heard.dropped.append((line, "the countdown tells it"))
            else:
                moment = stretch.end_ms - left
                self._tell(heard, line, moment, "something else is said at that time")

    def _tell(self, heard: Heard, line: Line, moment: int, why_not: str) -> None:
        """Words that are true only at their moment."""
        window = (moment, moment + LATE_MS + self._length(line.phrase))
        placed = self._fit(heard, line, window, heard.reps) or self._fit(heard, line, window)
        if placed is None:
            heard.dropped.append((line, why_not))
        else:
            heard.put(placed)

    def _tip(self, heard: Heard) -> None:
        stretch, part = heard.stretch, heard.part
        if not part.coaching.tips or not part.tips or stretch.length_ms < MIN_TIP_MS:
            return
        move = (part.exercise, part.level)
        turn = self._tips.get(move, 0)
        if turn >= TIP_TIMES * len(part.tips):
            return
        # Moves share tips: what was said last, whatever the move, is not said again.
        turn += part.tips[turn % len(part.tips)] == self._tipped
        tip = part.tips[turn % len(part.tips)]
        line = self._words.text("tip", stretch.part_index, tip)
        if self._in_quiet(heard, line, stretch.start_ms + stretch.length_ms // 3):
            self._tips[move] = turn + 1
            self._tipped = tip

    def _praise(self, heard: Heard) -> None:
        stretch, part = heard.stretch, heard.part
        lines = tuple(dict.fromkeys(self._words.book.praise))
        from_ms = stretch.start_ms + stretch.length_ms * 2 // 3
        due = from_ms - self._praised_ms >= max(PRAISE_EVERY_MS, from_ms // PRAISE_EVERY_PART)
        if not (part.coaching.praise and lines and due) or stretch.length_ms < MIN_PRAISE_MS:
            return
        turn = self._praised % max(len(lines), PRAISE_APART)
        if turn < len(lines):
            line = self._words.text("praise", stretch.part_index, lines[turn])
            if not self._in_quiet(heard, line, from_ms):
                return
        self._praised += 1
        self._praised_ms = from_ms

    def _in_quiet(self, heard: Heard, line: Line, earliest: int) -> bool:
        """Words that need a quiet moment around them; they come late or not at all."""
        wide = [(low - SPACED_MS, high + SPACED_MS) for low, high in heard.taken]
        take = next(takes(line, self._length))
        spans = free_spans(free_spans(heard.room, wide, 0), heard.reps, AFTER_TONE_MS)
        start = first_fit(spans, take.length_ms, earliest, heard.stretch.end_ms)
        if start is None:
            heard.dropped.append((line, "no quiet moment for it"))
            return False
        heard.put(Placed(take, start))
        return True

    def _tone(self, role: ToneRole, start: int, stretch: Stretch) -> Tone:
        sound = self._tones[role]
        end = min(start + sound.length_ms, stretch.end_ms)
        return Tone(role=role, start_ms=start, end_ms=end, sound=sound.sound, segment=stretch.index)


def _moment(cue: PartCue) -> int:
    return cue.at_ms


def marks(stretch: Stretch) -> tuple[int, ...]:
    """Starts of the reps (of the holds) of a stretch, in ms of the session."""
    part: Part = stretch.part
    if part.reps is None or part.rep_ms is None:
        return ()
    return tuple(stretch.start_ms + part.rep_ms * rep for rep in range(part.reps))
