"""The exit codes of every verb."""

DONE = 0
LOOK = 1
"""Done, and a person must look at something."""
COULD_NOT = 2
