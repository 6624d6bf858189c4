"""Currencies: their ISO 4217 codes, English names, and what they are called in both languages."""

from collections.abc import Mapping
from typing import NamedTuple


class Currency(NamedTuple):
    """`noun` and its plural stand behind an adjective (`Swiss franc`); `alone` are words that need none.

    `minor_digits`: how many digits the minor unit has; `code` is empty where the word alone names no country.
    """

    code: str
    name: str
    adjectives: str = ""
    nouns: str = ""
    alone: str = ""
    symbols: str = ""
    chinese: str = ""
    minor_digits: int = 2


CURRENCIES: tuple[Currency, ...] = (
    Currency("USD", "United States dollar", "us u.s u.s. united_states american", "dollar dollars", "usd bucks",
             "us$ u.s$ u.s.$ usd$", "美元 美金 美圆 美刀 美币"),
    Currency("EUR", "Euro", "", "", "euro euros eur", "€ eur€", "欧元"),
    Currency("GBP", "British pound", "british uk", "pound pounds",
        "gbp quid sterling pound_sterling pounds_sterling",
             "gbp£", "英镑"),
    Currency("CNY", "Chinese yuan", "chinese", "yuan renminbi", "yuan rmb renminbi kuai cny cnh 元", "cn¥ rmb¥",
             "元 块 人民币 块钱 元人民币 圆 元钱"),
    Currency("JPY", "Japanese yen", "japanese", "yen", "yen jpy", "jp¥", "日元 日圆 日币", 0),
    Currency("HKD", "Hong Kong dollar", "hong_kong hk", "dollar dollars", "hkd", "hk$ hkd$", "港元 港币 港圆"),
    Currency("TWD", "New Taiwan dollar", "taiwan new_taiwan", "dollar dollars", "twd ntd", "nt$",
             "台币 新台币 台幣"),
    Currency("MOP", "Macau pataca", "macau", "pataca patacas", "pataca patacas", "mop$", "澳门币 澳门元"),
    Currency("SGD", "Singapore dollar", "singapore singaporean", "dollar dollars", "sgd", "s$ sgd$",
        "新加坡元 新加坡币 新元"),
    Currency("AUD", "Australian dollar", "australian", "dollar dollars", "aud", "a$ au$ aud$",
             "澳元 澳大利亚元 澳币"),
    Currency("NZD", "New Zealand dollar", "new_zealand", "dollar dollars", "nzd", "nz$ nzd$", "新西兰元 纽元"),
    Currency("CAD", "Canadian dollar", "canadian", "dollar dollars", "cad", "c$ ca$ can$ cad$",
             "加元 加拿大元 加币"),
    Currency("CHF", "Swiss franc", "swiss", "franc francs", "chf", "", "瑞士法郎 瑞郎"),
    Currency("SEK", "Swedish krona", "swedish", "krona kronor crowns", "sek krona kronor", "", "瑞典克朗"),
    Currency("NOK", "Norwegian krone", "norwegian", "krone kroner crowns", "nok", "", "挪威克朗"),
    Currency("DKK", "Danish krone", "danish", "krone kroner crowns", "dkk", "", "丹麦克朗"),
    Currency("RUB", "Russian ruble", "russian", "ruble rubles rouble roubles",
        "ruble rubles rouble roubles rub", "₽", "卢布 俄罗斯卢布"),
    Currency("INR", "Indian rupee", "indian", "rupee rupees", "inr", "₹", "印度卢比"),
    Currency("PKR", "Pakistani rupee", "pakistani", "rupee rupees", "pkr", "", "巴基斯坦卢比"),
    Currency("LKR", "Sri Lankan rupee", "sri_lankan", "rupee rupees", "lkr", "ரூ", "斯里兰卡卢比"),
    Currency("KRW", "South Korean won", "south_korean korean", "won", "krw", "₩", "韩元 韩币 韩圆", 0),
    Currency("THB", "Thai baht", "thai", "baht bahts", "baht thb", "฿", "泰铢 泰国铢"),
    Currency("VND", "Vietnamese dong", "vietnamese", "dong", "vnd", "₫", "越南盾", 0),
    Currency("PHP", "Philippine peso", "philippine philippines", "peso pesos", "", "₱", "菲律宾比索"),
    Currency("MYR", "Malaysian ringgit", "malaysian", "ringgit ringgits", "ringgit ringgits myr", "",
        "马来西亚林吉特 林吉特 马币"),
    Currency("IDR", "Indonesian rupiah", "indonesian", "rupiah", "rupiah idr", "", "印尼盾 印度尼西亚盾"),
    Currency("BRL", "Brazilian real", "brazilian", "real reals reais", "brl", "r$", "巴西雷亚尔 雷亚尔"),
    Currency("MXN", "Mexican peso", "mexican", "peso pesos", "mxn", "mex$ mxn$ mx$", "墨西哥比索"),
    Currency("ARS", "Argentine peso", "argentine argentinian", "peso pesos", "", "ar$", "阿根廷比索"),
    Currency("CLP", "Chilean peso", "chilean", "peso pesos", "clp", "", "智利比索", 0),
    Currency("COP", "Colombian peso", "colombian", "peso pesos", "", "", "哥伦比亚比索"),
    Currency("CRC", "Costa Rican colón", "costa_rican", "colón colon colones", "crc", "₡", "哥斯达黎加科朗"),
    Currency("ZAR", "South African rand", "south_african", "rand", "zar", "", "南非兰特 兰特"),
    Currency("NGN", "Nigerian naira", "nigerian", "naira", "naira ngn", "₦", "奈拉 尼日利亚奈拉"),
    Currency("EGP", "Egyptian pound", "egyptian", "pound pounds", "egp", "", "埃及镑"),
    Currency("KES", "Kenyan shilling", "kenyan", "shilling shillings", "kes", "", "肯尼亚先令"),
    Currency("TRY", "Turkish lira", "turkish", "lira liras", "", "₺", "土耳其里拉"),
    Currency("ILS", "Israeli new shekel", "israeli", "shekel shekels", "shekel shekels ils", "₪",
             "以色列新谢克尔 谢克尔"),
    Currency("SAR", "Saudi riyal", "saudi", "riyal riyals", "", "", "沙特里亚尔"),
    Currency("AED", "United Arab Emirates dirham", "uae emirati", "dirham dirhams", "aed", "",
             "迪拉姆 阿联酋迪拉姆"),
    Currency("PLN", "Polish złoty", "polish", "zloty zlotys złoty", "zloty zlotys złoty pln", "",
             "波兰兹罗提 兹罗提"),
    Currency("CZK", "Czech koruna", "czech", "koruna korunas crowns", "czk koruna", "", "捷克克朗"),
    Currency("HUF", "Hungarian forint", "hungarian", "forint forints", "forint forints huf", "", "匈牙利福林 福林"),
    Currency("UAH", "Ukrainian hryvnia", "ukrainian", "hryvnia hryvnias", "hryvnia uah", "₴", "乌克兰格里夫纳"),
    Currency("GEL", "Georgian lari", "georgian", "lari", "lari", "₾", "格鲁吉亚拉里"),
    Currency("KZT", "Kazakhstani tenge", "kazakhstani kazakh", "tenge", "tenge kzt", "₸", "哈萨克斯坦坚戈 坚戈"),
    Currency("LAK", "Lao kip", "lao laotian", "kip", "kip", "₭", "老挝基普"),
    Currency("MMK", "Burmese kyat", "burmese", "kyat kyats", "kyat mmk", "", "缅甸元 缅元"),
    Currency("KHR", "Cambodian riel", "cambodian", "riel riels", "riel khr", "៛", "柬埔寨瑞尔"),
    Currency("MNT", "Mongolian tögrög", "mongolian", "tugrik tugriks", "tugrik mnt", "₮", "蒙古图格里克"),
    Currency("KPW", "North Korean won", "north_korean", "won", "", "", "朝鲜元 朝鲜圆"),
    Currency("BND", "Brunei dollar", "brunei", "dollar dollars", "bnd", "b$", "文莱元"),
    Currency("FJD", "Fijian dollar", "fijian fiji", "dollar dollars", "fjd", "", "斐济元"),
    Currency("JMD", "Jamaican dollar", "jamaican", "dollar dollars", "jmd", "j$", "牙买加元"),
    Currency("NAD", "Namibian dollar", "namibian", "dollar dollars", "nad", "", "纳米比亚元"),
    Currency("NPR", "Nepalese rupee", "nepalese", "rupee rupees", "npr", "", "尼泊尔卢比"),
    Currency("MUR", "Mauritian rupee", "mauritian", "rupee rupees", "mur", "", "毛里求斯卢比"),
    Currency("BDT", "Bangladeshi taka", "bangladeshi", "taka takas", "taka bdt", "৳", "孟加拉塔卡"),
    Currency("BTN", "Bhutanese ngultrum", "bhutanese", "ngultrum", "ngultrum btn", "", "不丹努尔特鲁姆"),
    Currency("AFN", "Afghan afghani", "afghan", "afghani afghanis", "afghani afn", "؋", "阿富汗尼"),
    Currency("IQD", "Iraqi dinar", "iraqi", "dinar dinars", "iqd", "", "伊拉克第纳尔", 3),
    Currency("KWD", "Kuwaiti dinar", "kuwaiti", "dinar dinars", "kwd", "", "科威特第纳尔", 3),
    Currency("BHD", "Bahraini dinar", "bahraini", "dinar dinars", "bhd", "", "巴林第纳尔", 3),
    Currency("JOD", "Jordanian dinar", "jordanian", "dinar dinars", "jod", "", "约旦第纳尔", 3),
    Currency("LYD", "Libyan dinar", "libyan", "dinar dinars", "lyd", "", "利比亚第纳尔", 3),
    Currency("TND", "Tunisian dinar", "tunisian", "dinar dinars", "tnd", "", "突尼斯第纳尔", 3),
    Currency("DZD", "Algerian dinar", "algerian", "dinar dinars", "dzd", "", "阿尔及利亚第纳尔"),
    Currency("RSD", "Serbian dinar", "serbian", "dinar dinars", "rsd", "", "塞尔维亚第纳尔"),
    Currency("MAD", "Moroccan dirham", "moroccan", "dirham dirhams", "", "", "摩洛哥迪拉姆"),
    Currency("OMR", "Omani rial", "omani", "rial rials", "omr", "", "阿曼里亚尔", 3),
    Currency("QAR", "Qatari riyal", "qatari qatar", "riyal riyals", "qar", "", "卡塔尔里亚尔"),
    Currency("IRR", "Iranian rial", "iranian", "rial rials", "irr", "", "伊朗里亚尔"),
    Currency("YER", "Yemeni rial", "yemeni", "rial rials", "yer", "", "也门里亚尔"),
    Currency("LBP", "Lebanese pound", "lebanese", "pound pounds", "lbp", "", "黎巴嫩镑"),
    Currency("SYP", "Syrian pound", "syrian", "pound pounds", "syp", "", "叙利亚镑"),
    Currency("SDG", "Sudanese pound", "sudanese", "pound pounds", "sdg", "", "苏丹镑"),
    Currency("UGX", "Ugandan shilling", "ugandan", "shilling shillings", "ugx", "", "乌干达先令", 0),
    Currency("TZS", "Tanzanian shilling", "tanzanian", "shilling shillings", "tzs", "", "坦桑尼亚先令"),
    Currency("ETB", "Ethiopian birr", "ethiopian", "birr", "birr etb", "", "埃塞俄比亚比尔"),
    Currency("GHS", "Ghanaian cedi", "ghanaian ghana", "cedi cedis", "cedi cedis ghs", "₵", "加纳塞地"),
    Currency("ZMW", "Zambian kwacha", "zambian", "kwacha", "zmw", "", "赞比亚克瓦查"),
    Currency("RON", "Romanian leu", "romanian", "leu lei", "lei", "", "罗马尼亚列伊"),
    Currency("MDL", "Moldovan leu", "moldovan", "leu lei", "mdl", "", "摩尔多瓦列伊"),
    Currency("BGN", "Bulgarian lev", "bulgarian", "lev levs leva", "bgn", "", "保加利亚列弗"),
    Currency("HRK", "Croatian kuna", "croatian", "kuna kunas", "kuna hrk", "", "克罗地亚库纳"),
    Currency("ISK", "Icelandic króna", "icelandic", "króna krónur krona kronur", "isk", "", "冰岛克朗", 0),
    Currency("BYN", "Belarusian ruble", "belarusian", "ruble rubles rouble roubles", "byn", "", "白俄罗斯卢布"),
    Currency("AMD", "Armenian dram", "armenian", "dram drams", "", "", "亚美尼亚德拉姆"),
    Currency("AZN", "Azerbaijani manat", "azerbaijani", "manat manats", "azn", "₼", "阿塞拜疆马纳特"),
    Currency("UZS", "Uzbekistan som", "uzbekistan uzbek", "som", "uzs", "", "乌兹别克斯坦苏姆"),
    Currency("PEN", "Peruvian sol", "peruvian", "sol soles", "", "", "秘鲁索尔"),
    Currency("UYU", "Uruguayan peso", "uruguayan", "peso pesos", "uyu", "", "乌拉圭比索"),
    Currency("CUP", "Cuban peso", "cuban", "peso pesos", "", "", "古巴比索"),
    Currency("DOP", "Dominican peso", "dominican", "peso pesos", "", "", "多米尼加比索"),
    Currency("PYG", "Paraguayan guaraní", "paraguayan", "guarani guaranis guaraní", "guarani pyg", "₲",
             "巴拉圭瓜拉尼", 0),
    Currency("ATS", "Austrian schilling", "austrian", "schilling schillings", "", "", "奥地利先令"),
    Currency("DEM", "German mark", "german", "mark marks",
        "deutschmark deutschmarks deutsche_mark deutsche_marks", "", "德国马克"),
    Currency("FIM", "Finnish markka", "finnish", "markka markkas", "markka", "", "芬兰马克"),
    Currency("FRF", "French franc", "french", "franc francs", "", "", "法国法郎"),
    Currency("BEF", "Belgian franc", "belgian", "franc francs", "", "", "比利时法郎"),
    Currency("ITL", "Italian lira", "italian", "lira lire", "lire", "", "意大利里拉"),
    Currency("ESP", "Spanish peseta", "spanish", "peseta pesetas", "", "", "西班牙比塞塔"),
    Currency("NLG", "Netherlands guilder", "dutch netherlands", "guilder guilders", "nlg", "", "荷兰盾"),
    Currency("IEP", "Irish pound", "irish", "pound pounds punt", "", "", "爱尔兰镑"),
    Currency("XBT", "Bitcoin", "", "", "bitcoin bitcoins btc xbt", "₿", "比特币", 8),
    Currency("", "Satoshi", "", "", "satoshi satoshis"),
    Currency("", "Dollar", "", "", "dollar dollars", "$", "", 2),
    Currency("", "Pound", "", "", "pound pounds", "£", "镑"),
    Currency("", "Franc", "", "", "franc francs", "", "法郎"),
    Currency("", "Peso", "", "", "peso pesos", "", "比索"),
    Currency("", "Rupee", "", "", "rupee rupees", "", "卢比"),
    Currency("", "Peseta", "", "", "peseta pesetas"),
    Currency("", "Lira", "", "", "lira liras", "", "里拉"),
    Currency("", "Krone", "", "", "krone kroner", "", "克朗"),
    Currency("", "Dirham", "", "", "dirham dirhams"),
    Currency("", "Dinar", "", "", "dinar dinars", "", "第纳尔"),
    Currency("", "Shilling", "", "", "shilling shillings", "", "先令"),
    Currency("", "Riyal", "", "", "riyal riyals rial rials", "", "里亚尔"),
    Currency("", "Sen", "", "", "sen"),
)  # fmt: skip

YEN = "¥"
WIDE_YUAN = "￥"
GENERIC: Mapping[str, str] = {"Dollar": "USD", "Pound": "GBP", "Yuan": "CNY", "Rupee": "INR", "Franc": "CHF"}
"""What a word alone most often means where the hub's own currency does not say."""


class Part(NamedTuple):
    """A smaller unit: `many` make one of `of` (names of currencies; none: of any)."""

    name: str
    many: int
    words: str
    chinese: str = ""
    of: frozenset[str] = frozenset()


_YUAN = frozenset({"Chinese yuan"})
_POUNDS = frozenset({"Pound", "British pound", "Egyptian pound", "Irish pound"})
PARTS: tuple[Part, ...] = (
    Part("Cent", 100, "cent cents ¢", "美分 分 欧分"),
    Part("Pence", 100, "pence", "便士", _POUNDS),
    Part("Penny", 100, "penny pennies", "", _POUNDS),
    Part("Jiao", 10, "jiao mao", "角 毛 毛钱 角钱", _YUAN),
    Part("Fen", 100, "fen", "分 分钱", _YUAN),
    Part("Kopek", 100, "kopek kopeks kopeck kopecks", "戈比"),
    Part("Paisa", 100, "paisa paise"),
    Part("Japanese sen", 100, "sen", "日本钱 日本銭 钱"),
)
