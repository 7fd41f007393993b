"""What the tests of the engine's core notice when its arithmetic is changed.

    PYTHONPATH=. python benchmarks/mutation.py [MODULE ...] [--lines 10,20]

Each mutant is one small change of one module: a comparison, an operator, a constant, an axis, min
for max, a condition turned round, a raise or a check left out. A mutant that fails a test is
killed; one that passes them all survives and is printed with its place. Texts, annotations and
decorators are left alone.

The tests are collected once. Each mutant then runs in a fork of its own, where the code of the
module's functions is exchanged in place, so that every other module sees the change: tens of
milliseconds instead of a new interpreter. It meets the doctests of its own module and the tests
that speak of it.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import copy
import importlib
import inspect
import os
import resource
import sys
import time
from dataclasses import dataclass, is_dataclass
from itertools import zip_longest
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent
ENGINE = ROOT / "mcda" / "engine"
SECONDS = 30  # of processor time, after which a mutant counts as killed: it does not end

# Each module of the core, and the tests that speak of it.
TESTS = {
    "methods/weighted_sum": ("conformance/test_weighted_sum", "engine/methods/test_edges"),
    "methods/topsis": ("conformance/test_topsis", "engine/methods/test_edges"),
    "methods/closeness": ("engine/methods/test_closeness", "conformance/test_topsis"),
    "methods/weighted_product": ("conformance/test_weighted_product", "engine/methods/test_edges"),
    "methods/vikor": ("conformance/test_vikor", "engine/methods/test_vikor"),
    "methods/promethee": ("conformance/test_promethee", "engine/methods/test_promethee"),
    "methods/scaling": ("conformance/test_weighted_sum", "engine/methods/test_edges"),
    "methods/blocks": ("engine/methods/test_blocks", "engine/methods/test_edges"),
    "normalization": ("engine/test_normalization", "engine/methods/test_edges"),
    "ranks": ("engine/test_ranks",),
    "intervals": ("engine/test_intervals",),
    "weighting/rank_order": ("conformance/test_rank_order", "engine/weighting/test_rank_order"),
    "weighting/pairwise": ("conformance/test_ahp", "engine/weighting/test_pairwise"),
}

OPERATORS = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
# The same but for the boundary, and the opposite.
COMPARISONS = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_PAIRS = (
    ("min", "max"),
    ("minimum", "maximum"),
    ("argmin", "argmax"),
    ("any", "all"),
    ("zeros", "ones"),
    ("zeros_like", "ones_like"),
    ("triu", "tril"),
    ("floor", "ceil"),
    ("add", "subtract"),
    ("multiply", "divide"),
)
NAMES = dict(_PAIRS) | {second: first for first, second in _PAIRS}


@dataclass(frozen=True)
class Mutant:
    """One changed module: where, what it was and what it is now."""

    line: int
    column: int
    before: str
    after: str
    tree: ast.Module


# Making mutants


def mutants(source):
    """Return every mutant of a module's source, in the order of its lines."""
    tree = ast.parse(source)
    found = []
    for place, node in enumerate(_walk(tree)):
        for number in range(len(_changes(node))):
            changed = copy.deepcopy(tree)
            target = next(n for at, n in enumerate(_walk(changed)) if at == place)
            before = ast.unparse(target)
            _changes(target)[number]()
            after = ast.unparse(target)
            ast.fix_missing_locations(changed)
            found.append(Mutant(node.lineno, node.col_offset + 1, before, after, changed))
    return sorted(found, key=lambda mutant: (mutant.line, mutant.column))


def _walk(node):
    """Walk over the code, not over texts, annotations and decorators."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list"} or _is_axis(node):
            continue
        for child in value if isinstance(value, list) else [value]:
            skipped = isinstance(child, ast.JoinedStr) or _is_typing_only(child)
            if isinstance(child, ast.AST) and not skipped:
                yield from _walk(child)


def _is_axis(node):
    return isinstance(node, ast.keyword) and node.arg == "axis"


def _is_typing_only(node):
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def _changes(node):
    """Return the changes of one node, each a function that makes it in place."""
    makers = {
        ast.Compare: _of_compare,
        ast.BinOp: _of_operator,
        ast.AugAssign: _of_operator,
        ast.BoolOp: _of_operator,
        ast.Constant: _of_constant,
        ast.Attribute: lambda node: _of_name(node, "attr"),
        ast.Name: lambda node: _of_name(node, "id"),
        ast.keyword: _of_keyword,
        ast.If: _of_condition,
        ast.IfExp: _of_condition,
        ast.UnaryOp: _of_unary,
        ast.Call: _of_call,
        ast.FunctionDef: _of_body,
        ast.For: _of_body,
    }
    make = makers.get(type(node))
    changes = make(node) if make else []
    if isinstance(node, ast.If):
        changes = changes + _of_body(node)
    return changes


def _set(node, **fields):
    return lambda: [setattr(node, name, value) for name, value in fields.items()]


def _of_compare(node):
    return [
        _set(node, ops=[*node.ops[:at], other(), *node.ops[at + 1 :]])
        for at, operator in enumerate(node.ops)
        for other in COMPARISONS[type(operator)]
    ]


def _of_operator(node):
    other = OPERATORS.get(type(node.op))
    return [_set(node, op=other())] if other else []


def _of_constant(node):
    if isinstance(node.value, bool):
        return [_set(node, value=not node.value)]
    if isinstance(node.value, int):
        return [_set(node, value=node.value + 1)]
    if isinstance(node.value, float):
        return [_set(node, value=node.value * 2 if node.value else 1.0)]
    return []


def _of_name(node, field):
    other = NAMES.get(getattr(node, field))
    return [_set(node, **{field: other})] if other else []


def _of_keyword(node):
    """Exchange the axes; only a matrix has them, and -1 is its second."""
    if not _is_axis(node):
        return []
    other = 1 if ast.unparse(node.value) == "0" else 0
    return [_set(node, value=ast.Constant(other))]


def _of_condition(node):
    """Turn a condition round; comparisons turn round themselves."""
    if isinstance(node.test, ast.Compare):
        return []
    return [_set(node, test=ast.UnaryOp(ast.Not(), node.test))]


def _of_unary(node):
    """Leave out a sign, a ``not`` or a ``~``: what is left is twice the operand's other sign."""
    if isinstance(node.op, ast.USub):
        return [_set(node, op=ast.UAdd())]
    if isinstance(node.op, ast.Not):
        return [_set(node, operand=ast.UnaryOp(ast.Not(), node.operand))]
    return [_set(node, operand=ast.UnaryOp(ast.Invert(), node.operand))]


def _of_call(node):
    """Exchange the two branches of ``np.where``."""
    if getattr(node.func, "attr", "") == "where" and len(node.args) == 3:
        condition, yes, no = node.args
        return [_set(node, args=[condition, no, yes])]
    return []


def _of_body(node):
    """Leave out, one at a time, what is done for its effect: checks, raises, changes in place."""
    effects = (ast.Raise, ast.AugAssign, ast.Expr)
    return [
        _set(node, body=[*node.body[:at], ast.Pass(), *node.body[at + 1 :]])
        for at, statement in enumerate(node.body)
        if isinstance(statement, effects) and not _is_text(statement)
    ]


def _is_text(statement):
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


# Running them


def install(module, tree):
    """Exchange a loaded module's code and values in place, wherever they are in use."""
    before = dict(vars(module))
    exec(compile(tree, module.__file__, "exec"), vars(module))
    for name, new in list(vars(module).items()):
        old = before.get(name)
        if new is not old and not name.startswith("__"):
            _exchange(name, old, new)
            # A value is exchanged wherever it was imported to; all else stays what it was.
            if not isinstance(old, int | float | str | tuple):
                setattr(module, name, old)


def _exchange(name, old, new):
    if inspect.isfunction(old):
        old.__code__, old.__defaults__ = new.__code__, new.__defaults__
        old.__kwdefaults__ = new.__kwdefaults__
    elif inspect.isclass(old):
        for key, method in vars(new).items():
            if inspect.isfunction(method):
                _exchange(key, vars(old)[key], method)
    elif isinstance(old, dict):
        old.clear()
        old.update(new)
    elif is_dataclass(old):
        vars(old).update(vars(new))
    else:
        for module in list(sys.modules.values()):
            if vars(module).get(name) is old:
                setattr(module, name, new)


class Runner:
    """A pytest plugin that runs the collected tests once for every mutant."""

    def __init__(self, modules, lines):
        self.modules, self.lines = modules, lines
        self.survivors = 0

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session):
        for name in self.modules:
            self._module(session, name)
        return True

    def _module(self, session, name):
        path = ENGINE / f"{name}.py"
        own = [path, *(ROOT / "tests" / f"{test}.py" for test in TESTS[name])]
        chosen = sorted(
            (i for i in session.items if i.path in own), key=lambda i: own.index(i.path)
        )
        module = importlib.import_module("mcda.engine." + name.replace("/", "."))
        source = path.read_text(encoding="utf-8")
        if not chosen or not _passes(session, chosen, module, ast.parse(source)):
            sys.exit(f"{name}: its tests do not pass as it is")
        found, left, began = mutants(source), [], time.perf_counter()
        found = [mutant for mutant in found if not self.lines or mutant.line in self.lines]
        for mutant in found:
            if _passes(session, chosen, module, mutant.tree):
                left.append(mutant)
                place = f"{name}.py:{mutant.line}:{mutant.column}"
                print(f"{place}: {_change(mutant)}", file=sys.stderr, flush=True)
        self.survivors += len(left)
        print(
            f"{name}: {len(found)} mutants, {len(found) - len(left)} killed, {len(left)} left "
            f"({time.perf_counter() - began:.0f} s)",
            file=sys.stderr,
            flush=True,
        )


def _change(mutant):
    """Say what was changed: one line where it fits on one, else the lines that differ."""
    before, after = mutant.before.splitlines(), mutant.after.splitlines()
    gone = [line.strip() for line in before if line not in after] or before[:1]
    new = [line.strip() for line in after if line not in before] or ["left out"]
    return f"{' '.join(gone)}  ->  {' '.join(new)}"


def _passes(session, items, module, tree):
    """Run tests against one mutant in a process of its own, up to the first that fails."""
    child = os.fork()
    if child == 0:
        os._exit(_run(session, items, module, tree))
    return os.waitpid(child, 0)[1] == 0


def _run(session, items, module, tree):
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(BaseException):
        install(module, tree)
        for item, following in zip_longest(items, items[1:]):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed:
                return 1
        return 0
    return 1


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("modules", nargs="*", metavar="MODULE", help=", ".join(TESTS))
    parser.add_argument("--lines", default="", help="only mutants on these lines, as 10,20")
    arguments = parser.parse_args()
    lines = {int(line) for line in arguments.lines.split(",") if line}
    # A failure need not be made small, and must not be remembered.
    phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
    hypothesis.settings.register_profile("mutation", phases=phases, database=None, deadline=None)
    hypothesis.settings.load_profile("mutation")
    runner = Runner(arguments.modules or list(TESTS), lines)
    tests = [str(ROOT / "tests" / "conformance"), str(ROOT / "tests" / "engine"), str(ENGINE)]
    options = ["-p", "no:terminal", "-p", "no:cacheprovider", "--rootdir", str(ROOT)]
    pytest.main([*options, *tests], plugins=[runner])
    sys.exit(1 if runner.survivors else 0)


if __name__ == "__main__":
    main()
