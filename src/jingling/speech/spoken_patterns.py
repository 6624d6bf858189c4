"""How numbers, dates, times, money and quantities are written: patterns that both languages share."""

import re

from jingling.speech.spoken_units import MONEY, UNITS, either

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
DASH = r"[-–—−~～]"
_ALONE = r"(?<![A-Za-z\d_.,/:])"
SIGN = r"(?:(?<![A-Za-z\d_.)])(?P<sign>[-−+]))?"
AMOUNT = rf"{SIGN}(?<![A-Za-z\d._])(?P<n>{NUMBER})(?:\s?{DASH}\s?(?P<to>-?{NUMBER}))?"
AFTER = r"(?![A-Za-z\d])"

_MONTHS = (
    "Jan(?:uary)?", "Feb(?:ruary)?", "Mar(?:ch)?", "Apr(?:il)?", "May", "June?", "July?", "Aug(?:ust)?",
    "Sept?(?:ember)?", "Oct(?:ober)?", "Nov(?:ember)?", "Dec(?:ember)?",
)  # fmt: skip
MONTH = rf"(?P<month>{'|'.join(_MONTHS)})(?![A-Za-z])\.?"
_TH = r"(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s(?P<year>[12]\d{3})(?!\d|\s?[ap]\.?m(?![A-Za-z])))?"
_NO_CLOCK = r"(?![\d%:]|[.,/]\d|\s?[ap]\.?m(?![A-Za-z]))"

# fmt: off
ISO_DATE = re.compile(r"(?<![\d.-])(?P<year>[12]\d{3})(?P<cut>[-/.])(?P<month>\d{1,2})(?P=cut)(?P<day>\d{1,2})(?!\d|(?P=cut)\d)(?:T(?=\d\d:))?")  # noqa: E501
ISO_MONTH = re.compile(r"(?<![\d.-])(?P<year>19\d\d|20\d\d)-(?P<month>0[1-9]|1[0-2])(?![\d-])")
MONTH_OF_YEAR = re.compile(r"(?<![\d./-])(?P<month>0?[1-9]|1[0-2])(?:/|(?<=\d\d)-)(?P<year>(?:19|20)\d\d)(?![\d/-])")  # noqa: E501
YEARS = re.compile(r"(?<![\d.,-])(?P<a>1[1-9]\d\d|20\d\d)\s?[-–—~～]\s?(?P<b>1[1-9]\d\d|20\d\d)(?![\d-]|[.,]\d)")
DATES = re.compile(rf"(?<=\d)\s?{DASH}\s?(?=\d{{4}}([/.])\d{{1,2}}\1\d|\d{{1,2}}/\d{{1,2}}/\d{{4}})")
YEAR_LAST = re.compile(r"(?<![\d./-])(?P<a>\d{1,2})(?P<cut>[-/.])(?P<b>\d{1,2})(?P=cut)(?P<year>[12]\d{3}|(?<=/)\d\d)(?!\d|(?P=cut)\d)")  # noqa: E501
YEAR_NAMED = re.compile(rf"(?<![\d./-])(?P<year>[12]\d{{3}})[-/](?P<until>)?{MONTH}[-/](?P<day>\d{{1,2}})(?!\d)", re.I)  # noqa: E501
MONTH_DAY = re.compile(rf"(?<![A-Za-z\d]){MONTH}(?:\s|(?<=\.))(?P<day>\d{{1,2}}){_TH}(?:\s?{DASH}\s?(?P<until>\d{{1,2}}){_TH})?{_NO_CLOCK}{_YEAR}")  # noqa: E501
DAY_MONTH = re.compile(rf"(?<![\d.:,/$€£¥-])(?P<day>\d{{1,2}}){_TH}(?:\s?{DASH}\s?(?P<until>\d{{1,2}}){_TH})?(?:\sof)?[\s-]{MONTH}(?:[-](?P<year2>[12]\d{{3}}))?{_YEAR}")  # noqa: E501
MONTH_YEAR = re.compile(rf"(?<![A-Za-z\d]){MONTH},?\s(?P<year>[12]\d{{3}})(?!\d|[.,:]\d)")
CLOCK = re.compile(r"(?<![\d:.])(?P<hour>[01]?\d|2[0-4])[:：](?P<minute>[0-5]\d)(?:[:：](?P<second>[0-5]\d)(?:\.\d+)?)?(?P<zone>Z|[+-]\d\d:\d\d)?(?![\d:：]|\.\d)(?:\s?(?P<half>[ap])(?:\.m\.|m(?![A-Za-z])))?", re.I)  # noqa: E501
HOUR = re.compile(r"(?<![\d:.,])(?P<hour>1[0-2]|0?[1-9])\s?(?P<half>[ap])(?:\.m\.|m(?![A-Za-z]))", re.I)
RATIO = re.compile(r"(?<![\d:.])(?P<a>\d{1,3})[:：](?P<b>\d{1,3})(?![\d:.])")
FRACTION = re.compile(r"(?<![\d./A-Za-z])(?:(?P<whole>\d+)\s)?(?P<num>\d{1,3})/(?P<den>\d{1,3})(?![\d/A-Za-z]|\.\d)")  # noqa: E501
PHONE = re.compile(
    r"(?<![A-Za-z\d_.,+-])(?:"
    r"\+\d{1,3}(?:[ -]?\(?\d{1,4}\)?){2,5}"
    r"|\(\d{2,4}\)\s?\d{3,4}[ -]?\d{3,4}"
    r"|(?:1[ -])?\d{3}-\d{3}-\d{4}"
    r"|(?:1[ -])?\d{3}[ .]\d{3}[ .]\d{4}"
    r"|0\d{2,3}[ -]\d{3,4}[ -]?\d{4}"
    r"|1\d{2}[ -]\d{4}[ -]\d{4}"
    r"|[48]00-?\d{3}-?\d{4}"
    r"|1[3-9]\d{9}"
    r"|\d{3}-\d{3}[1-9]"
    r")(?![A-Za-z\d_-]|[.,]\d)"
)
VERSION = re.compile(r"(?<![\d.])(?:(?<![A-Za-z])(?P<v>[vV])(?:er)?\.?\s?(?P<one>\d+(?:\.\d+)*)|\d+(?:\.\d+){2,5})(?!\d|\.\d)")  # noqa: E501
MONEY_SCALE = r"(?:\s?(?P<scale>thousand|million|billion|trillion|[kK]|[mM]n?|[bB]n?|[tT]n?|[百千]?万亿?|[百千]?亿|[百千])(?![A-Za-z]))?"  # noqa: E501
PRICE = re.compile(rf"(?P<sign>(?<![A-Za-z\d])[-−])?(?<![A-Za-z])(?P<unit>{either(MONEY)})\s?(?P<below>[-−])?(?P<n>{NUMBER})(?:\s?{DASH}\s?(?:{either(MONEY)})?(?P<to>{NUMBER}))?{MONEY_SCALE}")  # noqa: E501
_CODES = [code for code in MONEY if code.isalpha()] + ["€", "£", "$"]
PRICE_AFTER = re.compile(rf"{AMOUNT}{MONEY_SCALE}\s?(?P<unit>{either(_CODES)}){AFTER}")
UNIT = either(UNITS)
QUANTITY = re.compile(rf"{AMOUNT}(?:\s?(?P<unit>{UNIT})(?:/(?P<per>{UNIT}|[a-z]{{3,}}))?{AFTER})")
HOURS_MINUTES = re.compile(r"(?<![\d.])(?P<h>\d+)\s?h(?:rs?)?\s?(?P<m>\d{1,2})(?:\s?m(?:ins?)?(?![A-Za-z]))?(?:\s?(?P<s>\d{1,2})\s?s(?:ecs?)?(?![A-Za-z]))?(?![\w.])")  # noqa: E501
MINUTES_SECONDS = re.compile(r"(?<![\d.])(?P<m>\d+)\s?m(?:in)?\s?(?P<s>\d{1,2})\s?s(?:ecs?)?(?![A-Za-z])")
FEET_INCHES = re.compile(r"""(?<![\d.])(?P<ft>\d+)['′]\s?(?:(?P<inch>\d{1,2}(?:\.\d+)?)(?:["″]|''))""")
INCHES = re.compile(rf"(?<![\d.])(?P<n>{NUMBER})\s?[\"″](?![A-Za-z])")
PERCENT = re.compile(rf"{AMOUNT}\s?%")
PERMILLE = re.compile(rf"{AMOUNT}\s?‰")
SIZE = re.compile(rf"(?<=\d)\s?[xX×]\s?(?={NUMBER})")
FACTOR = re.compile(rf"(?<![\dA-Za-z.])(?P<n>{NUMBER})\s?[x×](?![A-Za-z\d])")
ORDINAL = re.compile(r"(?<![\d.A-Za-z])(?P<n>\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th)(?![A-Za-z\d])")
CODE = re.compile(r"(?<![\d.,])(?:\d{8,}|0\d+)(?![\d]|[.,]\d)")
CHAIN = re.compile(r"(?<![A-Za-z\d_.,/:-])\d+(?:-\d+){2,}(?![\w-])", re.A)
ABOUT = re.compile(r"(?<![A-Za-z\d%°℃℉])(?:[~～≈]|约[~～≈])\s?(?=[-$€£¥]?\d)")
RANGE = re.compile(rf"{_ALONE}(?P<sign>[-−])?(?P<n>{NUMBER})\s?{DASH}\s?(?P<to>-?{NUMBER})(?![\d/:]|-\d)")
SIGNED = re.compile(rf"{SIGN}(?P<n>{NUMBER})")
URL = re.compile(r"(?:https?://|ftp://|www\.)[^\s，。、；（）()<>\"”’]+|(?<![\w.@-])(?:[a-z0-9-]+\.)+(?:com|org|net|io|cn|edu|gov|dev|app|uk|de)(?:/[\w./?=&%-]*)?(?![\w.@-])", re.I | re.A)  # noqa: E501
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.A)
# fmt: on

_MONTH_KEYS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def month_number(name: str) -> int:
    return _MONTH_KEYS.index(name[:3].lower()) + 1


def is_day(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= (30 if month in (4, 6, 9, 11) else 29 if month == 2 else 31)
