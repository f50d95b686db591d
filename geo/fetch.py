"""Download road sources; a download that broke off goes on where it stopped, and is used only when it is whole."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import httpx

from config.errors import GeoProblem
from config.settings import Settings
from geo import build

Progress = Callable[[int, int], None]  # bytes there, bytes in all (0: not known)

TRIES = 5
PAUSE_S = 2.0
TIMEOUT = httpx.Timeout(60.0, connect=15.0)
WHOLE, PART, NOTHING_LEFT = 200, 206, 416
AWAY = (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError, httpx.UnsupportedProtocol, httpx.InvalidURL)
HEADERS = {"Accept-Encoding": "identity"}  # packed on the way, sizes and ranges would mean something else
LISTING = "latest.txt"
TABLE_FORMAT = "dat"  # what the listing calls the whole table; the others are extracts


def fetch(name: str, settings: Settings, progress: Progress) -> Path:
    """Download a known source into the home and give its file; raise GeoProblem saying why it can't be had."""
    folder = settings.home / "downloads"
    url = _alertc_url(settings.fintraffic_url) if name == "fintraffic" else settings.geofabrik_url
    return download(url, folder / Path(httpx.URL(url).path).name, progress)


def _alertc_url(folder: str) -> str:
    """Ask the publisher's listing (format, filename, version) for the newest table."""
    try:
        answer = httpx.get(urljoin(folder, LISTING), timeout=TIMEOUT, follow_redirects=True).raise_for_status()
    except httpx.HTTPStatusError as error:
        raise GeoProblem(
            "roads.fetch_refused", url=str(error.request.url), status=error.response.status_code
        ) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise GeoProblem("roads.offline", url=folder) from error
    for line in answer.text.splitlines():
        kind, _, rest = line.partition("\t")
        file = rest.partition("\t")[0]
        if kind == TABLE_FORMAT and file.endswith(".zip") and "/" not in file:
            return urljoin(folder, file)
    raise GeoProblem("roads.fetch_no_table", url=urljoin(folder, LISTING))


def download(url: str, target: Path, progress: Progress) -> Path:
    """Download beside the target, trying again where it breaks off; it takes its place when size and kind are right."""
    part = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _until_whole(url, part, progress)
        try:
            build.kind(part)
        except GeoProblem as problem:
            _forget(part)
            raise GeoProblem("roads.fetch_no_roads", url=url) from problem
        part.replace(target)
        _note(part).unlink(missing_ok=True)
    except OSError as error:
        raise GeoProblem("roads.fetch_no_space", file=str(target), reason=error.strerror) from error
    return target


def _until_whole(url: str, part: Path, progress: Progress) -> None:
    for attempt in range(TRIES):
        before = _size(part)
        if _broke_off(url, part, progress) is None:
            return
        if attempt and _size(part) == before:
            break  # two tries without a byte
        time.sleep(PAUSE_S * attempt)
    raise GeoProblem("roads.fetch_cut", file=part.name, size_mb=round(_size(part) / 1e6, 1))


def _broke_off(url: str, part: Path, progress: Progress) -> str | None:
    """Try once and tell what went wrong on the way, None when the file is whole; refuse what no second try mends."""
    try:
        return None if _stream(url, part, progress) else "short"
    except httpx.HTTPStatusError as error:
        raise GeoProblem("roads.fetch_refused", url=url, status=error.response.status_code) from error
    except AWAY as error:
        if not _size(part):
            raise GeoProblem("roads.offline", url=url) from error
        return type(error).__name__
    except httpx.TransportError as error:
        return type(error).__name__


def _stream(url: str, part: Path, progress: Progress) -> bool:
    """Receive what is missing; tell whether the file is whole now."""
    there, (mark, expected) = _size(part), _read_note(part)
    headers = dict(HEADERS)
    if there and mark:
        headers |= {"Range": f"bytes={there}-", "If-Range": mark}
    with httpx.stream("GET", url, headers=headers, timeout=TIMEOUT, follow_redirects=True) as answer:
        if answer.status_code == NOTHING_LEFT:
            return there == expected or _forget(part)
        answer.raise_for_status()
        more = answer.status_code == PART and there > 0
        total = (there if more else 0) + int(answer.headers.get("Content-Length", 0))
        _write_note(part, answer.headers.get("ETag") or answer.headers.get("Last-Modified") or "", total)
        with part.open("ab" if more else "wb") as file:
            for chunk in answer.iter_bytes():
                file.write(chunk)
                progress(file.tell(), total)
    return _size(part) == total or not total


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _note(part: Path) -> Path:
    return part.with_name(f"{part.name}.json")


def _write_note(part: Path, mark: str, total: int) -> None:
    """Remember which edition the part is of; without a mark it can't be continued safely."""
    if mark and not mark.startswith("W/"):
        _note(part).write_text(json.dumps({"mark": mark, "total": total}), encoding="utf-8")
    else:
        _note(part).unlink(missing_ok=True)


def _read_note(part: Path) -> tuple[str, int]:
    """Give the edition and the size of the whole; an empty mark when the part can't be continued."""
    try:
        note = json.loads(_note(part).read_text(encoding="utf-8"))
        return str(note["mark"]), int(note["total"])
    except (OSError, ValueError, KeyError, TypeError):
        return "", 0


def _forget(part: Path) -> bool:
    part.unlink(missing_ok=True)
    _note(part).unlink(missing_ok=True)
    return False
