"""Names of time zones in free English text: "utc+8", "pacific daylight time", "beijing time"."""

from jingling.language.values.english_rules import meanings, rules
from jingling.language.values.english_values import Value
from jingling.language.values.english_words import digits
from jingling.language.values.phrases import Phrase

_UNKNOWN = -10_000
"""Minutes of a zone that is two: with and without summer time, or in several countries."""
_ABBREVIATIONS = {
    -720: "aoe anywhere_on_earth",
    -660: "sst nut",
    -600: "hst hast tahst ckt",
    -540: "akst hadt gamt",
    -480: "pst pt akdt",
    -420: "mst pdt pdst",
    -360: "galt mdt easst",
    -300: "est cot pet ect",
    -240: "edt vet bot gyt clt amt pyt",
    -180: "brt clst uyt gft srt wgt rott pyst",
    -150: "ndt",
    -210: "nst",
    -120: "fnt gst uyst brst pmdt wgst",
    -60: "cvt azot egt",
    0: "utc gmt wet z egst azost",
    60: "cet wat dft",
    120: "eet cat sast cest mest wast",
    180: "msk eat trt fet eest",
    210: "irst",
    240: "samt azt get mut ret sct msd",
    270: "aft irdt",
    300: "pkt uzt tmt tjt mvt yekt orat azst",
    330: "slst",
    345: "npt",
    360: "btt almt kgt novt omst vost",
    390: "mmt cct",
    420: "ict wib krat hovt cxt davt",
    480: "hkt awst myt sgt pht phst wita irkt hovst ulat bdt",
    540: "jst kst wit yakt tlt pwt awdt",
    570: "acst",
    600: "aest pgt vlat chst chut",
    630: "acdt lhst",
    660: "aedt sakt magt sbt vut nct kost pont",
    720: "nzst fjt pett anat gilt mht tvt wakt",
    765: "chast",
    780: "nzdt phot tkt tot fjst",
    825: "chadt",
    840: "lint tost",
    _UNKNOWN: "cst cdt bst ist ast adt et pt ct aet",
}
_PLACES = {
    -480: "pacific alaska_daylight tijuana",
    -540: "alaska alaskan",
    -600: "hawaii hawaiian honolulu",
    -420: "mountain us_mountain arizona phoenix west_coast",
    -360: "central central_america mexico guatemala costa_rica",
    -300: "eastern colombia bogota peru lima ecuador quito panama jamaica haiti cuba east_coast",
    -240: "venezuela caracas bolivia atlantic paraguay",
    -180: "argentina buenos_aires uruguay montevideo greenland",
    -60: "cape_verde azores",
    0: "greenwich_mean coordinated_universal iceland reykjavik ghana accra morocco",
    60: "madrid paris berlin rome vienna brussels amsterdam central_europe central_european w._europe romance"
    " west_africa nigeria lagos algeria algiers",
    120: "south_africa johannesburg cairo egypt israel jerusalem e._europe eastern_europe helsinki athens libya",
    180: "moscow russian turkey istanbul kenya nairobi arab riyadh belarus baghdad e._africa",
    210: "iran tehran",
    240: "dubai arabian georgian armenia azerbaijan mauritius abu_dhabi baku",
    270: "afghanistan kabul",
    300: "pakistan karachi uzbekistan tashkent west_asia ekaterinburg",
    330: "india mumbai delhi new_delhi sri_lanka kolkata bangalore",
    345: "nepal kathmandu",
    360: "bangladesh dhaka central_asia kazakhstan bhutan",
    390: "myanmar yangon",
    420: "thailand bangkok vietnam hanoi jakarta se_asia",
    480: "beijing china hong_kong singapore taipei taiwan shanghai perth manila malaysia kuala_lumpur"
    " west_australia w._australia australian_western philippines",
    540: "tokyo japan korea seoul",
    570: "darwin",
    600: "brisbane west_pacific guam",
    660: "solomon_islands central_pacific",
    720: "fiji new_zealand auckland wellington",
    _UNKNOWN: "new_york york san_francisco los_angeles chicago boston seattle denver houston dallas miami"
    " washington"
    " st._louis san_josé san_jose sydney melbourne adelaide london edinburgh colchester christchurch dublin uk us"
    " montreal montréal toronto vancouver sao_paulo são_paulo rio_de_janeiro saint_barthélemy saint_barthelemy"
    " santiago lisbon stockholm oslo copenhagen zurich geneva munich milan barcelona warsaw prague budapest"
    " mexico_city"
    " atlanta philadelphia detroit portland las_vegas austin ottawa quebec us-friendly",
}
_DAYLIGHT = {
    -420: "pacific",
    -480: "alaska alaskan",
    -360: "mountain",
    540: "australian_western australian_west austrialian_western west_australia",
    660: "australian_eastern aus_eastern australian_east",
    630: "australian_central cen._australia",
    780: "new_zealand",
    120: "central_european central_europe",
    180: "eastern_european eastern_europe",
    _UNKNOWN: "eastern central atlantic",
}


def _flat(table: dict[int, str]) -> dict[str, int]:
    return {name.replace("_", " "): minutes for minutes, row in table.items() for name in row.split()}


def _zone(minutes: int) -> Value:
    return Value("timezone", lambda _: [(minutes, minutes)])


def _shifted(base: int, sign: int, hours: int, minutes: int = 0) -> Value | None:
    return _zone(base + sign * (hours * 60 + minutes)) if hours <= 14 else None


_names = {
    "hours": digits(0, 14, r"\d{1,2}"),
    "minutes": digits(0, 59, r"\d{2}"),
    "russia": digits(1, 11, r"\d{1,2}"),
    "base": meanings({"utc": 0, "gmt": 0, "msk": 180}),
    "sign": meanings({"+": 1, "-": -1, "±": 1}),
    "short": meanings(_flat(_ABBREVIATIONS)),
    "place": meanings(_flat(_PLACES)),
    "daylight": meanings(_flat(_DAYLIGHT)),
    "time": meanings(dict.fromkeys(("time", "timezone", "time zone", "std time", "standard time"), True)),
    "summer": meanings(
        dict.fromkeys(
            ("daylight time", "daylight saving time", "daylight savings time", "summer time", "daylight saving"),
            True,
        )
    ),
}
zone: Phrase = rules(
    _names,
    ("{base} {sign} {hours} h?", _shifted),
    ("{base} {sign} {hours} ~ : ~ {minutes}", _shifted),
    ("{base} ~? {hours}", lambda base, hours: _shifted(base, 1, hours)),
    ("{base} ~? {hours} ~ : ~ {minutes}", lambda base, hours, minutes: _shifted(base, 1, hours, minutes)),
    ("{short}", _zone),
    ("{place} -? <time>", _zone),
    ("{place} standard|std time ( mexico )", _zone),
    ("{daylight} <summer>", _zone),
    ("russia time zone {russia}", lambda n: _zone(60 * (n + 1))),
)
after_time: Phrase = rules(
    {
        **_names,
        "zone": zone,
        "us": meanings({"pacific": -480, "mountain": -420, "central": -360, "eastern": -300}),
    },
    ("{zone}", lambda found: found),
    ("( {zone} )", lambda found: found),
    ("{us}", _zone),
)
"""A zone right behind a clock time."""
