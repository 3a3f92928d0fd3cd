"""What the ways of telling have in common."""

import os


class NotTold(Exception):
    """A notification that did not go out: by what, and why."""


def secret(variable: str | None) -> str | None:
    """The value of the environment variable that the settings name."""
    if variable is None:
        return None
    if not os.environ.get(variable):
        raise NotTold(f"the environment variable {variable} is not set; it has the secret")
    return os.environ[variable]
