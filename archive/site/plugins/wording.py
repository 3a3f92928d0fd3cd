"""What every template can say and link to, error pages included."""

from jinja2 import Environment
from pluggy import HookimplMarker

from archive.pages.addresses import (
    body_address,
    place_address,
    report_address,
    search_address,
    versions_address,
)
from archive.pages.sheets import found
from archive.pages.words import LANGUAGE, say

hookimpl = HookimplMarker("datasette")


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    env.globals.update(
        say=say,
        language=LANGUAGE,
        report_address=report_address,
        body_address=body_address,
        place_address=place_address,
        search_address=search_address,
        versions_address=versions_address,
        found=found,
    )
