"""The limits of the report, and how it was computed."""

from __future__ import annotations

import numpy

import mcda
from mcda.analysis import CAVEAT, DEFAULT_METHOD, SECOND_METHOD
from mcda.engine import METHODS
from mcda.report.material import Material
from mcda.report.model import Block, Facts, Heading, Listing, Paragraph, Section
from mcda.report.sections.answer import SUPPORTS
from mcda.report.sections.results import TOPSIS, WEIGHTED_SUM

_LIMITS = (
    ("", SUPPORTS),
    ("", CAVEAT),
    (
        "",
        "It holds the view of the community that made it. No agency has approved it, and naming a "
        "program, a source or an agency does not mean that any of them stands behind it.",
    ),
    (
        "",
        "Weights are value judgments. Other people may weigh otherwise, and have as good a right "
        "to do so.",
    ),
    (
        "",
        "Research in this field is thin. A low level of evidence often means that nobody has "
        "tested a program, not that it fails.",
    ),
    (
        "",
        "It speaks about programs only. It must not hold anything about one young person, "
        "and it is not a place to report harm to one.",
    ),
)
_SYMBOLS = (
    "In the formulas i is a program and j a criterion; w_j is the weight, and r_ij the value of "
    "the score between the declared worst end (0) and best end (1)."
)
_DISTANCES = (
    "In TOPSIS, d⁺_i = √(Σ_j (w_j (1 - r_ij))²) is how far program i is from being best at "
    "everything, and d⁻_i = √(Σ_j (w_j r_ij)²) how far it is from being worst at everything."
)

_ANCHORED = (
    f"{TOPSIS} Anchored means: near and far are measured from the ends of the declared ranges, not "
    "from the programs at hand."
)
_CARRIED = (
    "When the page (HTML), the PDF or the archive (ZIP) of this report is opened in Best Fit, the "
    "data it carries is read and checked by its SHA-256, not the words on its pages: a change to "
    "the words alone goes unnoticed."
)


def limits(material: Material) -> Section:
    """Return what the report can and cannot be used for."""
    banner = material.project.info.illustrative
    made_up = (("", "This is a made-up example. It says nothing about any real place or program."),)
    return Section("limits", "Limits", (Listing((*(made_up * banner), *_LIMITS), dense=True),))


def appendix(material: Material) -> Section:
    """Return the formulas, the versions, and the fingerprint of the input."""
    methods: list[Block] = [Paragraph(_SYMBOLS)]
    for method_id, about in ((DEFAULT_METHOD, WEIGHTED_SUM), (SECOND_METHOD, _ANCHORED)):
        method = METHODS[method_id]
        methods += [Heading(method.title), Paragraph(about)]
        methods.append(Facts((("Formula", method.formula), ("Source", method.source))))
    methods.append(Paragraph(_DISTANCES))
    values = (
        (
            "Scores to values",
            "A number is worth its place on the declared range, straight between the points that "
            "were agreed. A level is worth the points the group gave it, evenly spaced until then.",
        ),
        (
            "Judgments to weights",
            "Ratings and points are divided by their sum; the weights add up to 1.",
        ),
        (
            "An order to weights (rank-order centroid)",
            "With T tiers of importance, and G_k criteria in the first k tiers, a criterion of "
            "tier t weighs (1 / T) × (1 / G_t + 1 / G_(t+1) + … + 1 / G_T). It is the mean of the "
            "corners of all weights that keep the order. Without ties, among n criteria: "
            "w_t = (1 / n) × (1 / t + … + 1 / n).",
        ),
        (
            "Weights within a tree",
            "Where people were asked within each objective, the shares of the branches add up to "
            "1 under each objective. A criterion weighs its own share times the shares of all "
            "objectives above it.",
        ),
        ("Unknown scores", "They stay unknown: every number in the range is allowed for."),
        ("Places", "1 is best. Equal scores share a place (1, 2, 2, 4)."),
    )
    blocks = (
        *methods,
        Heading("What both share"),
        Listing(values, dense=True),
        Heading("Made with"),
        Facts(tuple(_made_with(material))),
        Paragraph(_CARRIED, "note"),
    )
    return Section("appendix", "How it was computed", blocks)


def _made_with(material: Material) -> list[tuple[str, str]]:
    project, run = material.project, material.run
    facts = [
        ("Best Fit", mcda.__version__),
        ("Project file", f"version {project.version}"),
        ("NumPy", numpy.__version__),
        ("Run", run.id),
        ("Input (SHA-256 of the project behind this report)", project.content_hash()),
    ]
    if run.lock is not None:
        facts.append(("Decided run (SHA-256)", run.lock))
    return facts
