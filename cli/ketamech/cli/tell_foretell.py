"""How predictions and their scores read in a terminal."""

from __future__ import annotations

from ketamech.cli.formats import clean
from ketamech.cli.tell import wrapped
from ketamech.graph.prediction_answers import PredictAnswer, Score, ValidateAnswer

MISSES = 40
PLAIN = 0.3


def predict_text(answer: PredictAnswer) -> str:
    """Tell what becomes of each outcome, why, and by which route the rest goes on."""
    lines = [f"Without {answer.target.name}, of what {answer.drug.name} does:"]
    for verdict in ("abolished", "attenuated", "untouched", "undetermined"):
        found = [p for p in answer.predictions if p.verdict == verdict]
        if not found:
            continue
        lines += ["", f"{verdict.capitalize()}:"]
        for p in found:
            lost = "" if p.lost is None else f", {p.lost:.0%} of route strength lost"
            lines.append(wrapped(f"- {p.outcome.name} (log odds {p.log_odds:+.2f}{lost})", "  "))
            told = f"tested: {', '.join(p.recorded)}" if p.recorded else f"foretold, because: {_why(p.terms)}"
            lines.append(wrapped(told, "      "))
            if p.remaining:
                lines.append(wrapped(f"still open: {' -> '.join(p.remaining)}", "      "))
    for outcome, cuts in answer.cuts.items():
        told = "; ".join(" + ".join(c) for c in cuts)
        lines += ["", wrapped(f"Smallest sets that cut every route to {outcome}: {told or 'none'}")]
    lines += ["", "Foretold from the graph; `ketamech validate` tells how often such predictions came true."]
    return "\n".join(lines) + "\n"


def _why(terms: tuple[tuple[str, str, float], ...]) -> str:
    told = [f"{f} {v} ({w:+.2f})" for f, v, w in sorted(terms, key=lambda t: -abs(t[2]))]
    return ", ".join(told)


def validate_text(answer: ValidateAnswer) -> str:
    """Tell the scores, then the misses with their reasons, then what could not be scored."""
    total = len(answer.scored) + len(answer.not_scorable)
    lines = [f"{len(answer.scored)} of {total} experiments could be scored, each without its own group's papers.", ""]
    lines += [_score(s) for s in (answer.score, *answer.others)]
    misses = [s for s in answer.scored if not s.hit]
    lines += ["", f"Misses ({len(misses)}):"]
    for s in misses[:MISSES]:
        said = "effect" if s.predicted else "no effect"
        lines.append(clean(f"  - {s.experiment.id}: foretold {said}, observed {s.experiment.observed}"))
        lines.append(wrapped(_why(tuple(t for t in s.terms if abs(t[2]) >= PLAIN)), "      "))
    lines += [f"  ... and {len(misses) - MISSES} more (see --format json)"] if len(misses) > MISSES else []
    if answer.not_scorable:
        lines += ["", f"Not scorable ({len(answer.not_scorable)}):"]
        lines += [clean(f"  - {id}: {reason}") for id, reason in answer.not_scorable]
    return "\n".join(lines) + "\n"


def _score(s: Score) -> str:
    counts = f"effects {s.effects_found}/{s.effects}, no effects {s.nones_found}/{s.nones}"
    return f"  {s.name}: balanced accuracy {s.balanced_accuracy:.3f} ({s.low:.3f} to {s.high:.3f}); {counts}"
