"""What every skill folder has, in both languages."""

import tomllib
from pathlib import Path
from typing import Any

import yaml

from jingling.sdk.dialogs import dialog_files

LANGUAGES = ("en", "zh")
DIALOGS_MIN = 3


def incomplete(skill: Path) -> list[str]:
    """What the skill folder lacks, as sentences that begin with its name."""
    needed = ["skill.toml", "skill.py", *(f"{kind}.{one}.yaml" for kind in KINDS for one in LANGUAGES)]
    absent = [f"{name} is missing" for name in needed if not (skill / name).is_file()]
    wrong = absent or [*_manifest(skill), *_dialogs(skill), *_unlike(skill)]
    return [f"{skill.name}: {one}" for one in wrong]


KINDS = ("intents", "replies")


def _manifest(skill: Path) -> list[str]:
    manifest = tomllib.loads((skill / "skill.toml").read_text(encoding="utf-8"))
    wrong = [] if manifest.get("name") == skill.name else ["skill.toml has another name than its folder"]
    return wrong + [
        f"skill.toml has no title in {one}" for one in LANGUAGES if not manifest.get("title", {}).get(one)
    ]


def _dialogs(skill: Path) -> list[str]:
    counts = {language: sum(map(_dialogs_in, dialog_files(skill, language))) for language in LANGUAGES}
    return [
        f"{count} dialogs in {one}, {DIALOGS_MIN} are needed"
        for one, count in counts.items()
        if count < DIALOGS_MIN
    ]


def _dialogs_in(path: Path) -> int:
    content = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    return 1 if isinstance(content, dict) else len(content)


def _unlike(skill: Path) -> list[str]:
    wrong: list[str] = []
    for kind in ("intents", "replies"):
        english, chinese = (_keys(_read(skill, kind, language), kind) for language in LANGUAGES)
        wrong += [f"{kind}: {key} is only in en" for key in sorted(english - chinese)]
        wrong += [f"{kind}: {key} is only in zh" for key in sorted(chinese - english)]
    return wrong


def _keys(document: Any, kind: str) -> set[str]:
    content = document or {}
    return {str(key) for key in ((content.get("intents") or {}) if kind == "intents" else content)}


def _read(skill: Path, kind: str, language: str) -> Any:
    return yaml.safe_load((skill / f"{kind}.{language}.yaml").read_text(encoding="utf-8"))
