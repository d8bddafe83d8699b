"""How predictions and their scores read in a terminal."""

from __future__ import annotations

from ketamech.cli.formats import clean
from ketamech.cli.tell import wrapped
from ketamech.graph.prediction_answers import OutcomePrediction, PredictAnswer, Score, ValidateAnswer

MISSES = 40
PLAIN = 0.3
MOVES = 0.1


def predict_text(answer: PredictAnswer) -> str:
    """Tell what becomes of each outcome, why, and by which route the rest goes on."""
    lines = [f"Without {answer.target.name}, of what {answer.drug.name} does:"]
    if any(not p.recorded for p in answer.predictions):
        start = f"{answer.start:.0%} of all recorded experiments show an effect: every foretold chance starts there"
        lines += [wrapped(f"{start}, and what moves it is named (`record`: earlier experiments on the same target).")]
    for verdict in ("abolished", "attenuated", "enhanced", "untouched", "undetermined"):
        found = [p for p in answer.predictions if p.verdict == verdict]
        lines += ["", f"{verdict.capitalize()}:"] if found else []
        for p in found:
            if p.recorded:
                lines.append(wrapped(f"- {p.outcome.name}: tested by {', '.join(p.recorded)}", "  "))
            elif verdict != "undetermined" or len(answer.predictions) == 1:
                lines += _foretold(p)
        blank = [p.outcome.name for p in found if not p.recorded]
        if verdict == "undetermined" and len(answer.predictions) > 1 and blank:
            lines.append(wrapped(f"- nothing tells, or no route through it is known: {', '.join(blank)}", "  "))
    for outcome, cuts in answer.cuts.items():
        told = "; ".join(" + ".join(c) for c in cuts)
        head = f"Smallest sets that would have to go, too, to cut every route to {outcome}"
        lines += ["", wrapped(f"{head}: {told or 'none'}")]
    lines += [
        "",
        wrapped("Foretold from the record of earlier experiments; `ketamech validate` scores such foretelling."),
    ]
    return "\n".join(lines) + "\n"


def _foretold(p: OutcomePrediction) -> list[str]:
    lost = "" if not p.lost else f"; {p.lost:.0%} of the best route's strength goes with it"
    lines = [wrapped(f"- {p.outcome.name}: foretold, chance of an effect {p.chance:.0%} ({_moved(p)}){lost}", "  ")]
    return lines + ([wrapped(f"still open: {' -> '.join(p.remaining)}", "      ")] if p.remaining else [])


def _moved(p: OutcomePrediction) -> str:
    """Say what moved a chance off its start, which way, the strongest first."""
    told = []
    for words, wanted in (
        ("raised by", [t for t in p.terms if t[2] >= MOVES]),
        ("lowered by", [t for t in p.terms if t[2] <= -MOVES]),
        ("hardly moved by", [t for t in p.terms if abs(t[2]) < MOVES]),
    ):
        told += [f"{words} {_why(tuple(wanted))}"] if wanted else []
    return "; ".join(told) or "nothing moves it off the start"


def _why(terms: tuple[tuple[str, str, float], ...]) -> str:
    told = [f"{f} {v} ({w:+.2f})" for f, v, w in sorted(terms, key=lambda t: -abs(t[2]))]
    return ", ".join(told)


def validate_text(answer: ValidateAnswer) -> str:
    """Tell the scores, then the misses with their reasons, then what could not be scored."""
    total = len(answer.scored) + len(answer.not_scorable)
    lines = [f"{len(answer.scored)} of {total} experiments could be scored, each without its own group's papers.", ""]
    lines += [_score(s) for s in (answer.score, *answer.others)]
    lines.append("  The three features of the first line were chosen out of the nine after their scores were seen.")
    if answer.ungrouped:
        lines.append(
            f"  {answer.ungrouped} experiments are of papers whose group is not known: only the paper was left out."
        )
    misses = sorted((s for s in answer.scored if not s.hit), key=lambda s: (-abs(s.log_odds), s.experiment.id))
    lines += ["", f"Misses ({len(misses)}), those foretold most surely first:"]
    for s in misses[:MISSES]:
        said = "effect" if s.predicted else "no effect"
        lines.append(clean(f"  - {s.experiment.id}: foretold {said}, observed {s.experiment.observed}"))
        lines.append(wrapped(_why(tuple(t for t in s.terms if abs(t[2]) >= PLAIN)), "      "))
    lines += [f"  ... and {len(misses) - MISSES} more (see --format json)"] if len(misses) > MISSES else []
    if answer.not_scorable:
        lines += ["", f"Not scorable ({len(answer.not_scorable)}):"]
        for reason in sorted({r for _, r in answer.not_scorable}):
            ids = [id for id, r in answer.not_scorable if r == reason]
            lines.append(wrapped(f"- {reason}: {', '.join(ids)}", "  "))
    return "\n".join(lines) + "\n"


def _score(s: Score) -> str:
    counts = f"effects {s.effects_found}/{s.effects}, no effects {s.nones_found}/{s.nones}"
    if s.balanced_accuracy is None or s.low is None or s.high is None:
        return f"  {s.name}: balanced accuracy not defined, only one answer occurs; {counts}"
    return f"  {s.name}: balanced accuracy {s.balanced_accuracy:.3f} ({s.low:.3f} to {s.high:.3f}); {counts}"
