from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from config.errors import GeoProblem
from config.settings import Settings
from geo import fetch

NAME = "finland-latest.osm.pbf"
LISTING = "format\tfilename\tversion\ncsv\tFI_simple_1_11_46.zip\t1.11.46\ndat\tFI_LC_1_11_46.zip\t1.11.46\n"


class Host(ThreadingHTTPServer):
    """Serve one file the way a publisher does, with the faults that a network has."""

    body = b""
    mark = '"first"'
    breaks_after = 0  # bytes after which every answer breaks off, 0: never
    breaks = 0  # how many answers still break off
    knows_ranges = True
    status = 200

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.ranges: list[str] = []

    @property
    def url(self) -> str:
        """The address of the file."""
        return f"http://127.0.0.1:{self.server_port}/{NAME}"


class Answer(BaseHTTPRequestHandler):
    """Answer one request; the connection ends with it."""

    server: Host

    def do_GET(self) -> None:
        """Give the listing, or the file from where it is asked for."""
        host = self.server
        if self.path.endswith("latest.txt"):
            return self._send(200, LISTING.encode())
        asked = self.headers.get("Range", "")
        host.ranges.append(asked)
        if host.status != 200:
            return self._send(host.status, b"")
        fits = host.knows_ranges and asked and self.headers.get("If-Range") == host.mark
        start = int(asked.removeprefix("bytes=").rstrip("-")) if fits else 0
        if start >= len(host.body):
            return self._send(416, b"")
        return self._send(206 if start else 200, host.body[start:])

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", self.server.mark)
        self.end_headers()
        if self.server.breaks and status in {200, 206} and body[:6] != b"format":
            self.server.breaks -= 1
            body = body[: self.server.breaks_after]
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def host(osm_file: Callable[..., Path]) -> Iterator[Host]:
    """Give a server on this machine that has an extract."""
    scattered = np.random.default_rng(1).uniform(0, 0.5, (3000, 2)).round(7)
    nodes = {number: (27.0 + lon, 62.0 + lat) for number, (lon, lat) in enumerate(scattered, 1)}
    path = osm_file(nodes, [(list(nodes), {"highway": "primary"})])
    with Host() as server:
        server.body = path.read_bytes()
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def quiet(_there: int, _total: int) -> None:
    """Tell nobody."""


def refusal(url: str, target: Path) -> str:
    """Give the text id with which a download is refused."""
    with pytest.raises(GeoProblem) as refused:
        fetch.download(url, target, quiet)
    return refused.value.key


def test_a_file_is_downloaded(host: Host, tmp_path: Path) -> None:
    """It comes whole, its progress is told up to the end, and nothing else is left."""
    told: list[tuple[int, int]] = []
    target = tmp_path / "there" / NAME
    fetch.download(host.url, target, lambda there, total: told.append((there, total)))
    assert target.read_bytes() == host.body
    assert told[-1] == (len(host.body), len(host.body))
    assert list(target.parent.iterdir()) == [target]


def test_a_download_that_breaks_off_goes_on(host: Host, tmp_path: Path) -> None:
    """The second try asks for the rest only, and the file is the same."""
    host.breaks, host.breaks_after = 1, 5000
    target = tmp_path / NAME
    assert fetch.download(host.url, target, quiet).read_bytes() == host.body
    assert host.ranges == ["", "bytes=5000-"]


def test_a_later_run_goes_on(host: Host, tmp_path: Path) -> None:
    """When no try gets farther the part is kept, and the next run begins where it ends."""
    host.knows_ranges, host.breaks, host.breaks_after = False, 99, 4000
    target = tmp_path / "there" / NAME
    assert refusal(host.url, target) == "roads.fetch_cut"
    assert not target.exists()
    host.knows_ranges, host.breaks = True, 0
    fetch.download(host.url, target, quiet)
    assert host.ranges[-1] == "bytes=4000-"
    assert target.read_bytes() == host.body


def test_the_part_of_a_run_is_kept(host: Host, tmp_path: Path) -> None:
    """A run that fails leaves its part, never a file that looks whole."""
    host.breaks, host.breaks_after = 1, 4000
    target = tmp_path / "there" / NAME

    def stop(_there: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch.download(host.url, target, stop)
    assert not target.exists()
    host.breaks = 0
    fetch.download(host.url, target, quiet)
    assert host.ranges == ["", "bytes=4000-"]
    assert target.read_bytes() == host.body


def test_another_edition_begins_anew(host: Host, tmp_path: Path) -> None:
    """A part of the old edition is never joined to the new one."""
    target = tmp_path / NAME
    part = tmp_path / f"{NAME}.part"
    part.write_bytes(b"old" * 1000)
    part.with_name(f"{part.name}.json").write_text('{"mark": "\\"older\\"", "total": 99999}')
    fetch.download(host.url, target, quiet)
    assert host.ranges == ["bytes=3000-"]
    assert target.read_bytes() == host.body


def test_a_server_without_ranges(host: Host, tmp_path: Path) -> None:
    """Where the rest can't be asked for, the whole comes again."""
    host.knows_ranges, host.breaks, host.breaks_after = False, 1, 5000
    assert fetch.download(host.url, tmp_path / NAME, quiet).read_bytes() == host.body


def test_a_part_that_was_whole_already(host: Host, tmp_path: Path) -> None:
    """A run killed after the last byte is finished by the next."""
    part = tmp_path / f"{NAME}.part"
    part.write_bytes(host.body)
    part.with_name(f"{part.name}.json").write_text(f'{{"mark": "\\"first\\"", "total": {len(host.body)}}}')
    assert fetch.download(host.url, tmp_path / NAME, quiet).read_bytes() == host.body


def test_a_page_in_place_of_the_file_is_refused(host: Host, tmp_path: Path) -> None:
    """A login page with status 200 is not kept, and the old file stays."""
    target = tmp_path / NAME
    target.write_bytes(b"the old one")
    host.body = b"<html><body>Please log in</body></html>"
    assert refusal(host.url, target) == "roads.fetch_no_roads"
    assert target.read_bytes() == b"the old one"
    assert list(tmp_path.glob("*.part*")) == []


@pytest.mark.parametrize("status", [403, 404, 503])
def test_a_refusing_server_is_named(host: Host, tmp_path: Path, status: int) -> None:
    """The status is told; nothing is kept."""
    host.status = status
    assert refusal(host.url, tmp_path / NAME) == "roads.fetch_refused"


def test_offline_is_one_sentence(tmp_path: Path) -> None:
    """Nobody listens there."""
    assert refusal(f"http://127.0.0.1:9/{NAME}", tmp_path / NAME) == "roads.offline"
    assert refusal("not an address", tmp_path / NAME) == "roads.offline"


def test_a_place_that_cannot_be_written(host: Host, tmp_path: Path) -> None:
    """What stands in the way is named."""
    (tmp_path / "file").write_text("in the way")
    assert refusal(host.url, tmp_path / "file" / NAME) == "roads.fetch_no_space"


def test_the_newest_national_table(host: Host, tmp_path: Path, alertc_zip: Callable[..., Path]) -> None:
    """The publisher's listing says which file is the table."""
    host.body = alertc_zip().read_bytes()
    folder = host.url.removesuffix(NAME)
    settings = Settings(home=tmp_path / "home", fintraffic_url=folder, geofabrik_url=host.url)
    assert fetch.fetch("fintraffic", settings, quiet) == tmp_path / "home" / "downloads" / "FI_LC_1_11_46.zip"
    assert fetch.fetch("finland", settings, quiet).name == NAME
    with pytest.raises(GeoProblem) as refused:
        fetch.fetch("fintraffic", Settings(home=tmp_path, fintraffic_url="http://127.0.0.1:9/"), quiet)
    assert refused.value.key == "roads.offline"
