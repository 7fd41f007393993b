"""Every method in the registry with each of its settings, for the tests they all share."""

from collections.abc import Callable
from dataclasses import dataclass

from mcda.engine import METHODS


@dataclass(frozen=True)
class Variant:
    """A method with one choice of options.

    ``settings`` makes the options that depend on the ranges of the criteria; ``lowest`` is what
    every cell must be above.
    """

    method: str
    normalization: str | None = None
    bounded: bool = False
    settings: Callable = lambda bounds: {}
    name: str = ""
    lowest: float = -1.7e308

    def options(self, bounds):
        chosen = {"normalization": self.normalization} if self.normalization else {}
        chosen |= {"bounds": bounds} if self.bounded else {}
        return chosen | self.settings(bounds)

    @property
    def promises(self):
        bounds = True if self.bounded else None
        return METHODS[self.method].promises_for(
            {"normalization": self.normalization, "bounds": bounds}
        )

    @property
    def scale(self):
        """The size of the parts its scores are differences of; what rounding is measured by."""
        return METHODS[self.method].score_scale

    def __str__(self):
        options = [self.normalization, "bounds" if self.bounded else None, self.name]
        return "-".join([self.method, *filter(None, options)])


def preference(name):
    """Options of PROMETHEE with thresholds that are parts of the ranges."""
    needs = {
        "u_shape": {"q": 0.05},
        "v_shape": {"p": 0.4},
        "level": {"q": 0.05, "p": 0.2},
        "linear": {"q": 0.05, "p": 0.4},
        "gaussian": {"s": 0.2},
    }[name]
    return lambda bounds: (
        {"preference": name} | {key: part * bounds[:, 1] for key, part in needs.items()}
    )


VARIANTS = (
    Variant("weighted_sum"),
    Variant("weighted_sum", "minmax"),
    Variant("weighted_sum", "linear", lowest=0),
    Variant("weighted_sum", "sum", lowest=0),
    Variant("weighted_sum", "vector"),
    Variant("weighted_sum", "logarithmic", lowest=1),
    Variant("weighted_sum", bounded=True),
    Variant("weighted_product", lowest=0),
    Variant("weighted_product", "sum", lowest=0),
    Variant("weighted_product", bounded=True),
    Variant("waspas", lowest=0),
    Variant("waspas", bounded=True, settings=lambda bounds: {"sum_share": 0.2}),
    Variant("vikor"),
    Variant("vikor", settings=lambda bounds: {"v": 0.2}, name="v"),
    Variant("promethee_ii"),
    *(
        Variant("promethee_ii", settings=preference(name), name=name)
        for name in ("u_shape", "v_shape", "level", "linear", "gaussian")
    ),
    Variant("copras", lowest=0),
    Variant("aras", lowest=0),
    Variant("edas", lowest=0),
    Variant("mabac"),
    Variant("codas", lowest=0),
    Variant("codas", settings=lambda bounds: {"tau": 0.0}, name="tau", lowest=0),
    Variant("marcos", lowest=0),
    Variant("moora"),
    Variant("spotis", bounded=True),
    Variant("cocoso"),
    Variant("topsis"),
    Variant("topsis", "vector"),
    Variant("topsis", "minmax"),
    Variant("topsis_anchored", bounded=True),
)
assert {variant.method for variant in VARIANTS} == set(METHODS)


def pytest_generate_tests(metafunc):
    if "variant" not in metafunc.fixturenames:
        return
    # test_promise_x runs for every variant that promises x, every other test for all variants.
    promise = metafunc.function.__name__.partition("test_promise_")[2]
    chosen = [v for v in VARIANTS if not promise or promise in v.promises]
    metafunc.parametrize("variant", chosen, ids=str)
