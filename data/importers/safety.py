"""What is checked of a file before anything parses it: its size, its first bytes, and what a zip holds."""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path, PurePosixPath

from config import settings
from config.errors import ImportProblem

MIB = 1024 * 1024
ZIP_MAX_MEMBERS = 2_000
ZIP_MAX_MIB = 600  # unpacked, all members together
ZIP_MAX_RATIO = 200  # a sheet of numbers packs to about a tenth; a bomb to a thousandth
ZIP_SMALL_MIB = 4  # below it the ratio says nothing

ENTRY = b"PK\x01\x02"  # begins each entry of a zip's table of contents
# What zipfile raises on files that are none, some of it by accident.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, struct.error)

SQLITE = b"SQLite format 3\0"
ZIP = b"PK\x03\x04"
SHP = b"\x00\x00\x27\x0a"
_OTHERS = {
    b"%PDF": "PDF",
    b"\xd0\xcf\x11\xe0": "XLS",
    b"\x1f\x8b": "GZIP",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7Z",
    ZIP: "ZIP",
    b"PK\x05\x06": "ZIP",
    SQLITE: "SQLite",
    SHP: "SHP",
}


def contents(path: Path, name: str = "") -> bytes:
    """Read a whole file after looking at its size; raise ImportProblem when it is missing, empty or too large."""
    shown = name or path.name
    if not path.is_file():
        raise ImportProblem("import.file_missing", file=shown)
    limit = settings.load().import_max_mb
    size = path.stat().st_size
    if size > limit * MIB:
        raise ImportProblem("import.file_too_large", file=shown, size=f"{size / MIB:.0f}", limit=limit)
    if size == 0:
        raise ImportProblem("import.file_empty", file=shown)
    return path.read_bytes()


def digest(data: bytes) -> str:
    """Give the fingerprint under which the log remembers a file."""
    return sha256(data).hexdigest()


def looks_like(data: bytes) -> str:
    """Name the format that the first bytes claim; empty for text."""
    head = data[:64]
    for magic, name in _OTHERS.items():
        if head.startswith(magic):
            return name
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").replace(b"\0", b"")[:32].lower()
    if start.startswith((b"<?xml", b"<ogrvrt", b"<!doctype", b"<html", b"<gdalg")):
        return "XML"
    return ""


def require_text(data: bytes, file: str, expected: str) -> None:
    """Refuse a file that is none of text: whatever its name says, its first bytes tell."""
    found = looks_like(data)
    if found:
        raise ImportProblem("import.unknown_format", file=file, found=found, expected=expected)


def require_sane_zip(data: bytes, file: str) -> list[str]:
    """Name what a zip holds, without unpacking; raise ImportProblem where that would be unsafe."""
    _few_members(data, file)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_members(archive.infolist(), file)
            return archive.namelist()
    except _BROKEN as error:
        raise ImportProblem("import.zip_broken", file=file) from error


def _few_members(data: bytes, file: str) -> None:
    # zipfile makes an object of every entry before anybody can count them, and a file has room for a million.
    entries = data.count(ENTRY)
    if entries > ZIP_MAX_MEMBERS:
        raise ImportProblem("import.zip_bomb", file=file, size=f">{entries}", limit=ZIP_MAX_MIB)


def open_zip(path: Path, file: str, wanted: Callable[[str], bool] = lambda _name: True) -> dict[str, bytes]:
    """Unpack the wanted members of a zip into memory after checking all of it; names are bare, without folders.

    Refuses paths that lead outside, links, encryption, too many or too large members, and members that unpack to
    more than they say.
    """
    data = path.read_bytes()
    _few_members(data, file)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_members(members, file)
            return {
                PurePosixPath(member.filename).name: _unpack(archive, member, file)
                for member in members
                if not member.is_dir() and wanted(member.filename)
            }
    except _BROKEN as error:
        raise ImportProblem("import.zip_broken", file=file) from error


def _check_members(members: list[zipfile.ZipInfo], file: str) -> None:
    unpacked, packed = sum(m.file_size for m in members), sum(m.compress_size for m in members)
    if len(members) > ZIP_MAX_MEMBERS or unpacked > ZIP_MAX_MIB * MIB:
        raise ImportProblem("import.zip_bomb", file=file, size=f"{unpacked / MIB:.0f}", limit=ZIP_MAX_MIB)
    if unpacked > ZIP_SMALL_MIB * MIB and unpacked > ZIP_MAX_RATIO * max(packed, 1):
        raise ImportProblem("import.zip_bomb", file=file, size=f"{unpacked / MIB:.0f}", limit=ZIP_MAX_MIB)
    for member in members:
        name = member.filename.replace("\\", "/")
        mode = member.external_attr >> 16
        outside = name.startswith("/") or ".." in PurePosixPath(name).parts or re.match(r"[A-Za-z]:", name)
        special = stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}
        if outside or special or member.flag_bits & 0x1:
            raise ImportProblem("import.zip_member", file=file, member=member.filename[:100])


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: str) -> bytes:
    with archive.open(member) as stream:
        # One byte more than it says: zipfile then checks the sum, and a member that lies is found out.
        data = stream.read(member.file_size + 1)
    if len(data) != member.file_size:
        raise ImportProblem("import.zip_bomb", file=file, size="?", limit=ZIP_MAX_MIB)
    return data


def require_plain_xml(name: str, data: bytes, file: str) -> None:
    """Refuse XML that declares entities: no spreadsheet needs them, and they can grow without end or read files."""
    head = data[:4096].replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head or b"<!ENTITY" in data[: 64 * 1024].upper():
        raise ImportProblem("import.xml_entities", file=file, member=name)
