"""The colours of the app can be told apart and read, in light and in dark."""

import itertools

import pytest

from mcda.app import theme


def luminance(colour):
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def colours(request):
    return theme.palette(dark=request.param)


def test_words_are_readable(colours):
    assert contrast(colours.text, colours.background) >= 7
    assert contrast(colours.muted, colours.background) >= 7
    assert contrast("#ffffff", colours.accent) >= 4.5  # Streamlit writes white on the accent.


def test_marks_are_visible(colours):
    for colour in (colours.accent, colours.unknown, *colours.series):
        assert contrast(colour, colours.background) >= 3


def test_ten_series_differ_and_neighbours_differ_in_grey(colours):
    assert len(set(colours.series)) == 10
    for one, other in itertools.pairwise(colours.series):
        assert contrast(one, other) >= 1.35


def test_a_figure_keeps_what_it_sets_itself():
    figure = {"data": [], "layout": {"height": 300}}
    themed = theme.themed(figure, dark=False, projector=True)
    assert themed["layout"]["height"] == 300
    assert themed["layout"]["template"]["layout"]["font"]["size"] == 20
    assert figure == {"data": [], "layout": {"height": 300}}
