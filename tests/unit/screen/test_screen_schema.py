"""The web's types are those of the Python messages."""

from pathlib import Path

from jingling.screen.messages import FromBrowser, ToBrowser
from jingling.screen.schema import schema
from jingling.screen.typescript import emit, written

GENERATED = Path(__file__).parents[3] / "web" / "src" / "generated" / "messages.ts"


def test_the_committed_types_are_fresh() -> None:
    assert GENERATED.read_text(encoding="utf-8") == emit(), (
        "the messages changed: run `python -m jingling.screen.typescript > web/src/generated/messages.ts`"
    )


def test_every_message_is_described() -> None:
    described = schema()["$defs"]
    for message in (*FromBrowser.__args__, *ToBrowser.__args__):
        assert message.__name__ in described
        assert f"export interface {message.__name__} {{" in emit()


def test_what_a_browser_may_leave_out_is_optional_and_what_it_gets_is_not() -> None:
    text = emit()
    assert "readonly request_id?: string;" in text
    assert "readonly missing: readonly string[];" in text


def test_shapes_are_written_as_typescript() -> None:
    assert written({"enum": ["en", "zh"]}) == '"en" | "zh"'
    assert written({"type": "array", "items": {"$ref": "#/$defs/Place"}}) == "readonly Place[]"
    assert written({"anyOf": [{"type": "number"}, {"type": "null"}]}) == "number | null"
    assert (
        written({"type": "object", "additionalProperties": {"type": "string"}})
        == "Readonly<Record<string, string>>"
    )
