"""How answers read in a terminal: plain text, numbered references, nothing cut."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Mapping

from ketamech.cli.formats import clean
from ketamech.graph.answers import EvidenceAnswer, ExplainAnswer, evidence_dict
from ketamech.graph.model import Claim, Experiment, Paper
from ketamech.graph.views import triple_words

TOLD = (
    *("species", "sex", "indication", "model", "region", "cell_type"),
    *("compound", "dose", "doses", "route", "time", "assay"),
)


def width() -> int:
    """Give the width to wrap prose at."""
    return min(max(shutil.get_terminal_size((100, 24)).columns, 60), 120)


def wrapped(text: str, indent: str = "") -> str:
    """Wrap prose; identifiers and names are never broken."""
    return textwrap.fill(
        clean(text),
        width(),
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def cite(paper: Paper) -> str:
    """Cite one paper in a line, with its identifiers."""
    ids = " ".join(
        x for x in (f"doi:{paper.doi}" if paper.doi else "", f"PMID:{paper.pmid}" if paper.pmid else "") if x
    )
    mark = " RETRACTED." if paper.retracted else ""
    return clean(f"{paper.cited}{mark} {ids}".strip())


def counted(number: int, thing: str) -> str:
    """Write a number with its thing: 1 path, 2 paths."""
    return f"{number} {thing}{'s' * (number != 1)}"


def circumstances(evidence: Claim | Experiment, names: Mapping[str, str]) -> str:
    """Tell the reported circumstances of one finding in a line."""
    given = evidence_dict(evidence, names)["context"]
    if "doses" in given:
        given["doses"] = counted(given["doses"], "dose")
    return ", ".join(str(given[k]) for k in TOLD if k in given) or "context not reported"


def evidence_text(answer: EvidenceAnswer) -> str:
    """Tell every claim of every edge, then the experiments and their contrasts."""
    lines: list[str] = []
    for edge in answer.edges:
        triple = triple_words(edge.triple, answer.names)
        derived = ", derived from experiments" if edge.derived else ""
        lines += [clean(f"{triple}   strength {edge.strength.value:.2f}{derived}"), clean(f"  key {edge.id}")]
        for claim in () if edge.derived else edge.claims:
            lines += _piece(claim.stance.replace("_", " "), claim, answer.names)
        lines.append("")
    for head, found in (
        ("Experiments that bear on it:", answer.experiments),
        ("The same interventions on other outcomes:", answer.contrasts),
    ):
        if found:
            lines.append(head)
            for x in found:
                what = " + ".join(f"{i.mode} of {answer.names[i.target]} ({i.agent})" for i in x.interventions)
                on = f"on {answer.names[x.outcome]}" + (f" after {answer.names[x.drug]}" if x.drug else "")
                lines += _piece(f"{x.observed.replace('_', ' ')}: {what} {on}", x, answer.names)
            lines.append("")
    lines += [f"{len(answer.unknown)} of these do not report what was asked for."] if answer.unknown else []
    if answer.set_aside:
        lines.append("Set aside:")
        for item in answer.set_aside:
            lines.append(wrapped(f"- {item.name}: {item.reason} ({', '.join(item.evidence)})", "  "))
    return "\n".join(lines).rstrip() + "\n"


def _piece(head: str, evidence: Claim | Experiment, names: Mapping[str, str]) -> Iterable[str]:
    yield wrapped(f"- {head}; {circumstances(evidence, names)} (read: {evidence.read})", "  ")
    yield wrapped(evidence.summary, "      ")
    yield wrapped(f"{cite(evidence.paper)} [{evidence.id}]", "      ")


def explain_text(answer: ExplainAnswer) -> str:
    """Tell the formula and every term."""
    lines = ["strength = S (1 - 0.5 R); S, R = 1 - product over groups of (1 - 0.8 weight); a group counts once", ""]
    for edge, s in answer.strengths:
        triple = triple_words(edge.triple, answer.names)
        share = "0.5 x " if s.derived else ""
        made = f"{share}{s.support:.4f} x (1 - 0.5 x {s.objection:.4f})"
        lines.append(clean(f"{triple}: strength {s.value:.4f} = {made}"))
        for t in s.terms:
            counts = "counts" if t.counts else "does not count (its group is heard already, or weighs nothing)"
            factors = f"tier {t.tier:g} x read {t.read:g} x kind {t.kind:g} x share {t.share:g} = {t.weight:.4f}"
            head = f"- {t.id} ({t.group}), {t.stance.replace('_', ' ')}"
            lines.append(wrapped(f"{head}: {factors}; {counts}", "  "))
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"
