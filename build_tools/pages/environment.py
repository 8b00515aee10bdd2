"""The templates' environment: every value that a template prints passes the encoder; reads the template files."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context

from build_tools.text.encode import finalize, json_data, json_ld, name, slug, text
from build_tools.text.english import format_date

TEMPLATES = Path(__file__).with_name("templates")


class _PlainCode(CodeGenerator):
    """Prints what ``finalize`` returns, and does not call it for markup, which it would return as it is. The result is
    markup: escaping it again would take a quarter of the time of a page. Attributes are read as Python does: views have
    attributes and never keys."""

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("finalize = environment.finalize")

    def visit_Getattr(self, node: nodes.Getattr, frame: Any) -> None:  # noqa: N802 - Jinja names it
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
        self.write("(_p if type(_p := ")

    def _output_child_post(self, node: Any, frame: Any, finalize: Any) -> None:
        self.write(") is Markup else finalize(_p))")


class _PlainCalls(Context):
    """Calls as Python does, without Jinja's search for decorators that no function of ours has."""

    def call(
        self,
        function: Callable[..., Any],
        *args: Any,
        _loop_vars: object = None,
        _block_vars: object = None,
        **kwargs: Any,
    ) -> Any:
        """Call a function or macro; Jinja passes the variables of loops and blocks for its own decorators only."""
        return function(*args, **kwargs)


@functools.cache
def environment() -> Environment:
    """The Jinja environment of all templates."""
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        auto_reload=False,  # templates are part of the program
        autoescape=True,  # what a macro returns is markup
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.code_generator_class = _PlainCode
    templates.context_class = _PlainCalls
    # only these filters: Jinja's own include some that mark text as safe
    templates.filters = {
        "name": name,
        "slug": slug,
        "url": text,
        "date": format_date,
        "json_data": json_data,
        "json_ld": json_ld,
        "length": len,
        "capitalize": lambda value: value[:1].upper() + value[1:],
    }
    return templates
