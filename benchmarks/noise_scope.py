"""Requests of public collections that are none of our skills' business."""

from pathlib import Path

INSIDE = frozenset(
    (
        # CLINC150: control of the home, time, alarms and reminders, answers and manners of the conversation itself
        *(
            "smart_home",
            "timer",
            "alarm",
            "time",
            "date",
            "timezone",
            "reminder",
            "reminder_update",
            "change_volume",
        ),
        *("yes", "no", "maybe", "cancel", "repeat", "what_can_i_ask_you", "next_holiday"),
        # HWU64: the same; its calendar_set and calendar_remove hold reminders
        *("iot_hue_lightchange", "iot_hue_lightoff", "iot_hue_lighton", "iot_hue_lightup", "iot_hue_lightdim"),
        *("iot_cleaning", "iot_coffee", "iot_wemo_on", "iot_wemo_off", "alarm_set", "alarm_query", "alarm_remove"),
        *("audio_volume_up", "audio_volume_down", "audio_volume_mute", "datetime_query", "datetime_convert"),
        *("calendar_set", "calendar_remove", "general_commandstop", "general_repeat", "general_negate"),
        *("general_affirm", "general_confirm", "general_dontcare", "general_explain"),
    )
)
"""Labels that a skill of ours, or the conversation itself, has to do with; all others are outside."""
_SETS = ("CLINC150", "HWU64")


def outside_requests(folder: Path) -> list[tuple[str, str]]:
    """(label, text) of all requests outside; says which set is not there."""
    found: list[tuple[str, str]] = []
    for name in _SETS:
        parts = sorted(path.parent for path in (folder / name).glob("*/seq.in"))
        if not parts:
            print(f"{folder / name}: no requests there; expected folders with the files `seq.in` and `label`.")
        for part in parts:
            found += outside(
                (part / "label").read_text(encoding="utf-8").splitlines(),
                (part / "seq.in").read_text(encoding="utf-8").splitlines(),
            )
    return found


def outside(labels: list[str], texts: list[str]) -> list[tuple[str, str]]:
    return [
        (label.strip(), text.strip())
        for label, text in zip(labels, texts, strict=True)
        if label.strip() not in INSIDE and text.strip()
    ]
