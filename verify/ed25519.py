"""Checking Ed25519 signatures (RFC 8032, section 5.1). Nothing here is secret, so nothing has to take constant time."""

from __future__ import annotations

import hashlib

Point = tuple[int, int, int, int]
"""Extended coordinates X, Y, Z, T with x = X/Z, y = Y/Z, x*y = T/Z."""

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
NEUTRAL: Point = (0, 1, 1, 0)


def add(one: Point, other: Point) -> Point:
    """The sum of two points."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def double(one: Point) -> Point:
    """A point added to itself."""
    a = one[0] * one[0] % P
    b = one[1] * one[1] % P
    h = a + b
    e = h - (one[0] + one[1]) ** 2
    g = a - b
    f = 2 * one[2] * one[2] + g
    return e * f % P, g * h % P, f * g % P, e * h % P


def negative(one: Point) -> Point:
    """The point on the other side."""
    return -one[0] % P, one[1], one[2], -one[3] % P


def both(first: int, one: Point, second: int, other: Point) -> Point:
    """first * one + second * other, bit by bit for both at once."""
    together = add(one, other)
    total = NEUTRAL
    for bit in range(max(first.bit_length(), second.bit_length()) - 1, -1, -1):
        total = double(total)
        pair = (first >> bit & 1) + 2 * (second >> bit & 1)
        if pair:
            total = add(total, (one, other, together)[pair - 1])
    return total


def recover(y: int, sign: int) -> Point | None:
    """The point with this y and this sign of x, if there is one."""
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def decode(text: bytes) -> Point | None:
    """A point from its 32 bytes."""
    if len(text) != 32:
        return None
    number = int.from_bytes(text, "little")
    return recover(number & (1 << 255) - 1, number >> 255)


def same(one: Point, other: Point) -> bool:
    """Whether two are one point."""
    return (one[0] * other[2] - other[0] * one[2]) % P == 0 and (one[1] * other[2] - other[1] * one[2]) % P == 0


_base = recover(4 * pow(5, P - 2, P) % P, 0)
BASE: Point = _base if _base is not None else NEUTRAL


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the owner of a public key has signed a message."""
    owner = decode(key)
    if owner is None or len(signature) != 64:
        return False
    commitment = decode(signature[:32])
    answer = int.from_bytes(signature[32:], "little")
    if commitment is None or answer >= ORDER:
        return False
    asked = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    return same(both(answer, BASE, asked, negative(owner)), commitment)
