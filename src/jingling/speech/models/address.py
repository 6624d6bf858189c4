"""Where a file is fetched from, when the owner named a mirror. Pure."""

from urllib.parse import urlsplit

from jingling.core.errors import BadInput


def mirrored(url: str, mirror: str) -> str:
    """`url` at the mirror; "" is none.

    Three forms: a prefix that takes the place of scheme and host (`https://nas.local/models`); a pattern with
    `{url}` in it (`https://proxy.example/{url}`); or some of these for one host each, parted by spaces
    (`huggingface.co=https://hf.example github.com=https://proxy.example/{url}`). Raises BadInput for anything else.
    """
    chosen = _chosen(urlsplit(url).netloc, mirror.split())
    if not chosen:
        return url
    if "{url}" in chosen:
        found = chosen.replace("{url}", url)
    else:
        rest = urlsplit(url)._replace(scheme="", netloc="").geturl()
        found = chosen.rstrip("/") + rest
    if urlsplit(found).scheme not in ("http", "https") or not urlsplit(found).netloc:
        raise BadInput(
            f"models.mirror = {mirror!r} is no address; write it as https://HOST or HOST=https://MIRROR."
        )
    return found


def _chosen(host: str, mirrors: list[str]) -> str:
    for one in mirrors:
        name, equals, prefix = one.partition("=")
        if not equals or "/" in name:
            return one
        if name == host:
            return prefix
    return ""
