"""Streamlit's script for charts, without the kinds of chart that no page of ours draws.

The script brings all of Plotly: maps, globes, flows, surfaces. A phone loads, reads and runs four
fifths of it for nothing. Plotly's makers give out smaller scripts themselves: kinds that are not
registered are left out, with every module that nothing calls any more. The same is done here with
the script as Streamlit built it. Its modules stand one after the other under the names of their
files, `a=b({"src/lib/loggers.js"(e,t){…}})`, and call each other by name, `a()`; its last line
registers the kinds, `lib/box.js` for boxes. A module that nothing calls is emptied, not removed, so
that its name stays known.

Nothing is guessed: where a script is built in another way there is no smaller one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

_MODULE: Final = re.compile(r"""([\w$]+)=([\w$]+)\(\{"([^"`]*/[^"`]*)"\([\w$,]*\)(?=\{)""")
_CALL: Final = re.compile(r"(?<![\w$.])([\w$]+)\(\)")
_REGISTER: Final = re.compile(r"\.register\(\[((?:[\w$]+\(\),?)+)\]\)")
#: What a brace that counts may hide behind: texts, templates, expressions, remarks.
_TOKEN: Final = re.compile(
    r'"(?:\\.|[^"\\])*"' r"|'(?:\\.|[^'\\])*'" r"|/\*.*?\*/|//[^\n]*|[`/{}]", re.DOTALL
)
_EXPRESSION: Final = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/")
_TEMPLATE: Final = re.compile(r"(?:\\.|[^`\\$]|\$(?!\{))*(`|\$\{)", re.DOTALL)
#: A slash after one of these begins an expression; after anything else it divides.
_BEFORE_EXPRESSION: Final = re.compile(
    r"(?:[(,=:\[!&|?{};+\-*%~^<>]|(?<![\w$.])(?:return|typeof|case|in|of|void|throw|else|do))\s*$"
)
_LOOK_BACK: Final = 12


class _BuiltInAnotherWayError(ValueError):
    """The script does not look as the parts of it that are read here must look."""


@dataclass(frozen=True, slots=True)
class _Module:
    """One module: its name, what makes it, its file, and the text from the module before it on.

    Functions that belong to a module may stand before it.
    """

    name: str
    maker: str
    file: str
    text: str

    def emptied(self) -> str:
        """Give the module without what is in it, in a row with the one before."""
        return f',{self.name}={self.maker}({{"{self.file}"(){{}}}})'


def only(script: str, kinds: Collection[str]) -> str | None:
    """Give the script with the named kinds of chart and no others, such as "bar" and "scatter".

    None where the script is built in another way than is known here.
    """
    try:
        first, *others = _modules(script)
        modules = {one.name: one for one in (first, *others)}
        if len(modules) <= len(others):  # a name stands for two of them
            return None
        end = script[len(first.text) + sum(len(one.text) for one in others) :]
        end = _registering(end, modules, kinds)
        called = _called(end, modules)
    except _BuiltInAnotherWayError:
        return None
    kept = [one for one in (first, *others) if one.name in called]
    files = {one.file for one in kept}
    if first not in kept or not all(_draws(files, kind) for kind in kinds):
        return None
    parts = (one.text if one.name in called else one.emptied() for one in (first, *others))
    return "".join((*parts, end))


def _draws(files: Collection[str], kind: str) -> bool:
    """Say whether what draws a kind is among these files."""
    return any(file.startswith(f"src/traces/{kind}/index.") for file in files)


def _modules(script: str) -> Iterator[_Module]:
    """Cut a script into its modules; the first one's text begins with the script."""
    ended = 0
    found = _MODULE.search(script)
    if found is None:
        raise _BuiltInAnotherWayError
    while found is not None:
        end = _closing(script, found.end())
        if not script.startswith("})", end):
            raise _BuiltInAnotherWayError
        yield _Module(found[1], found[2], found[3], script[ended : end + 2])
        ended = end + 2
        found = _MODULE.search(script, ended)


def _closing(script: str, brace: int) -> int:
    """Give the place behind the brace that closes the one at `brace`."""
    open_ones: list[str] = []
    at = brace
    while (token := _TOKEN.search(script, at)) is not None:
        at, sign = token.end(), token[0]
        if sign == "{":
            open_ones.append(sign)
        elif sign == "/" and _BEFORE_EXPRESSION.search(script, max(0, at - _LOOK_BACK), at - 1):
            at = _behind(_EXPRESSION, script, at - 1)
        elif sign == "}" and open_ones.pop() == "{":
            if not open_ones:
                return at
        elif sign in "`}":  # a template begins, or goes on behind a value that was put into it
            at = _behind(_TEMPLATE, script, at)
            if script[at - 1] == "{":
                open_ones.append("$")
    raise _BuiltInAnotherWayError


def _behind(pattern: re.Pattern[str], script: str, at: int) -> int:
    found = pattern.match(script, at)
    if found is None:
        raise _BuiltInAnotherWayError
    return found.end()


def _registering(end: str, modules: Mapping[str, _Module], kinds: Collection[str]) -> str:
    """Register only the wanted kinds in the last lines of a script."""
    found = _REGISTER.search(end)
    names = _CALL.findall(found[1]) if found is not None else []
    if found is None or not all(name in modules for name in names):
        raise _BuiltInAnotherWayError
    files = {f"lib/{kind}.js" for kind in kinds}
    wanted = ",".join(f"{name}()" for name in names if modules[name].file in files)
    return f"{end[: found.start(1)]}{wanted}{end[found.end(1) :]}"


def _called(end: str, modules: Mapping[str, _Module]) -> set[str]:
    """Name the modules that the last lines call, and those that these call in turn."""
    found: set[str] = set()
    waiting = [end]
    while waiting:
        names = set(_CALL.findall(waiting.pop())) & modules.keys() - found
        found |= names
        waiting += [modules[name].text for name in names]
    return found
