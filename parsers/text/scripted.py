"""The text of an article that its page keeps in a script, for the browser to show."""

import json
import re

_CONTENT = re.compile(r"\bcontent['\"]?\s*:\s*(\"[^\"\\]*(?:\\.[^\"\\]*)*\")", re.DOTALL)


def article_in_script(source: str) -> str | None:
    r"""Its HTML; None where no script keeps one, or it is broken off.

    Guangdong's gkmlpt writes `_CONFIG = {… DETAIL: {… "content": "\u003Cp…"}}` and shows nothing else."""
    config = source.find("_CONFIG")
    detail = source.find("DETAIL", config)
    if min(config, detail) < 0:
        return None
    found = _CONTENT.search(source, detail)
    try:
        said = str(json.loads(found[1], strict=False)) if found else ""
    except ValueError:
        return None
    return said if said.strip() else None
