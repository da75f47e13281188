"""Packages as Outlook makes them (`winmail.dat`), written out piece by piece."""

import struct

HEAD = struct.pack("<IH", 0x223E9F78, 1)


def piece(kind: int, data: bytes, level: int = 1) -> bytes:
    return struct.pack("<BHHI", level, kind, 6, len(data)) + data + b"\0\0"


def padded(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % 4)


def words(name: int, said: str) -> bytes:
    data = said.encode("utf-16-le") + b"\0\0"
    return struct.pack("<HHII", 0x1F, name, 1, len(data)) + padded(data)


def binary(name: int, data: bytes, kind: int = 0x102) -> bytes:
    return struct.pack("<HHII", kind, name, 1, len(data)) + padded(data)


def number(name: int, value: int) -> bytes:
    return struct.pack("<HHI", 3, name, value)


def properties(*each: bytes) -> bytes:
    return struct.pack("<I", len(each)) + b"".join(each)


def file(data: bytes, *each: bytes, title: bytes = b"SHORT~1.TXT\0") -> bytes:
    return (
        piece(0x9002, b"\0" * 14, 2)
        + piece(0x8010, title, 2)
        + piece(0x800F, data, 2)
        + piece(0x9005, properties(*each), 2)
    )
