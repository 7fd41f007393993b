"""Short explanations of terms, shown where the term stands."""

HELP = {
    "weighting": (
        "A weighting is one set of answers to the question what matters: one person's, "
        "or the group's."
    ),
    "weighted sum": (
        "Each criterion is worth 0 at the worst end of its range and 100 at the best. "
        "The weighted sum adds these up, each counted by its weight."
    ),
    "topsis": (
        "TOPSIS measures how close a program comes to being best at everything, and how far "
        "it is from being worst at everything. It is a second opinion, not a vote."
    ),
    "must-have": "A must-have is a condition. A program that fails it is not ranked.",
    "criterion": "A criterion is one thing the programs are judged on.",
    "range": (
        "The worst and the best that could really be chosen. They are worth 0 and 100, and the "
        "weights are asked for this range."
    ),
    "anchor": "An anchor says in words what a level means, so that all score alike.",
    "swing": (
        "Swing weighting asks how much the step from worst to best matters, one criterion "
        "against another."
    ),
    "unknown": (
        "Unknown means that nobody has looked it up. The score may then be anything in the "
        "range. “Looked, and nothing found” is a level of its own."
    ),
    "likely": "Give the lowest, the most likely and the highest number you think possible.",
    "support": (
        "Training, agencies and publications help whichever program is chosen. They are not ranked."
    ),
    "continue": "Changing nothing is also a choice. It is always compared.",
    "value function": "The curve says how much each step along the range is worth.",
    "local share": "Points are shared out within each objective, then multiplied down.",
    "candidate": "A candidate is one of the programs to choose from. It is scored and ranked.",
    "kind": "What sort of thing it is. Kinds that cannot stand in for each other rank badly.",
    "unit reached": (
        "Whom you count when you say how many it reaches, such as young people served or "
        "officers trained. Programs compare well only in the same unit."
    ),
    "availability": (
        "The catalogue is some years old. Ask the provider whether it is still offered here, "
        "and note the date."
    ),
    "set aside": "It leaves the ranking but stays in the record, with the reason you give.",
    "marks": (
        "The 2015 guide marks each entry by theme. Marks say what it is about, not how good it is. "
        "Entries from 2018 have none."
    ),
    "objective": "An objective is a broader aim; several criteria may stand under it.",
    "scale": (
        "Use a number where there is something to count. Use levels where words say it better."
    ),
    "middle points": (
        "With no points in between, each step along the range is worth the same. Add a point to "
        "say that the first steps are worth more, or less."
    ),
    "confirmed": (
        "Tick this once the group agrees that these are the worst and the best that could really "
        "be chosen, and what the steps are worth."
    ),
    "counts people": "Then programs that count different people are asked about.",
    "code": (
        "A code such as p1 stands for a person. Never write a name: this may be read in public."
    ),
    "weighing method": (
        "Swing asks about the steps themselves and is the most careful. 100 points is quicker. "
        "A plain ranking asks for the order only."
    ),
    "rank-order weights": (
        "From an order alone, the weights are the middle of all weights that keep this order."
    ),
    "what if": (
        "One criterion gets another weight; the others share the rest in the proportions they had."
    ),
    "confidence": (
        "How sure are those who gave the score? Low where it is a guess, high where it was "
        "measured."
    ),
    "widen": (
        "A wider range changes what 0 and 100 mean for every program. Weights that were given for "
        "the old range have to be asked for again."
    ),
    "heat": (
        "Each score is shown by what it is worth within its range: 0 at the worst end, 100 at the "
        "best. A range is shaded from its low to its high value."
    ),
    "not settled": (
        "Nobody can say yet. The program stays in the ranking, but nothing can be decided until "
        "it is settled."
    ),
    "which case": (
        "Where a score is a range: hold its worst end against the limit, or its likely number?"
    ),
    "own scores": (
        "People may score by themselves first. Their scores stay beside the agreed one, "
        "so that a difference can be talked about."
    ),
    "edition": (
        "The full edition is for the people who decide. The public edition can be posted: it "
        "names roles only, and the data it carries is cut down the same way."
    ),
}
