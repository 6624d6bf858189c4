"""What no file may say. The words are put together here, so that this file passes its own rules."""

import re
from collections.abc import Mapping

_REGISTRIES = [
    *("pypi" + end for end in (".org", ".python.org")),
    "python" + "hosted.org",
    "registry.npm" + "js.org",
    "registry.yarn" + "pkg.com",
    "deb.debian" + ".org",
    "archive.ubuntu" + ".com",
    "index" + "-url",
    "extra" + "-index",
    'resolved": "' + "http",
]
ADDRESSES = re.compile("|".join(re.escape(one) for one in _REGISTRIES))
MACHINE_PATHS = re.compile(r"(?<![\w.~<>*)-])/(?:work|root|farm|tmp)/")
UNFINISHED = re.compile(
    r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|NotImplemented" + r"Error|\bmark\.sk" + r"ip|\bxf" + r"ail\b"
)


def told(pattern: re.Pattern[str], texts: Mapping[str, str]) -> list[str]:
    """Each place where `pattern` stands, as file:line."""
    return [
        f"{name}:{number}: {found[0]}"
        for name, text in texts.items()
        for number, line in enumerate(text.splitlines(), start=1)
        if (found := pattern.search(line))
    ]
