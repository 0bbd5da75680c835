"""One pass over a session: every word gets its place, or a reason why it has none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from voiceguide.coach.ahead import Ahead
from voiceguide.coach.efforts import Efforts, Heard
from voiceguide.coach.frame import (
    AFTER_TONE_MS,
    BEFORE_SIGNAL_MS,
    MIN_COUNTDOWN_SEGMENT_MS,
    SAY_TAIL_MS,
    Stretch,
    Tones,
    lay_out,
)
from voiceguide.coach.gaps import (
    MAY,
    MUST,
    PAUSE_MS,
    Item,
    Placed,
    Rank,
    Region,
    Span,
    Take,
    first_fit,
    takes,
)
from voiceguide.coach.regions import MIN_EFFORT_MS, at_start, build, is_gap
from voiceguide.coach.words import Line
from voiceguide.model.audio import Utterance
from voiceguide.model.errors import Fault
from voiceguide.model.phrase import Phrase
from voiceguide.model.session import Part
from voiceguide.model.timeline import Dropped, Tone
from voiceguide.model.units import MP3_FRAME_MS, ceil_to

MIN_CALM_GAP_MS = 5_000
CALM_MS = 1_000
"""In a gap this long without a countdown, words end so long before it is over, if they can."""


class Draft:
    """All that is heard in a session, in its place.

    Args:
        ahead: what there is to say before each part.
        utterance: phrase -> how it is spoken and how long that takes.
        tones: sound and length of each role of tone.
        wakes: parts before whose words headphones must be woken.
    """

    def __init__(
        self,
        ahead: Ahead,
        utterance: Callable[[Phrase], Utterance],
        tones: Tones,
        wakes: frozenset[int],
    ) -> None:
        self._ahead, self._words, self._tones = ahead, ahead.words, tones
        self._parts: Sequence[Part] = ahead.words.parts
        self._utterance = utterance
        self._fixed: dict[int, list[Span]] = {}
        """Segment -> what is taken there by words outside of any region."""
        self._regions: dict[int, list[Region]] = {}
        """Segment -> the regions that lie in it."""
        self.placed: list[Placed] = []
        self.signals: list[Tone] = []
        """Tones but those of boundaries and countdowns."""
        self._late: dict[int, list[Line]] = {}
        """Part -> set-up words of the script that run on into its work."""
        self._late_setups: dict[int, Line] = {}
        """The same for the library's."""
        self.ticks_gone: dict[int, int] = {}
        """Segment -> how many tones of its countdown gave way."""
        self.dropped: list[Dropped] = []
        self.warnings: list[str] = []
        self.faults: list[Fault] = []
        self.homeless_safety: set[int] = set()
        """Parts whose safety line found no room before them."""
        self.unheard: set[int] = set()
        """Parts whose amount found no room, or only in part."""
        self.untaught: set[int] = set()
        """Parts whose set-up found no room at all."""
        self.frame = lay_out(self._parts, tones, self._words_ms, self._early_ms, wakes)
        self._segment = {s.part_index: s.index for s in self.frame.stretches}
        self._speak()

    def _length(self, phrase: Phrase) -> int:
        return self._utterance(phrase).length_ms

    def _talk_line(self, index: int) -> Line | None:
        """The words of a talk that lasts as long as they do."""
        part = self._parts[index]
        if part.kind != "talk" or part.within:
            return None
        if part.is_safety_talk:
            return self._words.text("safety", index, self._words.book.row(*part.safety))
        if part.say is None or part.coaching.talk == "beeps":
            return None
        return self._words.own(index, part.say)

    def _words_ms(self, index: int) -> int:
        """What the words of a talk or of a `prepare: auto` need."""
        if self._parts[index].kind == "prepare":
            return self._chain_ms(index)
        line = self._talk_line(index)
        return self._length(line.phrase) if line else 0

    def _early_ms(self, index: int) -> int:
        """How long before their moments the numbers of a spoken countdown begin, at most."""
        if not self._parts[index].coaching.counts_aloud:
            return 0
        numbers = range(1, self._parts[index].coaching.countdown + 1)
        lines = (self._words.countdown(index, left) for left in numbers)
        return max((self._utterance(line.phrase).onset_ms or 0 for line in lines), default=0)

    def _chain_ms(self, index: int) -> int:
        """Room for all that is announced after a `prepare: auto`, its countdown included."""
        chain = self._ahead.chains.get(index + 1, ())
        if not chain:
            return 0
        spoken = sum(self._length(line.phrase) + PAUSE_MS + MP3_FRAME_MS for line, _ in chain)
        needed = AFTER_TONE_MS + spoken
        counted = self._parts[index].coaching.countdown * 1000
        if needed + counted + SAY_TAIL_MS >= MIN_COUNTDOWN_SEGMENT_MS:
            needed += counted
        return needed

    def _speak(self) -> None:
        stretches = self.frame.stretches
        for stretch in stretches:
            self._sound(stretch)
            self._speak_talk(stretch)
            self._speak_in_gap(stretch)
        regions = build(stretches, self._ahead)
        regions += [moved for region in regions if (moved := self._must(region)) is not None]
        efforts = Efforts(self._words, self._tones, self._utterance)
        works = [stretch for stretch in stretches if stretch.part.kind == "work"]
        for stretch in works:
            late = self._late.get(stretch.part_index, ())
            self._hear(efforts.own(stretch, self._taken((stretch.index,)), late), stretch)
        for region in regions:
            self._may(region)
        for stretch in works:
            setup = self._late_setups.get(stretch.part_index)
            self._hear(efforts.coach(stretch, self._taken((stretch.index,)), setup), stretch)
        for region in regions:
            self._settle(region)
        for line in self._ahead.untold:
            if line.about in self._segment:
                self._drop(line, "nothing in it leaves room for its name")
        for part_index, over_ms in self.frame.too_long:
            self._slot_fault(part_index, over_ms)

    def _taken(self, room: tuple[int, ...], but: Region | None = None) -> list[Span]:
        """What is said in these segments, apart from one region."""
        spans = [span for index in room for span in self._fixed.get(index, ())]
        near = {id(each): each for index in room for each in self._regions.get(index, ())}
        return spans + [s for each in near.values() if each is not but for s in each.spans()]

    def _put(self, placed: Placed, segment: int) -> None:
        self.placed.append(placed)
        self._fixed.setdefault(segment, []).append((placed.start_ms, placed.end_ms))

    def _sound(self, stretch: Stretch) -> None:
        """The script's own sounds; ticks of the countdown that they cover give way."""
        part = stretch.part
        sounds = [(cue.sound, cue.at_ms, cue.at_ms + cue.sound_ms) for cue in part.cues]
        for sound, start, end in [(part.sound, 0, stretch.length_ms), *sounds]:
            if sound is not None:
                span = (stretch.start_ms + start, stretch.start_ms + end)
                self._fixed.setdefault(stretch.index, []).append(span)
                self.signals.append(
                    Tone(
                        role="script",
                        start_ms=span[0],
                        end_ms=span[1],
                        sound=sound,
                        segment=stretch.index,
                    )
                )
        why = "a sound of the script is heard in its place"
        self._drop_ticks(stretch.index, stretch.ticks_covered, why)

    def _speak_talk(self, stretch: Stretch) -> None:
        if (line := self._talk_line(stretch.part_index)) is not None:
            take = next(takes(line, self._length))
            start = stretch.start_ms + stretch.lead_ms
            snapped = ceil_to(start, MP3_FRAME_MS)
            fits = snapped + take.length_ms + SAY_TAIL_MS <= stretch.end_ms
            self._put(Placed(take, snapped if fits else start), stretch.index)

    def _speak_in_gap(self, stretch: Stretch) -> None:
        """The script's own words in a gap: they have their time, and all else goes around them."""
        part = stretch.part
        if not is_gap(stretch) or part.say is None or part.coaching.talk == "beeps":
            return
        line = self._words.own(stretch.part_index, part.say)
        window = (stretch.speech_from_ms, stretch.speech_until_ms())
        for take in takes(line, self._length):
            if (start := first_fit([window], take.length_ms, *window)) is not None:
                self._put(Placed(take, start), stretch.index)
                self._note(self.placed[-1])
                return
        self._own_fault(line, stretch, max(window[1] - window[0], 0))

    def _must(self, region: Region) -> Region | None:
        """Places what must be said; the region at the start of its part for what was left over."""
        for index in region.room:
            self._regions.setdefault(index, []).append(region)
        if region.room == (self._segment[region.about],):
            self._keep_safety_ahead(region)
        missed = region.fit(MUST, self._length, self._taken(region.room, region))
        moved = None
        for item in missed:
            match item.rank:
                case Rank.SAFETY:
                    self.homeless_safety.add(region.about)
                case Rank.OWN:
                    self._late.setdefault(item.line.about, []).append(item.line)
                case _:
                    moved = self._at_start(region, item)
        return moved

    def _keep_safety_ahead(self, region: Region) -> None:
        """A safety line comes before its work, so it has no place at the work's own beginning."""
        for item in [item for item in region.items if item.rank == Rank.SAFETY]:
            region.items.remove(item)
            self.homeless_safety.add(region.about)

    def _at_start(self, region: Region, name: Item) -> Region | None:
        target = self.frame.stretches[self._segment[region.about]]
        if region.room == (target.index,):
            self._drop(name.line, "its part is too short for it")
            return None
        moved = at_start(region, target)
        moved.items = [item for item in moved.items if item.rank not in {Rank.SAFETY, Rank.OWN}]
        gone = {id(item.line) for item in moved.items}
        region.items = [item for item in region.items if id(item.line) not in gone]
        self._must(moved)
        return moved

    def _may(self, region: Region) -> None:
        for item in sorted(region.items, key=lambda item: item.rank):
            if item.rank in MAY:
                taken = self._taken(region.room, region)
                if region.add(item, self._length, taken):
                    continue
                if item.rank == Rank.SETUP and self._may_run_on(item.line):
                    self._late_setups[item.line.about] = item.line
                else:
                    self._drop(item.line, "no room left before it")

    def _may_run_on(self, setup: Line) -> bool:
        """Whether the set-up can be told as timed work begins; reps are not talked over."""
        part = self._parts[setup.about]
        timed = part.kind == "work" and part.reps is None
        return timed and (part.length_ms or 0) >= MIN_EFFORT_MS

    def _hear(self, heard: Heard, stretch: Stretch) -> None:
        for placed in heard.placed:
            self._put(placed, stretch.index)
            self._note(placed)
        self.signals += heard.tones
        for line, why in heard.dropped:
            self._drop(line, why)

    def _settle(self, region: Region) -> None:
        last = self.frame.stretches[region.room[-1]]
        if not last.countdown_ms and last.part.kind != "work" and last.length_ms >= MIN_CALM_GAP_MS:
            region.ease(CALM_MS - BEFORE_SIGNAL_MS, self._taken(region.room, region))
        self.placed += region.placed
        for placed in region.placed:
            self._note(placed)
        more = region.given_way - self.ticks_gone.get(last.index, 0)
        if more > 0:
            self.ticks_gone[last.index] = region.given_way
            self._drop_ticks(last.index, more, "gave way to the words before it")

    def _drop_ticks(self, segment: int, n_ticks: int, why: str) -> None:
        self.dropped += [Dropped(role="countdown", text="", segment=segment, reason=why)] * n_ticks

    def _note(self, placed: Placed) -> None:
        """Lists a cue that was shortened or sped up."""
        take = placed.take
        changes = []
        if take.form != take.line.forms[0][0]:
            changes.append(f'shortened to "{take.phrase.text}"')
        if take.speed > 1:
            changes.append(f"spoken {round(take.speed * 100) - 100} % faster")
        if changes:
            self._drop(take.line, f"{' and '.join(changes)} to fit", take)

    def _drop(self, line: Line, why: str, take: Take | None = None) -> None:
        segment = self._segment[line.about]
        form = take.form if take else None
        if line.role == "amount" and form in {None, "name"}:
            self.unheard |= {line.about} & self._ahead.news
        if line.role == "setup" and take is None and not line.own:
            self.untaught.add(line.about)
        self.dropped.append(
            Dropped(role=line.role, text=line.text, segment=segment, reason=why, form=form)
        )
        if line.own:
            part = self._parts[line.about]
            what = why if take else f"left out, {why}"
            self.warnings.append(f'{part.where}: "{line.text}" was {what}')

    def _own_fault(self, line: Line, stretch: Stretch, room_ms: int) -> None:
        """The script's words do not fit the time that the script gives them."""
        part = stretch.part
        key, given = {"talk": ("say", "within"), "wait": ("wait", "estimate")}.get(
            part.kind, ("say", part.kind)
        )
        self.faults.append(
            Fault(
                f"these words last {_seconds(self._length(line.phrase))}; `{given}: "
                f"{_seconds(stretch.length_ms).replace(' ', '')}` leaves {_seconds(room_ms)} for "
                "speech",
                path=f"{part.path}.{key}",
                hint="Give them more time, or use fewer words.",
            )
        )

    def _slot_fault(self, part_index: int, over_ms: int) -> None:
        part = self._parts[part_index]
        slot_ms = part.fills[0] if part.fills else 0
        self.faults.append(
            Fault(
                f"the steps of this slot last {_seconds(slot_ms + over_ms)}, longer than the "
                f"slot's {_seconds(slot_ms)}",
                path=f"{part.path}.every",
                hint="Make the slot longer or its steps shorter.",
            )
        )


def _seconds(ms: int) -> str:
    return f"{ms / 1000:.4g} s"
