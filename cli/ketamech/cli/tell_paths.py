"""How ranked paths read in a terminal."""

from __future__ import annotations

from ketamech.cli.formats import clean
from ketamech.cli.references import References
from ketamech.cli.tell import circumstances, counted, wrapped
from ketamech.graph.answers import PathAnswer, PathsAnswer, StepAnswer
from ketamech.graph.views import triple_words

SIGNS = {1: "+", -1: "-", None: "?"}
ARROWS = {1: "-->", -1: "--|", 0: "--o"}
SHOWN = 12
ENDS = 6


def paths_text(answer: PathsAnswer) -> str:
    """Tell ranked paths, then the end-to-end evidence, what was set aside, and the references."""
    lines = [f"{answer.source.name} to {answer.target.name}: {counted(len(answer.paths), 'path')}", ""]
    for rank, path in enumerate(answer.paths, start=1):
        lines += [*_path_lines(rank, path), ""]
    cited = References(r.paper for r in answer.references)
    lines += _end_lines(answer, cited)
    if answer.set_aside:
        lines.append("Set aside:")
        for item in answer.set_aside[:SHOWN]:
            lines.append(wrapped(f"- {item.name}: {item.reason} ({', '.join(item.evidence)})", "  "))
        rest = len(answer.set_aside) - SHOWN
        lines += [f"  ... and {rest} more (see --format json)"] if rest > 0 else []
        lines.append("")
    lines += cited.lines()[1:]
    return "\n".join(lines).rstrip() + "\n"


def _path_lines(rank: int, path: PathAnswer) -> list[str]:
    coarse = ", jumps over finer steps" if path.coarse else ""
    lines = [f"{rank}. net {SIGNS[path.sign]}  score {path.score:.4f}  {counted(len(path.steps), 'step')}{coarse}"]
    lines.append(f"   {clean(path.nodes[0].name)}")
    lines += [_step_line(step) for step in path.steps]
    lines += [wrapped(f"note: {remark}", "   ") for remark in path.remarks]
    if path.stretches:
        verb = "reports" if len(path.stretches) == 1 else "report"
        told = f"{counted(len(path.stretches), 'edge')} {verb} a stretch of this path as a whole"
        lines.append(wrapped(f"note: {told}", "   "))
    return lines


def _step_line(step: StepAnswer) -> str:
    counts = f"{step.count('supports')} for"
    against = step.count("refutes") + step.count("no_effect")
    counts += f", {against} AGAINST" if against else ""
    kind = " derived" if step.edge.derived else ""
    cited = "".join(f"[{n}]" for n in step.references)
    via = "; ".join(text.rpartition(" (")[0] for text in step.rolled_up)
    rolled = f" via {via}" if via else ""
    return clean(f"   {ARROWS[step.sign]} {step.target.name}   ({step.edge.predicate}{kind}: {counts}){rolled} {cited}")


def _end_lines(answer: PathsAnswer, cited: References) -> list[str]:
    """Tell the best of what was seen end to end, for and against; the rest is counted."""
    if not answer.end_to_end:
        return []
    against = [c for c in answer.end_to_end if c.stance != "supports"]
    found = [c for c in answer.end_to_end if c.stance == "supports"]
    few = min(len(against), max(ENDS // 2, ENDS - len(found)))
    told = [*found[: ENDS - few], *against[:few]]
    lines = [f"Seen end to end (what these paths are to explain): {len(found)} for, {len(against)} against"]
    for claim in told:
        triple = triple_words(claim.triple, answer.names)
        stance = claim.stance.replace("_", " ")
        where = circumstances(claim, answer.names)
        lines.append(wrapped(f"- {stance}: {triple}; {where} {cited([claim.paper])}", "  "))
    rest = len(answer.end_to_end) - len(told)
    return [*lines, *([f"  ... and {rest} more (see --format json)"] if rest else []), ""]
