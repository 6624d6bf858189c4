import pytest

from jingling.core.errors import BadInput
from jingling.sdk.replies import SkillReplies, read_replies

GOOD = """\
# what it says
time: "It's {time}."
hello: ["Good morning.", "Hello, {name}."]
found: {one: "One thing.", other: "{count} things."}
braces: "{{so}}"
"yes": "Yes"
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "replies.en.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "replies.zh.yaml").write_text('time: "现在{time}。"\n', encoding="utf-8")
    return tmp_path


def test_fields_are_filled_in_each_language(folder):
    replies = SkillReplies.load(folder)
    assert replies.text("en", "time", time="9 AM") == "It's 9 AM."
    assert replies.text("zh", "time", time="9点") == "现在9点。"
    assert replies.text("en", "braces") == "{so}"
    assert replies.keys("en") == {"time", "hello", "found", "braces", "yes"}


def test_the_count_chooses(folder):
    replies = SkillReplies.load(folder)
    assert replies.text("en", "found", count=1) == "One thing."
    assert replies.text("en", "found", count=0) == "0 things."


def test_the_first_variant_is_said_unless_another_is_chosen(folder):
    assert SkillReplies.load(folder).text("en", "hello") == "Good morning."
    last = SkillReplies.load(folder, choose=lambda variants: variants[-1])
    assert last.text("en", "hello", name="Mei") == "Hello, Mei."


def test_an_unknown_key_and_a_missing_value_are_told_apart(folder):
    replies = SkillReplies.load(folder)
    with pytest.raises(KeyError):
        replies.text("en", "nothing")
    with pytest.raises(BadInput, match=r"replies\.en\.yaml, line 2: 'time' needs a value for \{time\}"):
        replies.text("en", "time")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('a: "x"\nb: "{x"\n', "line 2"),
        ('a: "x"\na: "y"\n', "line 2: 'a' stands here a second time"),
        ('a: "{x.__class__}"\n', "line 1"),
        ('a: "{x!r}"\n', "is no field"),
        ('a: "{}"\n', "is no field"),
        ("a:\n  - 'x'\n  - ''\n", "line 3"),
        ("a: []\n", "at least one"),
        ("a: {one: 'x', many: 'y'}\n", "`one` and `other`"),
        ("- a\n", "line 1"),
        ("", "line 1"),
        ('a: "x\nb: y\n', "line"),
        ("a: \x01\n", "not YAML"),
    ],
)
def test_a_broken_file_is_told_with_its_line(tmp_path, text, told):
    path = tmp_path / "replies.en.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=r"replies\.en\.yaml") as error:
        read_replies(path)
    assert told in str(error.value)
