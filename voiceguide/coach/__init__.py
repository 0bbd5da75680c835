"""The coach: Session + lengths of clips -> Timeline.

`book` holds the words, `ahead` and `efforts` decide what is said, `frame` when things happen,
`gaps` what fits, and `schedule` puts them together; `fit` makes the whole as long as was asked.
"""

from voiceguide.coach.book import PhraseBook, languages, load
from voiceguide.coach.fit import Reach, fit
from voiceguide.coach.schedule import Planned, plan

__all__ = ["PhraseBook", "Planned", "Reach", "fit", "languages", "load", "plan"]
