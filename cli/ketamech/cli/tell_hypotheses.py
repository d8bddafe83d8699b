"""How answers about hypotheses, gaps and drugs side by side read in a terminal."""

from __future__ import annotations

from ketamech.cli.formats import clean, rich_table
from ketamech.cli.references import References
from ketamech.cli.tell import counted, wrapped
from ketamech.cli.tell_experiments import piece
from ketamech.graph.gap_answers import CompareAnswer, GapsAnswer
from ketamech.graph.hypothesis_answers import HypothesisAnswer, HypothesisComparison, StepCase
from ketamech.graph.model import Claim, Experiment, Record
from ketamech.graph.views import triple_words


def hypothesis_text(answer: HypothesisAnswer) -> str:
    """Tell one hypothesis: its steps, what speaks against it, blockades, people, and what would settle it."""
    h, names, cited = answer.hypothesis, answer.names, References()
    lines = [clean(f"{h.name}  ({h.slug}; {h.status}; strength {answer.strength:.2f})"), wrapped(h.summary, "  "), ""]
    lines.append("Steps:")
    lines += [_step(i, s, answer) for i, s in enumerate(answer.steps, start=1)]
    lines += [f"  weakest: {answer.weakest.told(names)}", f"  key papers: {', '.join(h.key_papers)}"]
    for head, found in (
        ("Counter-evidence:", answer.counter),
        ("Blockades that speak for it (the target was needed):", answer.blockades_for),
        ("Blockades that speak against it (the target was not needed):", answer.blockades_against),
        ("Human evidence:", answer.human),
    ):
        lines += ["", head if found else f"{head} none"]
        lines += [wrapped(f"- {_record(r, answer, cited)}", "  ") for r in found]
    for s in h.separations:
        lines += ["", f"What would tell it from {s.rival}:", wrapped(s.experiment, "  ")]
        lines.append(wrapped(f"It predicts: {s.predicts} {s.rival} predicts: {s.rival_predicts}", "  "))
        lines += [f"  nearest so far: {', '.join(s.done)}"] if s.done else []
    return "\n".join([*lines, *cited.lines()]).rstrip() + "\n"


def _step(number: int, case: StepCase, answer: HypothesisAnswer) -> str:
    if case.edge is None:
        return wrapped(f"{number}. {case.told(answer.names)}: assumed, no evidence. {case.step.note or ''}", "  ")
    against = case.edge.count("refutes") + case.edge.count("no_effect")
    counts = f"{case.edge.count('supports')} for" + (f", {against} AGAINST" if against else "")
    derived = ", derived" if case.edge.derived else ""
    return wrapped(f"{number}. {case.told(answer.names)}: strength {case.strength:.2f} ({counts}{derived})", "  ")


def _record(record: Record, answer: HypothesisAnswer, cited: References) -> str:
    if isinstance(record, Claim | Experiment):
        return piece(record, answer.names, cited)
    return f"{record.summary} {cited([record.paper])} {record.id}"


def comparison_text(answer: HypothesisComparison) -> str:
    """Tell two hypotheses side by side: what they share, what each alone says, and which experiments decide."""
    a, b, names = answer.first.hypothesis, answer.second.hypothesis, answer.names
    lines = [
        f"{a.slug} (strength {answer.first.strength:.2f}) against {b.slug} (strength {answer.second.strength:.2f})"
    ]
    for head, steps in (
        ("Shared:", answer.shared),
        (f"Only {a.slug}:", answer.own_first),
        (f"Only {b.slug}:", answer.own_second),
    ):
        lines += ["", head if steps else f"{head} nothing"]
        lines += [f"  {s.told(names)} ({'no evidence' if s.edge is None else f'{s.strength:.2f}'})" for s in steps]
    cited = References()
    lines += ["", f"Experiments on which they part: {len(answer.deciders)}"]
    for d in answer.deciders:
        head = f"- {a.slug}: {d.predicts}; {b.slug}: {d.rival_predicts}; observed: {d.experiment.observed}"
        lines.append(wrapped(f"{head.replace('_', ' ')} -> fits {d.fits}", "  "))
        lines.append(wrapped(piece(d.experiment, names, cited), "      "))
    return "\n".join([*lines, *cited.lines()]).rstrip() + "\n"


def gaps_text(answer: GapsAnswer) -> str:
    """Tell, step by step, on which rung of the translational ladder each path stands and what it lacks."""
    names = answer.names
    lines = [f"{answer.source.name} to {answer.target.name}: what the {len(answer.paths)} best paths lack"]
    for rank, found in enumerate(answer.paths, start=1):
        lines += ["", clean(f"{rank}. {' -> '.join(n.name for n in found.path.nodes)}")]
        for r in found.rungs:
            lacks = ["one paper"] if len(r.papers) == 1 else ["one group"] if len(r.groups) == 1 else []
            lacks += [] if r.human else ["no human record"]
            edge = r.step.edge
            told = triple_words(edge.triple, names)
            note = f"; {', '.join(lacks)}" if lacks else ""
            lines.append(wrapped(f"- {told}: {r.tier}, strength {r.step.strength:.2f}{note}", "   "))
        weakest = found.weakest.step.edge
        lines.append(wrapped(f"weakest: {triple_words(weakest.triple, names)}", "   "))
        stretch = found.human_stretch
        told = (
            " -> ".join([names[stretch[0].step.edge.subject], *(names[r.step.edge.object] for r in stretch)])
            if stretch
            else "none"
        )
        lines.append(wrapped(f"longest stretch shown in humans: {told}", "   "))
    return "\n".join([*lines, "", *_people(answer)]).rstrip() + "\n"


def _people(answer: GapsAnswer) -> list[str]:
    """Tell what people showed of all paths there are, and of the effect as a whole."""
    names = answer.names
    pro = sum(c.stance == "supports" for c in answer.human_ends)
    contra = len(answer.human_ends) - pro
    lines = [f"In people, over all paths: the effect from end to end {pro} for, {contra} against; steps:"]
    for s in answer.human_steps:
        told = f"{triple_words(s.edge.triple, names)} ({', '.join(s.evidence)})"
        lines.append(wrapped(f"- {told}", "  "))
    lines += [] if answer.human_steps else ["  none"]
    if answer.most_human:
        found = answer.most_human
        run, all_ = len(found.human_stretch), len(found.rungs)
        nodes = " -> ".join(n.name for n in found.path.nodes)
        lines.append(wrapped(f"longest run of them on one path, {counted(run, 'step')} of {all_}: {nodes}", "  "))
    return lines


def compare_text(answer: CompareAnswer) -> str:
    """Tell what each drug engages, how tightly, what was compared, and where relief and harm part."""
    names, cited = answer.names, References()
    lines = [" against ".join(d.name for d in answer.drugs), "", "What each engages (blank: not tested):"]
    shared = [r for r, e in zip(answer.rows(), answer.engagements, strict=True) if len(e.effects) > 1]
    lines.append(rich_table(shared or answer.rows()).rstrip() if answer.engagements else "  nothing")
    own = len(answer.engagements) - len(shared)
    lines += [f"  {own} elements were tested with one of them only (see --format tsv)"] if shared and own else []
    lines += ["", "Affinities:" if answer.affinities else "Affinities: none recorded"]
    for a in answer.affinities:
        told = f"{names[a.ligand]} at {names[a.target]}: {a.parameter} {a.relation} {a.value_nm:g} nM"
        lines.append(wrapped(f"- {told} {cited([a.paper])}", "  "))
    lines += ["", "Compared directly:" if answer.comparisons else "Compared directly: never, as far as recorded"]
    for c in answer.comparisons:
        head = f"{names[c.a]} {c.result} than {names[c.b]}" if c.result != "equal" else f"{names[c.a]} as {names[c.b]}"
        lines.append(wrapped(f"- {c.aspect} on {names[c.outcome]}: {head}. {c.summary} {cited([c.paper])}", "  "))
    if answer.partings:
        lines += ["", "Where relief and harm part (best path of each):"]
        for p in answer.partings:
            lines.append(
                wrapped(f"- {p.drug.name}: {p.outcome.name} leaves the path to relief after {p.last_shared.name}", "  ")
            )
            lines.append(wrapped(" -> ".join(n.name for n in p.to_outcome.nodes), "      "))
    return "\n".join([*lines, *cited.lines()]).rstrip() + "\n"
