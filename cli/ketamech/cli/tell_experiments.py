"""How answers about experiments, disputes and times read in a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ketamech.cli.formats import clean
from ketamech.cli.references import References
from ketamech.cli.tell import counted, wrapped
from ketamech.graph.conflict_answers import ConflictsAnswer, Objection
from ketamech.graph.experiment_answers import BlockadesAnswer, NecessaryAnswer, experiment_row
from ketamech.graph.model import Claim, Experiment
from ketamech.graph.timeline_answers import TimedEvent, TimelineAnswer

VERDICTS = {
    "needed": "Needed",
    "in dispute": "In dispute",
    "not needed": "Not needed",
    "hinders": "Holds the effect back",
}
FULL = 5
PIECES = 6
OFTEN = 8
DIRECTIONS = {1: "up", -1: "down", 0: "changed"}


def piece(evidence: Claim | Experiment, names: Mapping[str, str], cited: References) -> str:
    """Tell one finding in a line or two, with where, when and by whom."""
    context = evidence.context
    hour = evidence.hour
    given = (
        context.species,
        context.sex,
        context.indication,
        context.model,
        *(names[r] for r in evidence.regions),
        *(names[c] for c in evidence.cell_types),
        names.get(context.compound or ""),
        context.dose.text if context.dose else None,
        counted(context.doses, "dose") if context.doses else None,
        context.route,
        hour.text if hour else None,
    )
    where = ", ".join(dict.fromkeys(g for g in given if g)) or "context not reported"
    return f"{evidence.summary} ({where}) {cited([evidence.paper])} {evidence.id}"


def _pieces(found: Iterable[Claim | Experiment], names: Mapping[str, str], cited: References, most: int) -> list[str]:
    rows = list(found)
    lines = [wrapped(f"- {piece(e, names, cited)}", "    ") for e in rows[:most]]
    more = len(rows) - most
    return lines + ([f"    ... and {more} more (see --format json)"] if more > 0 else [])


def conflicts_text(answer: ConflictsAnswer, limit: int = 0) -> str:
    """Tell disputes, the largest first: who says so, who says otherwise, and what makes the difference.

    At most `limit` are told (0: all); of many, only what stands against what, without the findings.
    """
    about = f" about {' and '.join(answer.about)}" if answer.about else ""
    verdicts = Counter(o.verdict for c in answer.conflicts for o in c.objections)
    sides = ", ".join(f"{word} {count}" for word, count in sorted(verdicts.items()))
    lines = [wrapped(f"{counted(len(answer.conflicts), 'dispute')}{about}; objections by verdict: {sides}"), ""]
    shown = answer.conflicts[:limit] if limit else answer.conflicts
    brief = bool(limit) and len(shown) > FULL
    cited = References()
    for number, conflict in enumerate(shown, start=1):
        lines.append(clean(f"{number}. {conflict.told(answer.names)}"))
        lines.append(f"   {conflict.leading.says} ({_count(conflict.leading.evidence)})")
        lines += [] if brief else _pieces(conflict.leading.evidence, answer.names, cited, PIECES)
        for objection in conflict.objections:
            lines.append(f"   but: {objection.side.says} ({_count(objection.side.evidence)})")
            lines += [] if brief else _pieces(objection.side.evidence, answer.names, cited, PIECES)
            lines.append(wrapped(f"=> {_verdict(objection, answer.names)}", "   "))
        for side in conflict.beside:
            lines.append(f"   beside: {side.says} ({_count(side.evidence)})")
            lines += [] if brief else _pieces(side.evidence, answer.names, cited, PIECES)
        lines.append("")
    if len(shown) < len(answer.conflicts):
        lines += [f"... and {len(answer.conflicts) - len(shown)} more (--limit 0 tells all)", ""]
    if brief:
        lines += [wrapped("The findings of a dispute: ketamech conflicts with the names of both its ends."), ""]
    return "\n".join([*lines[:-1], *cited.lines()]).rstrip() + "\n"


def _count(found: Sequence[Claim | Experiment]) -> str:
    return f"{counted(len(found), 'finding')}, {counted(len({e.paper.key for e in found}), 'paper')}"


def _verdict(objection: Objection, names: Mapping[str, str]) -> str:
    if objection.verdict == "not comparable":
        return "not comparable: no circumstance is reported on both sides"
    told = _told_apart(objection, names)
    if objection.verdict == "differs":
        shown = f", shown within {', '.join(objection.shown_by)}" if objection.shown_by else ""
        return f"the sides differ in {told}{shown}"
    within = f" within {', '.join(objection.shown_by)}" if objection.shown_by else ""
    part = f"; in part they differ in {told}" if told else ""
    return f"unresolved: no circumstance sets all of them apart{within}{part}"


def _told_apart(objection: Objection, names: Mapping[str, str]) -> str:
    """Name the axes with the values on one side only; pair by pair where both sides, or several papers, have them."""
    told = []
    for axis in objection.axes:
        (found,) = (f for f in objection.findings if f.axis == axis)
        shared = set(found.values) & set(found.other_values)
        sides = [[v for v in side if v not in shared] or list(side) for side in (found.values, found.other_values)]
        if set(found.values) == set(found.other_values) or len(objection.shown_by) > 1:
            axes = " and ".join(a.replace("_", " ") for a in objection.axes)
            return f"{axes} ({'; '.join(_pairs(objection, names))})"
        mine, theirs = (", ".join(names.get(v, v) for v in side) for side in sides)
        told.append(f"{axis.replace('_', ' ')} ({mine} against {theirs})")
    return " and ".join(told)


def _pairs(objection: Objection, names: Mapping[str, str]) -> list[str]:
    """Tell which values were met with which; on one axis, all that were met with the same value at once."""
    pairs = list(objection.contrasts)
    if len(objection.axes) == 1:
        met: dict[Sequence[str], list[str]] = {}
        for mine, theirs in pairs:
            met.setdefault(theirs, []).extend(mine)
        pairs = [(tuple(mine), tuple(theirs)) for theirs, mine in met.items()]
    return [" against ".join(", ".join(names.get(v, v) for v in side) for side in pair) for pair in pairs]


def blockades_text(answer: BlockadesAnswer, limit: int = 0) -> str:
    """Tell what came of how many experiments, then each of them in a line, at most `limit` (0: all)."""
    came = Counter(x.observed for x in answer.experiments)
    told = ", ".join(f"{word.replace('_', ' ')} {count}" for word, count in sorted(came.items(), key=_commonest))
    lines = [wrapped(f"{counted(len(answer.experiments), 'experiment')}: {told}")]
    if limit and len(answer.experiments) > limit:
        tried = Counter(answer.names[i.target] for x in answer.experiments for i in x.interventions)
        often = sorted(tried.items(), key=_commonest)[:OFTEN]
        lines.append(wrapped(f"most tested: {', '.join(f'{name} {count}' for name, count in often)}"))
    if answer.unknown:
        lines.append(f"{len(answer.unknown)} more do not report what was asked for (see --format json)")
    lines.append("")
    shown = answer.experiments[:limit] if limit else answer.experiments
    cited = References()
    for x in shown:
        row = experiment_row(x, answer.names)
        effect = f"{row['drug']}'s effect on {row['outcome']}" if row["drug"] else row["outcome"]
        head = f"{row['mode']} of {row['target']} ({row['agent']}) -> {row['observed'].replace('_', ' ')}: {effect}"
        lines.append(wrapped(head, "  "))
        lines.append(wrapped(piece(x, answer.names, cited), "      "))
    if len(shown) < len(answer.experiments):
        lines.append(f"  ... and {len(answer.experiments) - len(shown)} more (--limit 0 tells all)")
    return "\n".join([*lines, *cited.lines()]).rstrip() + "\n"


def _commonest(item: tuple[str, int]) -> tuple[int, str]:
    return (-item[1], item[0])


def necessary_text(answer: NecessaryAnswer, most: int = 5) -> str:
    """Tell what had to be intact, what is in dispute, what did not matter and what holds the effect back."""
    head = f"What {answer.source.name} needs for {answer.target.name}: {len(answer.needs)} targets were taken away"
    lines = [head]
    cited = References()
    verdict = ""
    for need in answer.needs:
        if need.verdict != verdict:
            verdict = need.verdict
            lines += ["", f"{VERDICTS[verdict]}:"]
        groups = f"{need.groups} group{'s' * (need.groups != 1)}"
        lines.append(f"  {clean(need.target.name)} ({groups})")
        for words, found in (("", need.needed), ("not needed: ", need.spared), ("larger without: ", need.better)):
            told = _pieces(found, answer.names, cited, most)
            lines += [line.replace("- ", f"- {words}", 1) for line in told] if verdict == "in dispute" else told
    return "\n".join([*lines, *cited.lines()]).rstrip() + "\n"


def timeline_text(answer: TimelineAnswer) -> str:
    """Tell the events by the hour of their first sighting."""
    lines = [f"After {answer.source.name}, by hours after the dose: {counted(len(answer.events), 'timed event')}"]
    if answer.untimed:
        lines.append(f"{counted(answer.untimed, 'sighting')} more without an hour")
    lines.append("")
    cited = References()
    lines += [wrapped(_event(event, answer.names, cited), "  ") for event in answer.events]
    return "\n".join([*lines, *cited.lines()]).rstrip() + "\n"


def _event(event: TimedEvent, names: Mapping[str, str], cited: References) -> str:
    first, last = event.first, event.last_seen
    if first is None:
        span = "no hour known" if event.untimed else "no sighting on record"
    else:
        ranged = first.low < first.high
        span = f"within {hours(first.high)}" if ranged and not first.low else first.text if ranged else hours(first.low)
        span += f" to {hours(last)}" if last is not None and last > first.high else ""
    where = ", ".join(p for p in (event.species or "", names.get(event.region or "", "")) if p)
    told = f"{span}: {event.node.name} {DIRECTIONS[event.direction]}" + (f" ({where})" if where else "")
    told += f" {cited(c.paper for c in event.seen)}" if event.seen else ""
    absent = [f"{when} {cited(papers)}" for when, papers in event.absences.items()]
    return told + (f"; not seen at {', '.join(absent)}" if absent else "")


def hours(value: float) -> str:
    """Write hours as people do: minutes below one hour, days from two days on, one decimal at most."""
    if value < 1:
        return f"{value * 60:.0f} min"
    return f"{round(value / 24, 1):g} d" if value >= 48 else f"{round(value, 1):g} h"
