"""A session and what is known of its clips -> the timeline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path

from voiceguide import coach, data, script
from voiceguide.model.audio import Utterance
from voiceguide.model.errors import Fault, ScriptError
from voiceguide.model.options import Options
from voiceguide.model.phrase import Phrase
from voiceguide.model.routine import Manner
from voiceguide.model.session import Session
from voiceguide.model.source import Source
from voiceguide.model.timeline import Timeline
from voiceguide.model.wording import clock
from voiceguide.pipeline import collecting
from voiceguide.pipeline.loading import Loaded, Report, attempt, load, quiet
from voiceguide.pipeline.music import Progress
from voiceguide.sound import heard_ms, integrated_lufs, tones
from voiceguide.voice import Cast, Speaker, choose, estimate_ms, speakable
from voiceguide.voice.choice import DEFAULT_RATE_WPM

_BY_ESTIMATE = "`render` measures the words, and refuses the script if this holds."
_OF_THE_WHOLE = {"fit", "steps"}
"""Paths of what is wrong with a session as a whole: its length, or that it is empty."""


def check(source: Source, options: Options = Options()) -> Report:  # noqa: B008  a frozen value
    """Everything that can be said of a script without speaking a word of it."""
    found = attempt(source, options)
    if found.loaded is None:
        return found.report
    loaded, routine = found.loaded, found.loaded.routine
    rate = options.rate or routine.voice.rate or DEFAULT_RATE_WPM

    @cache
    def estimate(phrase: Phrase) -> Utterance:
        if (recorded := loaded.recordings.utterance(phrase)) is not None:
            return recorded
        language = phrase.language or routine.language
        spoken = speakable(phrase.text, routine.voice.pronounce, language)
        return Utterance(spoken, estimate_ms(spoken, rate, language))

    planned = _fitted(loaded, estimate, voice="", estimated=True)
    is_sure = not planned.timeline.segments or not _takes_measure(loaded.session)
    faults: list[Fault] = []
    doubts = list(found.report.warnings)
    for fault in planned.faults:
        placed = script.place(fault, loaded.script)
        if is_sure and fault.path in _OF_THE_WHOLE:
            faults.append(placed)
        else:
            doubts.append(replace(placed, hint=f"{fault.hint} {_BY_ESTIMATE}".lstrip()))
    return Report(script.in_order(faults, loaded.script), script.in_order(doubts, loaded.script))


def _takes_measure(session: Session) -> bool:
    """Whether the length of a session follows from that of words spoken in it."""
    return any((part.length_ms is None and not part.fills) or part.safety for part in session.parts)


def plan(
    source: Source,
    options: Options = Options(),  # noqa: B008  a frozen value
    *,
    estimate: bool = False,
    progress: Progress | None = None,
) -> Timeline:
    """The timeline of a script; speaks what is not in the cache, unless `estimate`.

    Raises:
        ScriptError: all faults of the script.
        UsageError: music of the options that cannot be played.
        SpeechError: no such engine or voice, or no sound from it.
    """
    progress = progress or quiet
    loaded = load(source, options, progress)
    return spoken_plan(loaded, options, estimate=estimate, progress=progress)[0]


def spoken_plan(
    loaded: Loaded, options: Options, *, estimate: bool, progress: Progress
) -> tuple[Timeline, Cast]:
    """The timeline of a session, and who speaks in it.

    Raises:
        ScriptError: faults that only measured words can show.
        SpeechError: no such engine or voice, or no sound from it.
    """
    cast = _cast(loaded, options)
    asked = _Asked(cast, estimate=estimate)
    while True:
        progress("laying out", 0, 0)
        planned = _fitted(loaded, asked, voice=cast.label, estimated=estimate)
        if not asked.missing:
            break
        cast.speak(asked.missing, partial(progress, "speaking"))
        asked.missing.clear()
    if planned.faults:
        placed = (script.place(fault, loaded.script) for fault in planned.faults)
        raise ScriptError(script.in_order(placed, loaded.script))
    score = loaded.music.score
    music_ms = () if score is None else heard_ms(score, planned.timeline)
    return replace(planned.timeline, music_ms=music_ms), cast


def _cast(loaded: Loaded, options: Options) -> Cast:
    routine = loaded.routine

    def speaker_of(language: str, manner: Manner | None) -> Speaker:
        manner = manner or Manner()
        if manner.voice == "voice2" and routine.voice2 is not None:
            voice, over = routine.voice2, Options()
        else:
            voice, over = routine.voice, options
        engine, name = voice.speaks
        if over.engine and over.engine != engine:
            engine, name = over.engine, voice.name
        # The voice that is asked for is one of the session's own language.
        name = over.voice or name if language == routine.language else None
        choice = choose(engine, name, language, manner.rate or over.rate or voice.rate)
        return Speaker(
            choice,
            loudness=integrated_lufs,
            pronounce=routine.voice.pronounce,
            pitch=_first(manner.pitch, voice.pitch),
            volume_db=_first(manner.volume, voice.volume),
        )

    return Cast(routine.language, speaker_of, loaded.recordings, dict(routine.roles))


def _first(*values: float | None) -> float:
    return next((value for value in values if value is not None), 0.0)


@dataclass(slots=True)
class _Asked:
    """Answers the planner from clips, and from an estimate where there is no clip yet."""

    cast: Cast
    estimate: bool
    missing: dict[Phrase, Utterance] = field(default_factory=dict)
    """What has no clip yet, with its estimate."""
    known: dict[Phrase, Utterance] = field(default_factory=dict)

    def __call__(self, phrase: Phrase) -> Utterance:
        if (known := self.known.get(phrase) or self.missing.get(phrase)) is not None:
            return known
        spoken = None if self.estimate else self.cast.utterance(phrase)
        answers = self.known if spoken or self.estimate else self.missing
        answers[phrase] = spoken or self.cast.estimate(phrase)
        return answers[phrase]


@collecting.later()
def _fitted(
    loaded: Loaded, utterance: Callable[[Phrase], Utterance], *, voice: str, estimated: bool
) -> coach.Planned:
    """The plan of a script at the length asked for; a fault where it cannot be had."""

    def plan(session: Session) -> coach.Planned:
        return coach.plan(
            session, loaded.book, utterance, tones.lengths(), voice=voice, estimated=estimated
        )

    if loaded.fit_ms is None:
        return plan(loaded.session)
    found = coach.fit(loaded.fit_ms, loaded.leave_out, loaded.n_optional, plan)
    if isinstance(found, coach.Planned):
        return found
    between = "a length between"
    if found.nearest_ms:
        between = " or ".join(clock(ms) for ms in found.nearest_ms) + ", the nearest there are"
    fault = Fault(
        f"this session cannot last {clock(loaded.fit_ms)}: its shortest is "
        f"{clock(found.shortest_ms)}, its longest {clock(found.longest_ms)}",
        path="fit" if loaded.routine.fit == loaded.fit_ms else "steps",
        hint=f"{_minutes_meant(loaded.fit_ms, found)}Ask for {between}, or "
        f"{_otherwise(loaded, is_longer=loaded.fit_ms > found.longest_ms)}.",
    )
    planned = plan(loaded.session)
    return replace(planned, faults=(*planned.faults, fault))


def _minutes_meant(fit_ms: int, reach: coach.Reach) -> str:
    """The question whether `7` was meant as minutes, where these are near."""
    is_near = fit_ms < reach.shortest_ms <= 60 * fit_ms <= 2 * reach.longest_ms
    return f"Did you mean {fit_ms // 1000}m? " if is_near and fit_ms % 1000 == 0 else ""


def _otherwise(loaded: Loaded, *, is_longer: bool) -> str:
    """What to change in the script; one that is built in is copied first."""
    change = "add steps" if is_longer else "mark more steps `optional: true`"
    origin = Path(loaded.script.origin)
    if not data.is_shipped(origin, "scripts"):
        return change
    return f"copy it (`voiceguide show {origin.stem} --script > mine.yaml`) and {change}"
