"""What of an evaluation may be passed on: only what is marked public, without small counts."""

from __future__ import annotations

from mcda.lifecycle.indicators import shown_baseline
from mcda.lifecycle.suppression import shown_observations
from mcda.project import Evaluation


def public_evaluation(evaluation: Evaluation) -> Evaluation:
    """Return an evaluation with what is marked public, its observations as they may be shown.

    What was answered to triggers and to proposed scores stays within the group. Doing it again
    changes nothing.

    >>> from mcda.project import Lesson
    >>> kept = Evaluation().with_item(Lesson(id="a", name="Ask early", share="public"))
    >>> kept = kept.with_item(Lesson(id="b", name="Our own affair"))
    >>> [lesson.name for lesson in public_evaluation(kept).lessons]
    ['Ask early']
    """
    indicators = tuple(i for i in evaluation.indicators if i.share == "public")
    observations = [
        shown.observation.model_copy(update={"note": ""})
        for indicator in indicators
        for shown in shown_observations(
            indicator, [o for o in evaluation.observations if o.indicator == indicator.id]
        )
    ]
    return evaluation.model_copy(
        update={
            "indicators": tuple(
                i.model_copy(update={"baseline": shown_baseline(i)}) for i in indicators
            ),
            "observations": tuple(observations),
            "lessons": tuple(lesson for lesson in evaluation.lessons if lesson.share == "public"),
            "next_steps": tuple(s for s in evaluation.next_steps if s.share == "public"),
            "trigger_answers": (),
            "score_answers": (),
        }
    )
