"""``planner schema``: the JSON Schema of a plan file."""

from argparse import Namespace

from planner.cli.answer import Answer
from planner.cli.arguments import Parser
from planner.export.json_doc import dumps
from planner.store.schema import json_schema


def configure(parser: Parser) -> None:
    """``planner schema`` has no arguments of its own."""


def run(args: Namespace) -> Answer:
    """The schema as one JSON document."""
    return Answer(dumps(json_schema()))
