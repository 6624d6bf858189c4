"""What the server says when it does not do as asked: a code, an HTTP status, a sentence in both languages."""

from typing import NamedTuple

from jingling.core.errors import JinglingError
from jingling.core.turn import Language


class Sentence(NamedTuple):
    status: int
    en: str
    zh: str


SENTENCES: dict[str, Sentence] = {
    "bad_request": Sentence(400, "This request is not understood: {detail}.", "看不懂这个请求：{detail}。"),
    "too_long": Sentence(
        413,
        "This text has {length} characters; the most is {limit}. Please shorten it.",
        "这段文字有 {length} 个字符，最多 {limit} 个，请缩短。",
    ),
    "empty_text": Sentence(400, "There is no text. Please write something.", "没有文字，请写点什么。"),
    "bad_text": Sentence(
        400,
        "This text holds control characters. Please send plain text.",
        "这段文字含有控制字符，请发送纯文本。",
    ),
    "bad_device_id": Sentence(
        400,
        "A device id is 8 to 64 letters, digits, - or _.",
        "设备编号须为 8 到 64 个字母、数字、- 或 _。",
    ),
    "body_too_large": Sentence(
        413, "This is larger than {limit} bytes. Please send less.", "内容超过 {limit} 字节，请减小。"
    ),
    "head_too_large": Sentence(
        431, "This request's headers are larger than {limit} bytes.", "请求头超过 {limit} 字节。"
    ),
    "slow_body": Sentence(
        408,
        "The request did not arrive within {limit} seconds. Please try again.",
        "请求在 {limit} 秒内没有送达，请重试。",
    ),
    "too_slow": Sentence(
        503,
        "This took longer than {limit} seconds and was given up. Please try again.",
        "超过 {limit} 秒没有完成，已放弃，请重试。",
    ),
    "not_allowed": Sentence(
        403, "This screen may not do that. Use a grown-up's screen.", "这台设备没有权限，请用大人的设备。"
    ),
    "busy": Sentence(503, "The hub is busy. Please try again in a moment.", "精灵正忙，请稍后再试。"),
    "not_ready": Sentence(503, "{detail}", "{detail}"),
    "bad_audio": Sentence(415, "{detail}", "{detail}"),
    "refused": Sentence(403, "{detail}", "{detail}"),
    "too_many_requests": Sentence(
        429, "Too many requests. Please try again in {seconds} s.", "请求太多，请在 {seconds} 秒后再试。"
    ),
    "wrong_host": Sentence(
        421,
        "This hub is not known by that address. Use localhost or its IP address, or add the name to server.names.",
        "这个地址不属于本机。请用 localhost 或本机 IP 地址，或把名称加入 server.names。",
    ),
    "wrong_origin": Sentence(
        403,
        "This request came from another site's page. Open the hub's own page.",
        "这个请求来自其他网站的页面，请打开精灵自己的页面。",
    ),
    "sign_in": Sentence(401, "Please sign in.", "请先登录。"),
    "first_start": Sentence(
        401,
        "This hub has no password yet. Set one on the hub itself, or with the set-up code shown in its terminal.",
        "还没有设置密码。请在本机上设置，或使用终端里显示的设置码。",
    ),
    "no_signing_in": Sentence(
        409,
        "This hub is shut to the network, so there is no signing in. Set server.lan = true to open it.",
        "本机没有对局域网开放，无需登录。如需开放，请设置 server.lan = true。",
    ),
    "wrong_password": Sentence(401, "That password is not right.", "密码不对。"),
    "wrong_setup_code": Sentence(
        403,
        "The first password is set on the hub itself, or with the set-up code shown in its terminal.",
        "首次设置密码须在本机上进行，或输入终端里显示的设置码。",
    ),
    "weak_password": Sentence(
        400,
        "A password has {minimum} to {maximum} characters.",
        "密码须为 {minimum} 到 {maximum} 个字符。",
    ),
    "wait": Sentence(
        429, "Too many wrong tries. Please try again in {seconds} s.", "错误次数太多，请在 {seconds} 秒后再试。"
    ),
    "wrong_pair_code": Sentence(
        403,
        "That code is not right or is over. Show a new one on a signed-in screen.",
        "配对码不对或已失效，请在已登录的屏幕上重新生成。",
    ),
    "unknown_thing": Sentence(404, "There is no thing with that id in this home.", "家里没有这个编号的设备。"),
    "unknown_property": Sentence(404, "That thing has no such property or action.", "这个设备没有这个属性或动作。"),
    "unknown_place": Sentence(404, "There is no such place in this home.", "家里没有这个地方。"),
    "phrase_not_understood": Sentence(
        422,
        "“{detail}” is not understood. Write what it means the way you would say it.",
        "听不懂“{detail}”。请写成您平时说的话。",
    ),
    "bad_phrase": Sentence(
        422,
        "A phrase and what it means are two different sentences of words, and there are at most {limit} phrases.",
        "说法和它的意思须是两句不同的话，说法最多 {limit} 条。",
    ),
    "unknown_phrase": Sentence(404, "There is no such phrase.", "没有这个说法。"),
    "unknown_device": Sentence(404, "There is no paired device with that id.", "没有这个编号的配对设备。"),
    "not_found": Sentence(404, "There is nothing at this address.", "这个地址没有内容。"),
    "wrong_method": Sentence(405, "This address does not answer to that method.", "这个地址不支持该请求方法。"),
    "failed": Sentence(
        500,
        "Something went wrong in the hub; the cause is in its log.",
        "精灵内部出错了，原因已记入日志。",
    ),
    "bad_frame": Sentence(400, "This message is not understood: {detail}.", "看不懂这条消息：{detail}。"),
    "frame_too_large": Sentence(
        413,
        "This message has {length} bytes; the most is {limit}.",
        "这条消息有 {length} 字节，最多 {limit} 字节。",
    ),
    "hello_first": Sentence(400, "The first message must be hello.", "第一条消息必须是 hello。"),
    "not_listening": Sentence(
        400, "Sound came without a listen message before it.", "收到声音之前没有收到 listen 消息。"
    ),
    "too_much_garbage": Sentence(
        400,
        "Too many messages that are not understood; the connection is closed.",
        "看不懂的消息太多，连接已关闭。",
    ),
    "too_fast": Sentence(429, "Messages come too fast; this one was dropped.", "消息太快，这一条已丢弃。"),
    "taken_over": Sentence(409, "This screen was opened again somewhere else.", "这个屏幕已在别处重新打开。"),
    "too_many_sockets": Sentence(
        503,
        "{limit} screens are connected already. Close one of them.",
        "已有 {limit} 个屏幕连接，请先关闭一个。",
    ),
}


class Complaint(JinglingError):
    """Raised where a request or a message is turned away; `values` fill the sentence's fields."""

    def __init__(self, code: str, *, retry_after_s: float | None = None, **values: object) -> None:
        self.code = code
        self.retry_after_s = retry_after_s
        self.values = values
        super().__init__(self.text("en"))

    @property
    def status(self) -> int:
        return SENTENCES[self.code].status

    def text(self, language: Language) -> str:
        sentence = SENTENCES[self.code]
        return (sentence.zh if language == "zh" else sentence.en).format(**self.values)
