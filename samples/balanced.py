"""Figures thrown by dice that satisfy every identity of a form."""

import random

from parsers.form import Form


def valid_texts(form: Form, seed: int) -> dict[str, str]:
    """Printed figures that satisfy every identity of the form."""
    dice = random.Random(seed)
    value = {code: dice.choice((0, 0, 0, dice.randrange(10), dice.randrange(4000))) for code in form.codes()}
    columns = [column.id for column in form.table("requests")[0].columns]
    outcomes = next(i for i in form.identities if i.rule == "requests.processed").right
    rows = [row for row in outcomes if f"requests.{row}.total" in value]
    for column in columns[:-1]:
        value[f"requests.processed.{column}"] = sum(value[f"requests.{row}.{column}"] for row in rows)
        everything = value[f"requests.processed.{column}"] + value[f"requests.carried_out.{column}"]
        value[f"requests.carried_in.{column}"] = min(value[f"requests.carried_in.{column}"], everything)
        value[f"requests.new.{column}"] = everything - value[f"requests.carried_in.{column}"]
    for row in [*rows, "new", "carried_in", "processed", "carried_out"]:
        value[f"requests.{row}.total"] = sum(value[f"requests.{row}.{column}"] for column in columns[:-1])
    for kind in ("review", "direct", "after_review"):
        parts = ("upheld", "corrected", "other", "pending")
        value[f"disputes.{kind}.total"] = sum(value[f"disputes.{kind}.{part}"] for part in parts)
    return {code: str(number) for code, number in value.items()}
