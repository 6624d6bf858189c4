"""Two languages in one sentence: the commonest words of orders, in the other language."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from jingling.core.turn import Language
from jingling.language.ear.vocabulary import run_of
from jingling.language.lattice import Edge

_SWITCHED = 0.03
_ENGLISH = (
    *(
        "turn on=打开",
        "switch on=打开",
        "open=打开",
        "turn off=关掉",
        "switch off=关掉",
        "close=关上",
        "set=把",
        "to=调到",
    ),
    *(
        "set to=调到",
        "light=灯",
        "lights=灯",
        "lamp=灯",
        "the=",
        "please=",
        "of=的",
        "in=",
        "play=播放",
        "pause=暂停",
    ),
    *(
        "stop=停止",
        "start=启动",
        "lock=锁上",
        "curtain=窗帘",
        "curtains=窗帘",
        "air conditioner=空调",
        "ac=空调",
        "tv=电视",
    ),
    *(
        "percent=",
        "degrees=度",
        "timer=计时器",
        "alarm=闹钟",
        "minutes=分钟",
        "coffee=咖啡",
        "all=所有",
        "temperature=温度",
    ),
    *(
        "brighter=亮一点",
        "dimmer=暗一点",
        "red=红色",
        "green=绿色",
        "blue=蓝色",
        "yellow=黄色",
        "white=白色",
        "latte=拿铁",
    ),
    *(
        "cancel=取消",
        "volume=音量",
        "music=音乐",
        "cappuccino=卡布奇诺",
        "mocha=摩卡",
        "americano=美式",
        "off=关掉",
        "on=打开",
    ),
)
_CHINESE = (
    *(
        "打开=turn on",
        "开=turn on",
        "关掉=turn off",
        "关闭=turn off",
        "关上=close",
        "关=turn off",
        "灯=light",
        "的=",
        "请=",
    ),
    *(
        "把=",
        "调到=to",
        "度=degrees",
        "分钟=minutes",
        "窗帘=curtain",
        "空调=air conditioner",
        "电视=tv",
        "所有=all the",
    ),
    *(
        "计时器=timer",
        "闹钟=alarm",
        "咖啡=coffee",
        "拿铁=latte",
        "温度=temperature",
        "红色=red",
        "蓝色=blue",
        "绿色=green",
    ),
)


class Mixed:
    """Words of the other language, for the sentences of `language`."""

    def __init__(self, language: Language) -> None:
        self._words: defaultdict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = defaultdict(list)
        for entry in _ENGLISH if language == "zh" else _CHINESE:
            said, _, meant = entry.partition("=")
            run = run_of(said)
            self._words[run[0]].append((run, run_of(meant)))
        self._chinese = language == "zh"

    def edges(self, words: Sequence[str]) -> list[Edge]:
        return [edge for at in range(len(words)) if self._is_foreign(words[at]) for edge in self._at(words, at)]

    def _is_foreign(self, word: str) -> bool:
        return word.isalpha() and word.isascii() == self._chinese

    def _at(self, words: Sequence[str], at: int) -> Iterator[Edge]:
        for run, meant in self._words.get(words[at], ()):
            if tuple(words[at : at + len(run)]) == run:
                yield Edge(at, at + len(run), _SWITCHED, meant)
