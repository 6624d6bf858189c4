"""English words that are not read as they are written: abbreviations, initials and signs. Pure."""

import re

_ABBREVIATED = {
    "Mr": "Mister", "Mrs": "Missis", "Ms": "Miz", "Prof": "Professor", "Jr": "Junior", "Sr": "Senior",
    "vs": "versus", "etc": "et cetera", "approx": "approximately", "dept": "department", "Dept": "Department",
    "Ave": "Avenue", "Blvd": "Boulevard", "Rd": "Road", "Apt": "Apartment", "Ltd": "Limited",
    "Inc": "Incorporated", "Corp": "Corporation", "Gov": "Governor", "Gen": "General", "Capt": "Captain",
    "incl": "including", "excl": "excluding", "temp": "temperature", "ext": "extension", "tel": "telephone",
    "Tel": "Telephone", "Mt": "Mount", "Ft": "Fort",
}  # fmt: skip
_WRITTEN = {
    "e.g.": "for example", "i.e.": "that is", "a.m.": "A M", "p.m.": "P M", "w/o": "without", "w/": "with",
    "OK": "okay", "ok": "okay", "Ok": "Okay", "WiFi": "why fye", "Wi-Fi": "why fye", "wifi": "why fye",
    "wi-fi": "why fye", "Wifi": "why fye", "IoT": "I O T", "IPv4": "I P version four", "IPv6": "I P version six",
    "PhD": "P H D", "TVs": "T Vs", "PCs": "P Cs", "LEDs": "L E Ds", "CDs": "C Ds",
}  # fmt: skip
_PLAIN = (
    "ALL AND ANY ARE ARM ASK BAD BED BIG BUT BUY CAN CAR DAY DID DO DOG DRY END FAN FAR FEW FOR FUN GET GO GOT HAS"
    " HE HER HIM HIS HOT HOW IF IN IS IT ITS JOB LET LOW MAN MAY ME MY NEW NO NOT NOW OF OFF OH OLD ON ONE OR"
    " OUR OUT PAY PUT RAN RED RUN SAY SEE SET SHE SIX SO SUN TEN THE TO TOO TOP TRY TWO UP USE WAS WAY WE WHO WHY"
    " WIN YES YET YOU A I AN AS AT BE BY HI HA OW RAM SIM PIN LAN WAN GIF BIN NASA COVID"
)
_WORDS = frozenset(_PLAIN.split())
_LETTERS = (
    "HDMI HVAC HTML HTTP HTTPS JSON MQTT UPNP NFC IEEE OLED QLED WLAN UHD SSID RGBW RGB IFTTT DVD FAQ VIP ASAP"
    " ETA UTC GMT EU UK USA US UN AI API IP ID IOS CCTV EV SUV ATM CEO CPU GPU USB UV AQI RSS URL UI UX"
)
_SPELLED = frozenset(_LETTERS.split())
_WEEKDAYS = {
    "Mon": "Monday", "Tue": "Tuesday", "Tues": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday",
    "Thur": "Thursday", "Thurs": "Thursday", "Fri": "Friday", "Sat": "Saturday", "Sun": "Sunday",
}  # fmt: skip
_MONTHS = {
    "Jan": "January", "Feb": "February", "Apr": "April", "Jun": "June", "Jul": "July", "Aug": "August",
    "Sep": "September", "Sept": "September", "Oct": "October", "Nov": "November", "Dec": "December",
}  # fmt: skip
_DAY = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))

_EXACT = re.compile(
    r"(?<![\w.])(?:" + "|".join(re.escape(one) for one in sorted(_WRITTEN, key=len, reverse=True)) + r")(?!\w)"
)
_DOTTED = re.compile(rf"\b(?P<word>{'|'.join(sorted(_ABBREVIATED, key=len, reverse=True))})\.(?P<end>\s*$)?")
_BARE = re.compile(r"\b(?P<word>Mr|Mrs|Ms|Prof|vs)(?=\s)")
_DOCTOR = re.compile(r"\b(?P<word>Dr|St)\b\.?(?P<name>\s(?=[A-Z]))?")
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}(?=\W|$)")
_CAPITALS = re.compile(r"(?<![A-Za-z])[A-Z]{2,6}(?![A-Za-z])")
_WEEKDAY = re.compile(rf"\b(?P<day>{_DAY})\b(?:\.|(?=,|\s?[-–—]\s?(?:{_DAY})\b|\s(?:[A-Z]|\d)))")
_WEEKDAY_RANGE = re.compile(rf"\b(?P<a>{_DAY})\b\.?\s?[-–—]\s?(?P<b>{_DAY})\b\.?")
_MONTH = re.compile(rf"\b(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?(?!\w)")
_SIGNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (r"(?<=[A-Za-z])\+\+", " plus plus"),
        (r"\+", " plus "),
        (r"&", " and "),
        (r"=", " equals "),
        (r"(?<=\w)\s*@\s*(?=\w)", " at "),
        (r"÷", " divided by "),
        (r"×", " times "),
        (r"≤", " at most "),
        (r"≥", " at least "),
        (r"(?<=[\w ])＜(?=[\w ])", " less than "),
        (r"(?<=[\w ])＞(?=[\w ])|^＞", " more than "),
        (r"≠", " is not "),
        (r"±", " plus or minus "),
        (r"%", " percent "),
        (r"°C?|℃", " degrees "),
        (r"(?<=[A-Za-z])/(?=[A-Za-z])", " "),
        (r"/", " slash "),
        (r"(?<=[a-z]{2})\.(?=[a-z]{2,4}\b)", " dot "),
        (r"[＜＞№～]", " "),
    )
)
_TIDY: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\s+"), " "),
    (re.compile(r"(?<=\S) (?=[,.;:!?)\]](?:\s|$))"), ""),
)


def named(text: str) -> str:
    """`text` with its days of the week written out."""
    text = _WEEKDAY_RANGE.sub(lambda m: f"{_WEEKDAYS[m['a']]} to {_WEEKDAYS[m['b']]}", text)
    return _WEEKDAY.sub(lambda m: _WEEKDAYS[m["day"]], text)


def worded(text: str) -> str:
    """`text`, whose numbers are in words already, as it is read."""
    shouted = sum(word.isupper() for word in re.findall(r"[A-Za-z]{2,}", text)) > 2 and text.upper() == text
    text = _MONTH.sub(lambda m: _MONTHS[m["month"]], text)
    text = _EXACT.sub(lambda m: _WRITTEN[m[0]], text)
    text = _DOCTOR.sub(_title, text)
    text = _DOTTED.sub(lambda m: _ABBREVIATED[m["word"]] + ("." if m["end"] is not None else ""), text)
    text = _BARE.sub(lambda m: _ABBREVIATED[m["word"]], text)
    text = _INITIALS.sub(lambda m: " ".join(m[0].replace(".", "")), text)
    if not shouted:
        text = _CAPITALS.sub(_letters, text)
    for pattern, said in (*_SIGNS, *_TIDY):
        text = pattern.sub(said, text)
    return text.strip()


def _title(match: re.Match[str]) -> str:
    """Before a name it is a title or a saint, after one a street."""
    named = match["name"] is not None
    said = {"Dr": ("Drive", "Doctor"), "St": ("Street", "Saint")}[match["word"]][named]
    return said + (match["name"] or "")


def _letters(match: re.Match[str]) -> str:
    word = match[0]
    spelled = word in _SPELLED or (word not in _WORDS and (len(word) <= 3 or not set(word) & set("AEIOUY")))
    return " ".join(word) if spelled else word
