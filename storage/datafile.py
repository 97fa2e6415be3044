"""YAML files of rules: read strictly, and what is wrong is named with file and line.

Only null, true/false and numbers are recognised; dates and times stay text for the model to judge.
A key that stands twice in a mapping is refused, where plain YAML would silently keep the last one.
"""

import json
import re
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

_Path = tuple[str | int, ...]
_Model = TypeVar("_Model", bound=BaseModel)


class DataFileError(Exception):
    """A file of rules that cannot be used; ``problems`` are lines "file:line: what is wrong"."""

    def __init__(self, problems: list[str]) -> None:
        """Tell the first problem and how many there are besides."""
        more = f" (và {len(problems) - 1} lỗi khác)" if len(problems) > 1 else ""
        super().__init__(problems[0] + more)
        self.problems = tuple(problems)


class StrictModel(BaseModel):
    """Unknown keys and values of another type are refused; instances do not change."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=False)


class _Loader(yaml.SafeLoader):
    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the base class declares it so


_Loader.add_implicit_resolver("null", re.compile(r"null$"), ["n"])
_Loader.add_implicit_resolver("bool", re.compile(r"(true|false)$"), ["t", "f"])
_Loader.add_implicit_resolver("int", re.compile(r"(0|-?[1-9][0-9]*)$"), list("-0123456789"))
_Loader.add_implicit_resolver("float", re.compile(r"-?[0-9]+\.[0-9]+$"), list("-0123456789"))

_SCALARS: dict[str, Any] = {
    "null": lambda _: None,
    "bool": lambda text: text == "true",
    "int": int,
    "float": float,
}


class _Reading:
    """One pass over a file: plain values, the line of every path, and the problems found on the way."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.lines: dict[_Path, int] = {}
        self.problems: list[str] = []

    def problem(self, path: _Path, message: str) -> None:
        while path not in self.lines and path:
            path = path[:-1]
        self.problems.append(f"{self.file.name}:{self.lines.get(path, 1)}: {message}")

    def value(self, node: yaml.Node, path: _Path) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]
        return _SCALARS.get(node.tag, str)(node.value)

    def _mapping(self, node: yaml.MappingNode, path: _Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            here = (*path, key)
            self.lines[here] = key_node.start_mark.line + 1
            if key in found:
                self.problem(here, f"khóa {key!r} lặp lại")
            found[key] = self.value(value_node, here)
        return found


def read_file(file: Path, model: type[_Model]) -> _Model:
    """The content of ``file`` as ``model``. Raises DataFileError naming file and line of every problem."""
    reading = _Reading(file)
    try:
        node = yaml.compose(file.read_text(encoding="utf-8"), Loader=_Loader)
    except OSError as error:
        raise DataFileError([f"{file}: không đọc được tệp: {error.strerror}"]) from error
    except UnicodeDecodeError as error:
        raise DataFileError([f"{file.name}: tệp phải là UTF-8"]) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DataFileError([f"{file.name}:{line}: YAML sai cú pháp: {error.problem}"]) from error
    if node is None:
        raise DataFileError([f"{file.name}:1: tệp trống"])
    content = reading.value(node, ())
    if not reading.problems:
        try:
            return model.model_validate_json(json.dumps(content))
        except ValidationError as error:
            for item in error.errors():
                keys = ".".join(str(part) for part in item["loc"])
                reading.problem(item["loc"], f"{keys}: {item['msg']}")
    raise DataFileError(reading.problems)
