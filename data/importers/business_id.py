"""Business IDs (y-tunnus): read what is meant beyond doubt, offer the right one where a digit is wrong."""

import re
import unicodedata

from stdnum.fi import ytunnus

from data.importers.faults import Reading, refuse

DIGITS = 8
_REMAINDER_NEVER_ISSUED = 1
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)


def parse(text: str) -> Reading[str]:
    """Read a business ID in any usual way of writing: FI20774740, 2077474-0, full-width digits, lost leading zero."""
    plain = unicodedata.normalize("NFKC", text).upper().strip()
    plain = re.sub(r"[‐-―−]", "-", plain)
    bare = re.sub(r"^FI(?=[\d\s-]+$)|[\s.]", "", plain).strip("-")
    if not bare:
        return Reading(None)
    if not re.fullmatch(r"\d{1,7}-\d|\d{6,8}", bare, re.ASCII):
        return Reading(None, (refuse("business_id_form"),))
    digits = bare.replace("-", "")
    if "-" not in bare and len(digits) == DIGITS - 1 and not ytunnus.is_valid(digits.zfill(DIGITS)):
        # Seven digits may be an old number without its zero, or a number without its check digit.
        return Reading(None, (refuse("business_id_form", suggestion=with_check_digit(digits)),))
    return _checked(digits.zfill(DIGITS))


def _checked(digits: str) -> Reading[str]:
    if not digits.strip("0"):
        return Reading(None, (refuse("business_id_zero"),))
    right = with_check_digit(digits[:7])
    if not right:
        return Reading(None, (refuse("business_id_never_issued"),))
    if right[-1] != digits[-1] or not ytunnus.is_valid(digits):
        return Reading(None, (refuse("business_id_check_digit", suggestion=right),))
    return Reading(right)


def with_check_digit(number: str) -> str:
    """Add the check digit to the seven digits of a business ID; empty where no ID can have them."""
    remainder = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=True)) % 11
    if remainder == _REMAINDER_NEVER_ISSUED:
        return ""
    return f"{number}-{(11 - remainder) % 11}"
