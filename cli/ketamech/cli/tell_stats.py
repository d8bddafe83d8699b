"""How the counts of the knowledge read in a terminal."""

from __future__ import annotations

from ketamech.cli.formats import clean, rich_table
from ketamech.cli.tell import cite, wrapped
from ketamech.graph.stats_answers import StatsAnswer, WeakAnswer

SHOWN = 12


def stats_text(answer: StatsAnswer) -> str:
    """Tell totals, the commonest values of each property, and the coverage of mechanisms and hypotheses."""
    lines = [f"Literature searched up to {answer.searched or 'no date given'}", ""]
    lines += [f"  {name}: {value:g}" for name, value in answer.totals.items()]
    for name, found in answer.counts.items():
        told = ", ".join(f"{value} {count}" for value, count in list(found.items())[:SHOWN])
        more = f", and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
        lines.append(wrapped(f"by {name}: {told}{more}", "  "))
    if answer.mechanisms:
        rows = [
            {
                "mechanism": clean(c.name),
                "papers": c.papers,
                "groups": c.groups,
                "claims": c.claims,
                "experiments": c.experiments,
                "against": c.against,
                "": "thin" if c.thin else "",
            }
            for c in answer.mechanisms
        ]
        lines += ["", rich_table(rows).rstrip()]
    if answer.hypotheses:
        lines += ["", rich_table(answer.hypotheses).rstrip()]
    return "\n".join(lines) + "\n"


def weak_text(answer: WeakAnswer) -> str:
    """Tell papers that cannot be looked up by an identifier, then what was read by title or in a review only."""
    lines = [f"Papers without DOI or PMID: {len(answer.papers)}"]
    lines += [wrapped(f"- {p.key} ({p.kind}): {cite(p)}", "  ") for p in answer.papers]
    for read in dict.fromkeys(r.read for r in answer.records):
        found = [r for r in answer.records if r.read == read]
        lines += ["", f"Read as {read} only: {len(found)}"]
        lines += [wrapped(f"- {r.id}: {r.summary}", "  ") for r in found]
    return "\n".join(lines) + "\n"
