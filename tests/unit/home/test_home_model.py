import pytest

from jingling.core.command import Risk
from jingling.core.thing import Place, Thing
from jingling.home.commands import RunAction, SetProperty
from jingling.home.model import Floor, Home, domain_of, risk_of
from jingling.home.names import NameEntry, names_of


def thing(type_, device_class="", place_id=None, **names):
    return Thing("it", type_, names or {"en": ("it",)}, place_id, device_class)


def setting(name, value):
    return SetProperty(thing_id="it", property=name, value=value)


@pytest.mark.parametrize(
    ("what", "command", "risk"),
    [
        (thing("lock"), setting("locked", False), Risk.CONFIRM),
        (thing("lock"), setting("locked", True), Risk.NONE),
        (thing("lock"), RunAction(thing_id="it", action="open"), Risk.CONFIRM),
        (thing("cover", "garage"), setting("position", 100), Risk.CONFIRM),
        (thing("cover", "gate"), setting("position", 1), Risk.CONFIRM),
        (thing("cover", "garage"), setting("position", 0), Risk.NONE),
        (thing("cover", "garage"), RunAction(thing_id="it", action="stop"), Risk.NONE),
        (thing("cover", "curtain"), setting("position", 100), Risk.NONE),
        (thing("light"), setting("power", False), Risk.NONE),
    ],
)
def test_only_what_lets_someone_in_must_be_confirmed(what, command, risk):
    assert risk_of(what, command) == risk


@pytest.mark.parametrize(
    ("what", "domain"),
    [
        (thing("light"), "light"),
        (thing("sensor", "temperature"), "sensor"),
        (thing("sensor", "window"), "binary_sensor"),
        (thing("sensor", "smoke"), "binary_sensor"),
        (thing("coffee_machine"), "switch"),
        (thing("vacuum"), "vacuum"),
    ],
)
def test_things_go_by_home_assistants_domains(what, domain):
    assert domain_of(what) == domain


HOME = Home(
    "home",
    places=(Place("bedroom", {"en": ("bedroom",), "zh": ("卧室", "睡房")}),),
    things=(
        Thing("curtain", "cover", {"en": ("curtain", "drape"), "zh": ("窗帘",)}, "bedroom", "curtain"),
        Thing("kettle", "switch", {"en": ("kettle",)}),
    ),
    floors=(Floor("ground", {"zh": ("一楼",)}),),
)


def test_names_carry_the_proper_name_and_the_context():
    context = {"domain": "cover", "device_class": "curtain", "area": "bedroom"}
    assert names_of(HOME, "en") == (
        NameEntry("curtain", "curtain", "name", context),
        NameEntry("drape", "curtain", "name", context),
        NameEntry("kettle", "kettle", "name", {"domain": "switch"}),
        NameEntry("bedroom", "bedroom", "area"),
        NameEntry("一楼", "一楼", "floor"),
    )


def test_names_in_another_language_fall_back_to_what_there_is():
    by_text = {entry.text: entry for entry in names_of(HOME, "zh")}
    assert by_text["窗帘"].context["area"] == "卧室"
    assert by_text["睡房"].value == "卧室"
    assert by_text["kettle"].value == "kettle"
