"""Session + lengths of clips -> Timeline: the coach's plan, from the frame to the last cue."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from voiceguide.coach.again import move
from voiceguide.coach.ahead import Ahead
from voiceguide.coach.assembly import Assembly
from voiceguide.coach.book import PhraseBook
from voiceguide.coach.chapters import chapters
from voiceguide.coach.draft import Draft
from voiceguide.coach.frame import Tones
from voiceguide.coach.words import Words
from voiceguide.model.audio import Utterance
from voiceguide.model.errors import Fault
from voiceguide.model.phrase import Phrase
from voiceguide.model.session import Part, Session
from voiceguide.model.timeline import Timeline
from voiceguide.model.units import MAX_SESSION_MS
from voiceguide.model.wording import clock


@dataclass(frozen=True, slots=True)
class Planned:
    """A timeline, and the faults that only measured words could show (with paths of keys)."""

    timeline: Timeline
    faults: tuple[Fault, ...]


def plan(
    session: Session,
    book: PhraseBook,
    utterance: Callable[[Phrase], Utterance],
    tones: Tones,
    *,
    voice: str,
    estimated: bool = False,
) -> Planned:
    """The timeline of a session.

    A draft may show that words come after a long silence, or that a safety line has no room;
    both make the session longer, so it is drafted again with them. And where an amount or a
    set-up had no room it is no known one: then it is drafted again to tell it later.

    Args:
        session: what is done, in order.
        book: the words of its language.
        utterance: phrase -> how it is spoken and how long that takes.
        tones: sound and length of each role of tone.
        voice: label of the voice, for the timeline.
        estimated: whether lengths are estimates.
    """
    ahead = Ahead(Words(session, book))
    wakes: frozenset[int] = frozenset()
    while True:
        draft = Draft(ahead, utterance, tones, wakes)
        if draft.homeless_safety:
            homeless = {index: ahead.safety[index] for index in draft.homeless_safety}
            session = _with_safety(session, homeless)
            ahead, wakes = Ahead(Words(session, book)), frozenset()
            continue
        # A set-up is given one more place, no third: each would be another draft.
        untaught = ahead.untaught or frozenset(draft.untaught)
        if not draft.unheard <= ahead.unheard or untaught != ahead.untaught:
            unheard = (
                _efforts_like(draft.unheard, session.parts) if ahead.unheard else draft.unheard
            )
            ahead, wakes = Ahead(ahead.words, ahead.unheard | unheard, untaught), frozenset()
            continue
        assembly = Assembly(draft, ahead.words, utterance, tones)
        cues, sleeping = assembly.cues()
        if sleeping <= wakes:
            break
        wakes |= sleeping
    timeline = Timeline(
        title=ahead.words.title,
        language=session.language,
        voice=voice,
        estimated=estimated,
        duration_ms=draft.frame.duration_ms,
        segments=assembly.segments(),
        cues=cues,
        dropped=tuple(sorted(draft.dropped, key=lambda dropped: dropped.segment)),
        chapters=chapters(ahead.words.title, draft.frame.stretches, ahead.words.fill),
        equipment=session.equipment,
        warnings=(*session.warnings, *_safety_warnings(session), *dict.fromkeys(draft.warnings)),
    )
    if not timeline.segments:
        draft.faults.append(Fault("nothing is left to hear at this level of talk", path="steps"))
    if timeline.duration_ms > MAX_SESSION_MS:
        lasts = f"with its words this routine lasts {clock(timeline.duration_ms)}"
        hint = "Split the session into several scripts."
        draft.faults.append(Fault(f"at most 12 h are possible ({lasts})", path="steps", hint=hint))
    return Planned(timeline, tuple(draft.faults))


def _with_safety(session: Session, before: Mapping[int, tuple[str, ...]]) -> Session:
    """The session with a talk of its own for the safety lines of a part that fitted nowhere."""
    safety = {_place_ahead(session.parts, index): lines for index, lines in before.items()}
    parts: list[Part] = []
    for index, part in enumerate(session.parts):
        if (lines := safety.get(index)) is not None:
            talk = Part(
                kind="talk",
                length_ms=None,
                coaching=part.coaching,
                line=part.line,
                included=part.included,
                path=part.path,
                block=part.block,
                loops=part.loops,
                safety=lines,
                block_begins=part.block_begins,
                step_begins=part.step_begins,
            )
            parts.append(talk)
            part = replace(part, block_begins=(), step_begins=())  # noqa: PLW2901  now the talk's
        parts.append(part)
    return replace(session, parts=tuple(parts))


def _efforts_like(indices: set[int], parts: Sequence[Part]) -> set[int]:
    """All efforts of these exercises: no third draft is made to find room for an amount."""
    moves = {move(parts[index]) for index in indices}
    return {index for index, part in enumerate(parts) if move(part) in moves}


def _place_ahead(parts: Sequence[Part], index: int) -> int:
    """Where a talk is put so that it is heard before a part.

    Before the slot that the part is in, since a slot keeps its length; and before the gap that
    leads there, since nothing may come between a countdown and what it counts down to.
    """
    slot = parts[index].slot
    while slot is not None and index and parts[index - 1].slot == slot:
        index -= 1
    while index and parts[index - 1].kind in {"rest", "switch", "prepare"}:
        if parts[index - 1].slot is not None:
            break
        index -= 1
    return index


def _safety_warnings(session: Session) -> tuple[str, ...]:
    return tuple(
        f"{part.where}: the safety line of this exercise found no room before it and got "
        "time of its own"
        for part in session.parts
        if part.is_safety_talk
    )
