"""Words and tones in their places -> the cues and segments of a timeline."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from voiceguide.coach.draft import Draft
from voiceguide.coach.efforts import marks
from voiceguide.coach.frame import Stretch, Tones, as_long_as_its_words
from voiceguide.coach.gaps import Placed, Take, takes
from voiceguide.coach.words import Words
from voiceguide.model.audio import Utterance
from voiceguide.model.phrase import Phrase
from voiceguide.model.roles import COUNTED, ToneRole
from voiceguide.model.timeline import Cue, Segment, Speech, Tone

SILENCE_MS = 10_000
"""After so much silence wireless headphones may sleep."""
EARCON_QUIET_MS = 2_000
"""Words that come out of so much quiet are those that an earcon is for."""
_EARCON_BEFORE_MS = 100
"""From the end of an earcon to the words."""
_SECOND_MS = 1000


class Assembly:
    """Turns one draft into cues."""

    def __init__(
        self, draft: Draft, words: Words, utterance: Callable[[Phrase], Utterance], tones: Tones
    ) -> None:
        self._draft, self._words, self._utterance, self._tones = draft, words, utterance, tones
        self._stretches: Sequence[Stretch] = draft.frame.stretches
        self._starts = [stretch.start_ms for stretch in self._stretches]
        self._segment = {stretch.part_index: stretch.index for stretch in self._stretches}

    def cues(self) -> tuple[tuple[Cue, ...], frozenset[int]]:
        """All cues in order, and the talks (by part) whose words come after a long silence."""
        countdown = self._countdown()
        counted_ms = max((cue.end_ms for cue in countdown), default=0)
        sounds: list[Cue] = [_after(tone, counted_ms) for tone in self._draft.frame.tones]
        sounds += [*self._draft.signals, *countdown]
        sounds += [self._speech(placed) for placed in self._draft.placed]
        cues: list[Cue] = []
        sleeping: set[int] = set()
        quiet_from = 0
        for cue in sorted(sounds, key=_order):
            quiet_ms = cue.start_ms - quiet_from
            if isinstance(cue, Speech) and quiet_ms >= EARCON_QUIET_MS:
                cues += self._earcon(cue)
            if isinstance(cue, Speech) and quiet_ms >= SILENCE_MS:
                stretch = self._stretches[cue.segment]
                if wake_ms := stretch.part.coaching.wake_ms:
                    cues.append(self._tone("wake", cue.start_ms - wake_ms, cue.start_ms))
                    if as_long_as_its_words(stretch):
                        sleeping.add(stretch.part_index)
            cues.append(cue)
            quiet_from = max(quiet_from, cue.end_ms)
        return tuple(sorted(cues, key=_order)), frozenset(sleeping)

    def _earcon(self, words: Speech) -> Iterator[Tone]:
        """The soft signal before words, where it is asked for; a counted number needs none."""
        if self._stretches[words.segment].part.coaching.earcon and words.role not in COUNTED:
            end_ms = words.start_ms - _EARCON_BEFORE_MS
            yield self._tone("earcon", end_ms - self._tones["earcon"].length_ms, end_ms)

    def segments(self) -> tuple[Segment, ...]:
        """The stretches as the timeline tells them."""
        return tuple(self._as_segment(stretch) for stretch in self._stretches)

    def _countdown(self) -> list[Cue]:
        """Countdowns, as tones or as spoken numbers where those fit into their second."""
        cues: list[Cue] = []
        for stretch in self._stretches:
            spoken = stretch.part.coaching.counts_aloud
            for moment in stretch.countdown_ms[self._draft.ticks_gone.get(stretch.index, 0) :]:
                number = self._number(stretch, moment) if spoken else None
                end_ms = moment + self._tones["countdown"].length_ms
                cues.append(number or self._tone("countdown", moment, end_ms))
        return cues

    def _number(self, stretch: Stretch, moment: int) -> Speech | None:
        left = (stretch.end_ms - moment) // _SECOND_MS
        take = self._count(stretch, left)
        placed = Placed(take, self._begins(take, moment))
        after = self._count(stretch, left - 1) if left > 1 else None
        until = self._begins(after, moment + _SECOND_MS) if after else stretch.end_ms
        free = all(placed.end_ms <= low or high <= placed.start_ms for low, high in stretch.sounds)
        fits = stretch.start_ms <= placed.start_ms and placed.end_ms <= until
        return self._speech(placed) if fits and free else None

    def _count(self, stretch: Stretch, left: int) -> Take:
        line = self._words.countdown(stretch.part_index, left)
        return next(takes(line, lambda phrase: self._utterance(phrase).length_ms))

    def _begins(self, take: Take, beat_ms: int) -> int:
        """When a number is begun that is to be heard on a beat."""
        return beat_ms - (self._utterance(take.phrase).onset_ms or 0)

    def _at(self, ms: int) -> int:
        return bisect_right(self._starts, ms) - 1

    def _tone(self, role: ToneRole, start_ms: int, end_ms: int) -> Tone:
        sound, segment = self._tones[role].sound, self._at(start_ms)
        return Tone(role=role, start_ms=start_ms, end_ms=end_ms, sound=sound, segment=segment)

    def _speech(self, placed: Placed) -> Speech:
        take = placed.take
        utterance = self._utterance(take.phrase)
        onset_ms = utterance.onset_ms
        return Speech(
            role=take.line.role,
            start_ms=placed.start_ms,
            end_ms=placed.end_ms,
            text=take.phrase.text,
            spoken=utterance.spoken,
            language=take.phrase.language,
            file=utterance.file,
            voice=utterance.voice,
            about=self._segment[take.line.about],
            form=take.form,
            speed=take.speed,
            beat_ms=None if onset_ms is None else placed.start_ms + onset_ms,
            segment=self._at(placed.start_ms),
        )

    def _as_segment(self, stretch: Stretch) -> Segment:
        part, index = stretch.part, stretch.part_index
        turn, turns = part.loops[-1] if part.loops else (None, None)
        fill = self._words.fill
        return Segment(
            index=stretch.index,
            kind=part.kind,
            label=fill(part.label, index) if part.label else None,
            exercise=part.exercise,
            level=part.level,
            block=fill(part.block, index) if part.block else None,
            start_ms=stretch.start_ms,
            end_ms=stretch.end_ms,
            side=part.side,
            set=part.set,
            sets=part.sets,
            loops=part.loops,
            round=turn,
            rounds=turns,
            reps=part.reps,
            unit=part.unit,
            rep_ms=part.rep_ms,
            hold_ms=part.hold_ms,
            tempo=part.tempo,
            starts=part.starts,
            marks_ms=marks(stretch),
            own_pace=part.own_pace,
            target=fill(part.target, index) if part.target else None,
            distance=fill(part.distance, index) if part.distance else None,
            line=part.line,
        )


def _after(tone: Tone, counted_ms: int) -> Tone:
    """The closing finish, begun when the last number of a spoken countdown has been heard."""
    late = tone.role == "finish" and tone.start_ms < counted_ms < tone.end_ms
    return replace(tone, start_ms=counted_ms) if late else tone


def _order(cue: Cue) -> tuple[int, bool]:
    return cue.start_ms, isinstance(cue, Speech)
