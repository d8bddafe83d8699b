"""Execute the example notebook and write what it shows: `python docs/notebooks/make.py`.

Cells are run one after the other in one name space, as a notebook does; the last expression of a cell is shown by
its own `_repr_html_`, else by `repr`. No notebook program is needed.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
from pathlib import Path
from typing import Any

NOTEBOOK = Path(__file__).with_name("answers.ipynb")


def executed(notebook: dict[str, Any]) -> dict[str, Any]:
    """Run every code cell and give the notebook with new outputs."""
    space: dict[str, Any] = {"__name__": "__main__"}
    made = json.loads(json.dumps(notebook))
    number = 0
    for cell in made["cells"]:
        if cell["cell_type"] == "code":
            number += 1
            cell["execution_count"] = number
            cell["outputs"] = outputs_of("".join(cell["source"]), space, number)
    return made


def outputs_of(source: str, space: dict[str, Any], number: int) -> list[dict[str, Any]]:
    """Run one cell; give what it printed and what its last expression shows."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, "<cell>", "exec"), space)  # noqa: S102 - our own notebook
        value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), space) if last else None  # noqa: S307
    made: list[dict[str, Any]] = []
    if printed.getvalue():
        made.append({"name": "stdout", "output_type": "stream", "text": lines(printed.getvalue())})
    if value is not None:
        data = {"text/plain": [repr(value)]}
        if hasattr(value, "_repr_html_"):
            data["text/html"] = lines(value._repr_html_())
        made.append({"data": data, "execution_count": number, "metadata": {}, "output_type": "execute_result"})
    return made


def lines(text: str) -> list[str]:
    """Split a text as notebooks store it."""
    return text.splitlines(keepends=True)


def main() -> None:
    """Execute the notebook in its place."""
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    text = json.dumps(executed(notebook), indent=1, ensure_ascii=False, sort_keys=True)
    NOTEBOOK.write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
