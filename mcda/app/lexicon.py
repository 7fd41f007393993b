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
}
