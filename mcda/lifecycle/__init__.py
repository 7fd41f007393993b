"""The rules around the selection: from the diagnosis to proposals, from the decision to the plan.

Proposals never change a project by themselves; a function that starts with ``with_`` takes one
over, when people say so. The day is always given, never read off a clock.
"""

from mcda.lifecycle.brief import Brief, BriefPart, diagnosis_brief, diagnosis_headline
from mcda.lifecycle.budget import BudgetTotals, budget_by, budget_totals
from mcda.lifecycle.day import day_of, future_days
from mcda.lifecycle.deciding import Standing, decide, decision_problems, review_day, standing
from mcda.lifecycle.ical import milestones_ics
from mcda.lifecycle.matching import (
    MatchGrid,
    MatchProposal,
    match_grid,
    match_level,
    with_match_score,
    with_refused_match,
)
from mcda.lifecycle.must_haves import proposed_must_haves, with_proposed_must_have
from mcda.lifecycle.overview import Overview, Phase, Step, overview, plan_run
from mcda.lifecycle.schedule import (
    DueFeedback,
    MilestoneState,
    Schedule,
    due_feedback,
    schedule,
)
from mcda.lifecycle.status import Status, status
from mcda.lifecycle.supports import (
    GapSupports,
    SuggestedSupport,
    suggested_supports,
    unknown_entries,
)
from mcda.lifecycle.tables import (
    ItemTable,
    diagnosis_tables,
    entry_title,
    lifecycle_table,
    plan_tables,
    table_csv,
)

__all__ = [
    "Brief",
    "BriefPart",
    "BudgetTotals",
    "DueFeedback",
    "GapSupports",
    "ItemTable",
    "MatchGrid",
    "MatchProposal",
    "MilestoneState",
    "Overview",
    "Phase",
    "Schedule",
    "Standing",
    "Status",
    "Step",
    "SuggestedSupport",
    "budget_by",
    "budget_totals",
    "day_of",
    "decide",
    "decision_problems",
    "diagnosis_brief",
    "diagnosis_headline",
    "diagnosis_tables",
    "due_feedback",
    "entry_title",
    "future_days",
    "lifecycle_table",
    "match_grid",
    "match_level",
    "milestones_ics",
    "overview",
    "plan_run",
    "plan_tables",
    "proposed_must_haves",
    "review_day",
    "schedule",
    "standing",
    "status",
    "suggested_supports",
    "table_csv",
    "unknown_entries",
    "with_match_score",
    "with_proposed_must_have",
    "with_refused_match",
]
