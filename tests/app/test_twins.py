"""A slider and a box: the one that moves keeps its key, the other starts anew."""

from __future__ import annotations

from mcda.app.twins import Twin


def test_a_moved_slider_gives_the_box_a_new_key():
    twin = Twin("k", None)
    slider, box = twin.slider_key, twin.box_key
    twin.slide(40)
    assert twin.number == 40
    assert (twin.slider_key == slider, twin.box_key == box) == (True, False)


def test_a_typed_number_gives_the_slider_a_new_key():
    twin = Twin("k", None)
    slider, box = twin.slider_key, twin.box_key
    twin.type(40)
    assert (twin.slider_key == slider, twin.box_key == box) == (False, True)


def test_a_number_changed_elsewhere_gives_both_new_keys():
    twin = Twin("k", 10)
    slider, box = twin.slider_key, twin.box_key
    twin.follow(None)
    assert twin.number is None
    assert (twin.slider_key == slider, twin.box_key == box) == (False, False)


def test_following_the_same_number_changes_no_key():
    twin = Twin("k", 10)
    keys = twin.slider_key, twin.box_key
    twin.follow(10)
    assert (twin.slider_key, twin.box_key) == keys


def test_a_message_from_a_slider_that_was_replaced_is_not_heard():
    twin = Twin("k", 10)
    old = twin.slider_key
    twin.type(40)
    assert not twin.slid_to(old, 10)
    assert twin.number == 40


def test_a_message_from_a_box_that_was_replaced_is_not_heard():
    twin = Twin("k", 10)
    old = twin.box_key
    twin.slide(40)
    assert not twin.typed_in(old, 10)
    assert twin.number == 40


def test_what_is_known_already_changes_no_key():
    twin = Twin("k", 10)
    keys = twin.slider_key, twin.box_key
    assert not twin.typed_in(twin.box_key, 10)
    assert not twin.slid_to(twin.slider_key, 10)
    assert (twin.slider_key, twin.box_key) == keys


def test_news_is_taken():
    twin = Twin("k", 10)
    assert twin.slid_to(twin.slider_key, 20)
    assert twin.number == 20
    assert twin.typed_in(twin.box_key, None)
    assert twin.number is None
