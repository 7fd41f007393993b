"""Every method in the registry with each of its settings, for the tests they all share."""

from dataclasses import dataclass

from mcda.engine import METHODS


@dataclass(frozen=True)
class Variant:
    """A method with one choice of options; bounds are made to fit the matrix."""

    method: str
    normalization: str | None = None
    bounded: bool = False

    def options(self, bounds):
        chosen = {"normalization": self.normalization} if self.normalization else {}
        return chosen | ({"bounds": bounds} if self.bounded else {})

    @property
    def promises(self):
        return METHODS[self.method].promises_for({"bounds": True if self.bounded else None})

    @property
    def needs_positive(self):
        return self.normalization in ("linear", "sum")

    def __str__(self):
        return "-".join([self.method, self.normalization or ("bounds" if self.bounded else "")])


VARIANTS = (
    Variant("weighted_sum"),
    Variant("weighted_sum", "minmax"),
    Variant("weighted_sum", "linear"),
    Variant("weighted_sum", "sum"),
    Variant("weighted_sum", "vector"),
    Variant("weighted_sum", bounded=True),
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
