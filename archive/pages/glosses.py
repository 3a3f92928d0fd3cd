"""What the statutory labels mean in English. The labels stay Chinese, as they are printed."""

from collections.abc import Mapping
from functools import cache

from markupsafe import Markup

from parsers.facts import facts


@cache
def glosses() -> Mapping[str, str]:
    told = facts("archive.pages", "languages", "glosses.en.yaml")
    return {str(label): str(said) for label, said in told.items()}


def gloss(label: str) -> str:
    """Of a label, or of outer labels and it with blanks between; empty where one of them has none."""
    parts = [glosses().get(part, "") for part in label.split(" ")]
    return ": ".join(parts) if all(parts) else ""


def glossed(label: str) -> Markup:
    """To stand behind the label."""
    said = gloss(label)
    return Markup('<small class="gloss" lang="en">{}</small>').format(said) if said else Markup("")
