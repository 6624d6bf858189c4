import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingling.core.errors import BadInput
from jingling.core.thing import Property
from jingling.home.values import COLORS, check_value, check_values

PERCENT = Property("integer", unit="%", minimum=0, maximum=100)
DEGREES = Property("number", unit="°C", minimum=5, maximum=30)
PROPERTIES = [
    Property("boolean"),
    PERCENT,
    DEGREES,
    Property("number"),
    Property("string"),
    Property("string", choices=("idle", "busy")),
    Property("color"),
]
ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.binary(),
    st.lists(st.integers()),
    st.dictionaries(st.text(), st.integers()),
    st.sampled_from(sorted(COLORS)),
)


@given(st.sampled_from(PROPERTIES), ANYTHING)
def test_any_value_is_taken_or_refused_in_a_sentence(prop, value):
    try:
        taken = check_value(prop, value, "brightness")
    except BadInput as error:
        assert str(error).startswith("brightness ")
        assert str(error).endswith(".")
        assert len(str(error)) < 500
    else:
        assert check_value(prop, taken, "brightness") == taken


@given(st.integers(0, 100))
def test_a_whole_number_within_range_is_kept(value):
    assert check_value(PERCENT, value) == value
    whole = check_value(PERCENT, float(value))
    assert whole == value
    assert isinstance(whole, int)


@given(st.one_of(st.integers(max_value=-1), st.integers(min_value=101)))
def test_a_number_out_of_range_is_refused_with_the_range(value):
    with pytest.raises(BadInput, match="from 0 to 100 %"):
        check_value(PERCENT, value)


@given(st.floats(5, 30))
def test_a_number_is_kept_as_float(value):
    assert check_value(DEGREES, value) == value
    assert isinstance(check_value(DEGREES, math.floor(value)), float)


@pytest.mark.parametrize(
    ("prop", "value"),
    [
        (PERCENT, True),
        (PERCENT, 12.5),
        (PERCENT, "50"),
        (PERCENT, None),
        (DEGREES, math.nan),
        (Property("number"), math.inf),
        (Property("boolean"), 1),
        (Property("boolean"), "true"),
        (Property("string"), 3),
        (Property("string"), "a" * 201),
        (Property("string"), "bell\a"),
        (Property("string"), "\ud800"),
        (Property("string", choices=("idle", "busy")), "Idle"),
        (Property("color"), "#12345"),
        (Property("color"), "#12345g"),
        (Property("color"), "reddish"),
        (Property("color"), 0xFF0000),
    ],
)
def test_what_does_not_fit_is_refused(prop, value):
    with pytest.raises(BadInput):
        check_value(prop, value)


@pytest.mark.parametrize("kind", ["integer", "number"])
def test_a_number_without_end_is_refused(kind):
    with pytest.raises(BadInput, match="so large a number"):
        check_value(Property(kind), 10**400)


@given(st.integers(0, 0xFFFFFF))
def test_a_colour_by_number_is_kept_in_small_letters(number):
    assert check_value(Property("color"), f"#{number:06X}") == f"#{number:06x}"


@pytest.mark.parametrize(("name", "code"), [("red", "#ff0000"), (" Sky Blue ", "#87ceeb"), ("white", "#ffffff")])
def test_a_colour_by_name_becomes_its_number(name, code):
    assert check_value(Property("color"), name) == code


def test_an_unknown_name_is_refused_with_what_there_is():
    with pytest.raises(BadInput, match=r'lamp has no "glow". It has power\.'):
        check_values({"power": Property("boolean")}, {"glow": True}, "lamp")
