from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request

import pytest

from fakes.model_host import ModelHost, model_host
from jingling.core.errors import BadInput, NotReady
from jingling.speech.models.download import ATTEMPTS_MAX, CarefulRedirects, Fetch, fetch

WEIGHTS = bytes(range(256)) * 4_000


@pytest.fixture
def host() -> Iterator[ModelHost]:
    with model_host() as made:
        made.files["/weights.bin"] = WEIGHTS
        yield made


def quick(_: float) -> None: ...


def get(
    host: ModelHost, tmp_path: Path, path: str = "/weights.bin", size: int = 0, *, anyway: bool = False
) -> tuple[bytes, list[tuple[int, int]]]:
    told: list[tuple[int, int]] = []
    wanted = Fetch(host.url + path, tmp_path / "deep" / "weights.part", size, anyway)
    fetch(wanted, lambda done, total: told.append((done, total)), quick)
    return wanted.part.read_bytes(), told


def test_a_file_comes_whole_and_its_progress_is_told(host: ModelHost, tmp_path: Path) -> None:
    content, told = get(host, tmp_path, size=len(WEIGHTS))
    assert content == WEIGHTS
    assert told[-1] == (len(WEIGHTS), len(WEIGHTS))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert not (tmp_path / "deep" / "weights.part.json").exists()


def test_what_breaks_off_goes_on_where_it_ended(host: ModelHost, tmp_path: Path) -> None:
    host.breaks_off = [300_000, 400_000]
    content, _ = get(host, tmp_path)
    assert content == WEIGHTS
    assert [asked for _, asked in host.asked] == [None, "bytes=300000-", "bytes=700000-"]


def test_what_broke_off_yesterday_goes_on_today(host: ModelHost, tmp_path: Path) -> None:
    host.breaks_off = [300_000] + [0] * 40
    with pytest.raises(NotReady, match="What came is kept"):
        get(host, tmp_path)
    host.breaks_off = []
    assert get(host, tmp_path)[0] == WEIGHTS
    assert host.asked[-1] == ("/weights.bin", "bytes=300000-")


def test_a_server_without_ranges_gives_it_from_the_start(host: ModelHost, tmp_path: Path) -> None:
    host.ranges, host.breaks_off = False, [300_000]
    assert get(host, tmp_path)[0] == WEIGHTS


def test_a_file_that_changed_meanwhile_is_fetched_anew(host: ModelHost, tmp_path: Path) -> None:
    host.breaks_off = [300_000] + [0] * 40
    with pytest.raises(NotReady):
        get(host, tmp_path)
    host.breaks_off, host.files["/weights.bin"] = [], WEIGHTS[::-1]
    assert get(host, tmp_path)[0] == WEIGHTS[::-1]


def test_without_a_validator_it_goes_on_only_when_a_hash_is_checked_afterwards(
    host: ModelHost, tmp_path: Path
) -> None:
    host.etags, host.breaks_off = False, [300_000]
    assert get(host, tmp_path / "a")[0] == WEIGHTS
    assert [asked for _, asked in host.asked] == [None, None]
    host.breaks_off = [300_000]
    assert get(host, tmp_path / "b", anyway=True)[0] == WEIGHTS
    assert host.asked[-1][1] == "bytes=300000-"


def test_a_complete_part_is_not_fetched_again(host: ModelHost, tmp_path: Path) -> None:
    get(host, tmp_path, size=len(WEIGHTS), anyway=True)
    get(host, tmp_path, size=len(WEIGHTS), anyway=True)
    assert len(host.asked) == 1
    get(host, tmp_path, anyway=True)
    assert host.asked[-1][1] == f"bytes={len(WEIGHTS)}-"


def test_another_size_than_stated_is_refused_at_once(host: ModelHost, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="1024000 bytes and not 77"):
        get(host, tmp_path, size=77)
    assert len(host.asked) == 1


def test_a_server_that_lies_about_the_length_is_not_believed(host: ModelHost, tmp_path: Path) -> None:
    host.says_size = len(WEIGHTS) + 10
    assert get(host, tmp_path / "a")[0] == WEIGHTS
    with pytest.raises(BadInput, match="another file"):
        get(host, tmp_path / "b", size=len(WEIGHTS))
    host.says_size = 10
    with pytest.raises(BadInput, match="another file"):
        get(host, tmp_path / "c", size=len(WEIGHTS))


def test_a_passing_fault_is_tried_again_and_a_lasting_one_told(host: ModelHost, tmp_path: Path) -> None:
    host.refusals = [503, 429]
    assert get(host, tmp_path / "a")[0] == WEIGHTS
    with pytest.raises(NotReady, match=r"is not there \(HTTP 404\).*--from FILE"):
        get(host, tmp_path / "b", "/absent.bin")
    host.refusals = [403]
    with pytest.raises(NotReady, match="may not be fetched"):
        get(host, tmp_path / "c")


def test_no_network_says_what_to_do(tmp_path: Path) -> None:
    pauses: list[float] = []
    wanted = Fetch("http://127.0.0.1:9/weights.bin", tmp_path / "weights.part")
    with pytest.raises(NotReady, match=r"cannot be reached .*models\.mirror.*--from FILE"):
        fetch(wanted, lambda *_: None, pauses.append)
    assert len(pauses) == ATTEMPTS_MAX - 1
    assert pauses == sorted(pauses)


def test_redirects_are_followed_but_not_to_other_kinds_of_address(host: ModelHost, tmp_path: Path) -> None:
    host.sends_on = {"/moved": f"{host.url}/weights.bin", "/file": "file:///etc/hostname"}
    assert get(host, tmp_path / "a", "/moved")[0] == WEIGHTS
    with pytest.raises(NotReady, match="not safe"):
        get(host, tmp_path / "b", "/file")
    secure = Request("https://host.example/weights.bin")
    assert CarefulRedirects().redirect_request(secure, None, 302, "", {}, "https://other.example/w") is not None
    with pytest.raises(NotReady, match="not safe"):
        CarefulRedirects().redirect_request(secure, None, 302, "", {}, "http://other.example/w")
