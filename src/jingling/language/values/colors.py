"""Colours: what they are called in each language, and their English (CSS) name."""

from jingling.language.values.phrases import Opt, Seq, Word, table

_ENGLISH = {
    **{
        name: name
        for name in (
            *("white", "black", "red", "orange", "yellow", "green", "blue", "purple", "brown", "pink"),
            *("turquoise", "cyan", "magenta", "violet", "lavender", "gold", "lime", "teal", "indigo", "beige"),
            *("coral", "salmon", "crimson", "gray", "silver", "navy", "olive", "maroon", "ivory", "khaki"),
        )
    },
    "grey": "gray",
    "golden": "gold",
    "aqua": "cyan",
    "fuchsia": "magenta",
    "amber": "orange",
    "light blue": "lightblue",
    "sky blue": "skyblue",
    "dark blue": "darkblue",
    "navy blue": "navy",
    "light green": "lightgreen",
    "dark green": "darkgreen",
    "hot pink": "hotpink",
    "lime green": "lime",
    "dark red": "darkred",
    "light pink": "lightpink",
}
_CHINESE = {
    "白": "white",
    "黑": "black",
    "红": "red",
    "橙": "orange",
    "橘": "orange",
    "黄": "yellow",
    "绿": "green",
    "蓝": "blue",
    "紫": "purple",
    "棕": "brown",
    "褐": "brown",
    "咖啡": "brown",
    "粉": "pink",
    "粉红": "pink",
    "青绿": "turquoise",
    "青": "cyan",
    "品红": "magenta",
    "洋红": "magenta",
    "紫罗兰": "violet",
    "薰衣草": "lavender",
    "金": "gold",
    "金黄": "gold",
    "银": "silver",
    "灰": "gray",
    "橘红": "coral",
    "珊瑚": "coral",
    "米": "beige",
    "靛蓝": "indigo",
    "天蓝": "skyblue",
    "浅蓝": "lightblue",
    "淡蓝": "lightblue",
    "深蓝": "darkblue",
    "海军蓝": "navy",
    "浅绿": "lightgreen",
    "深绿": "darkgreen",
    "草绿": "lime",
    "翠绿": "lime",
    "深红": "darkred",
    "大红": "red",
    "浅粉": "lightpink",
    "橄榄": "olive",
    "象牙": "ivory",
}

english = table(_ENGLISH)
chinese = Seq(lambda name, _: name, table(_CHINESE, chinese=True), Opt(Word("色")))
