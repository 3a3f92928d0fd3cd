"""Places by their names in every template, bodies by what their ids say, and the way down to either."""

from dataclasses import dataclass

from datasette.app import Datasette
from jinja2 import Environment
from pluggy import HookimplMarker

from archive.above import Place, way_up
from archive.pages.places import places

hookimpl = HookimplMarker("datasette")


@dataclass(frozen=True, slots=True)
class Called:
    """A body by its name, its division where one is proved, and the name of that."""

    name: str
    division: str | None
    place: str | None


@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    def place_called(division: str) -> str | None:
        place = places(datasette.get_database("archive").path).get(division)
        return place.name if place else None

    def body_called(id: str) -> Called:
        """An id is the division, or that there is none, and the name."""
        division, _, name = id.partition("-")
        return Called(name, division if division.isdecimal() else None, place_called(division))

    def way_down(division: str | None) -> list[Place]:
        return way_up(places(datasette.get_database("archive").path), division)[::-1]

    env.globals.update(place_called=place_called, body_called=body_called, way_down=way_down)
