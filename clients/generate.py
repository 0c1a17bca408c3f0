"""Make the types of the clients from the description of the API: ``make clients``.

Writes ``openapi.json`` and, made from it, the types of JavaScript (openapi-typescript, by ``npx``)
and of Python (datamodel-code-generator). Each file names the SHA-256 of the description that it was
made from, by which a test knows one that is behind.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

from api.app import create_app
from api.backend.protocol import Backend, BackendStatus

HERE = Path(__file__).resolve().parent
DESCRIPTION = HERE / "openapi.json"
JS_TYPES = HERE / "js" / "src" / "types.d.ts"
PYTHON_TYPES = HERE / "python" / "divedeeper_client" / "types.py"
TYPE_TESTS = HERE.parent / "tests" / "clients" / "js" / "types.ts"
MARK = "Made from openapi.json by `make clients`; SHA-256 "
_PYTHON_OPTIONS = """--input-file-type openapi --output-model-type typing.TypedDict
    --target-python-version 3.11 --use-standard-collections --use-union-operator
    --use-schema-description --use-field-description --use-inline-field-description
    --use-single-line-docstring --enum-field-as-literal all --collapse-root-models
    --disable-timestamp --formatters builtin""".split()
_TYPE_CHECK = "--noEmit --strict --target es2022 --module nodenext --lib es2022,dom".split()


class _NothingServed:
    """Stands in for a backend: a description needs the routes alone."""

    def status(self) -> BackendStatus:
        return BackendStatus()


def description() -> str:
    """Return the OpenAPI description of the API as JSON text, the same for the same routes."""
    stub: Any = _NothingServed()
    backend: Backend = stub
    return json.dumps(create_app(backend).openapi(), indent=1, ensure_ascii=False) + "\n"


def digest(text: str) -> str:
    """Return the SHA-256 of a description, in hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def main() -> None:
    """Write the description and the types of both languages; exits with 1 if a tool fails."""
    text = description()
    DESCRIPTION.write_text(text, encoding="utf-8")
    mark = MARK + digest(text)
    source, target = str(DESCRIPTION), str(JS_TYPES)
    _run("npx", "--yes", "openapi-typescript@7", source, "--alphabetize", "--output", target)
    JS_TYPES.write_text(f"// {mark}\n{JS_TYPES.read_text(encoding='utf-8')}", encoding="utf-8")
    tool = str(Path(sys.executable).with_name("datamodel-codegen"))
    _run(tool, "--input", source, "--output", str(PYTHON_TYPES), *_PYTHON_OPTIONS)
    types = PYTHON_TYPES.read_text(encoding="utf-8")
    # Closed dictionaries are of a later Python; without them nothing else is asked for.
    types = re.sub(r"^#.*\n", "", types, flags=re.MULTILINE).lstrip()
    types = types.replace(", closed=True)", ")").replace("from typing_extensions", "from typing")
    types = re.sub(r"(from typing import .*)\n\nfrom typing import (\w+)", r"\1, \2", types)
    about = '"""Shapes of what the API takes and gives."""'
    PYTHON_TYPES.write_text(f"{about}\n\n# {mark}\n\n{types}", encoding="utf-8")
    _run("npx", "--yes", "--package=typescript@5", "tsc", *_TYPE_CHECK, str(TYPE_TESTS))
    _run(str(Path(sys.executable).with_name("ruff")), "format", "--quiet", str(PYTHON_TYPES))


def _run(*command: str) -> None:
    if subprocess.run(command, check=False).returncode:
        raise SystemExit(f"{command[0]} failed")


if __name__ == "__main__":
    main()
