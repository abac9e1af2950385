"""The discipline of queries: SQL stands in `store/` alone, and is text that both engines read alike."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2] / "visitapp"
STATEMENT = re.compile(
    r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+(TABLE|INDEX)|DROP\s+TABLE)\b", re.DOTALL
)
FORBIDDEN = {
    "LIKE": r"\bI?LIKE\b",
    "JSON": r"\bjsonb?_\w+|->>|->",
    "dates": r"\b(date|datetime|strftime|julianday|now|extract|date_trunc)\s*\(|\bINTERVAL\b|\bCURRENT_(DATE|TIME|TIMESTAMP)\b",
    "replace": r"\bOR\s+(REPLACE|IGNORE|ABORT)\b",
    "question marks": r"=\s*\?",
}
ENGINES = {"sqlite.py", "postgres.py"}


def texts(path: Path) -> list[str]:
    """Every text in a module with what is written into it, docstrings apart."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in said]
    return ["".join(part.value if isinstance(part, ast.Constant) else " x " for part in node.values) if isinstance(node, ast.JoinedStr)
            else node.value for node in found if isinstance(node, ast.JoinedStr) or isinstance(node.value, str)]  # fmt: skip


def statements(folder: Path) -> list[tuple[Path, str]]:
    return [(path, text) for path in sorted(folder.rglob("*.py")) for text in texts(path) if STATEMENT.search(text)]


def test_only_the_store_speaks_sql() -> None:
    elsewhere = [f"{path.relative_to(ROOT)}: {text[:60]}" for path, text in statements(ROOT) if path.parent != ROOT / "store"]
    assert elsewhere == []
    assert len(statements(ROOT / "store")) > 60  # the search finds what is there


def test_every_query_reads_alike_on_both_engines() -> None:
    ours = [(path, text) for path, text in statements(ROOT / "store") if path.name not in ENGINES]
    broken = [f"{path.name} {why}: {text[:80]}" for path, text in ours for why, pattern in FORBIDDEN.items() if re.search(pattern, text)]
    assert broken == []


def test_no_module_of_the_store_goes_round_its_transaction() -> None:
    around = re.compile(r"\.conn\b|\bexecutescript\b|\bcursor\(")
    found = [
        path.name for path in (ROOT / "store").glob("*.py") if path.name not in ENGINES and around.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_the_search_itself_finds_sql(tmp_path: Path) -> None:
    module = tmp_path / "m.py"
    module.write_text('"""SELECT a FROM docstring"""\nx = f"SELECT {1} FROM t WHERE a LIKE :b"\ny = "from select"\n', encoding="utf-8")
    [(_, found)] = statements(tmp_path)
    assert re.search(FORBIDDEN["LIKE"], found)
