"""Raised and struck characters in plain text: a number with one is no longer its digits."""

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_STRIKE = "\u0336"


def raised(text: str) -> str:
    """Digits of a note behind a figure: 12 with a raised 1 is not 121."""
    return text.translate(_RAISED)


def lowered(text: str) -> str:
    return text.translate(_LOWERED)


def marked(text: str, *, struck_out: bool, align: str | None) -> str:
    """`align` as Office names it."""
    if struck_out:
        return struck(text)
    return raised(text) if align == "superscript" else lowered(text) if align == "subscript" else text


def struck(text: str) -> str:
    """With a stroke through every character that is printed."""
    return "".join(character if character.isspace() else character + _STRIKE for character in text)
