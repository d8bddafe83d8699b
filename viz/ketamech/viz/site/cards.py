"""Findings as they are printed: what was found, by whom, in which circumstances, and how to dispute it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ketamech.graph.identifiers import paper_url
from ketamech.graph.model import Claim, Comparison, Experiment, Paper, Record
from ketamech.graph.views import context_dict, evidence_dict
from ketamech.graph.vocabulary import PREDICATES
from ketamech.viz.site.addresses import anchor
from ketamech.viz.site.shell import Shell

LABELS: Final = {
    "cell_type": "cell type",
    "time": "hour",
}
OBSERVED: Final = {
    "no_effect": "leaves unchanged",
    "mimics": "acts like the drug on",
    "restores": "brings back",
    "occludes": "leaves nothing to add to",
}
RESULTS: Final = {"more": "more than", "less": "less than", "equal": "as much as"}
STANCE_WORDS: Final = {"supports": "for", "refutes": "against", "no_effect": "no effect seen"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold words of a sentence, and where they lead."""

    text: str
    href: str | None = None
    css: str = ""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """Hold a paper as it is cited: its words, its page, its public pages."""

    text: str
    href: str | None
    links: tuple[Piece, ...]
    retracted: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Card:
    """Hold one finding; `anchor` is empty where the same page shows it a second time."""

    id: str
    anchor: str
    word: str
    css: str
    said: tuple[Piece, ...]
    summary: str
    facts: tuple[tuple[str, str], ...]
    paper: PaperLine
    href: str | None
    dispute: str


class Cards:
    """Make the cards of one page, each with its anchor the first time only; papers write how to dispute them."""

    def __init__(self, shell: Shell, names: Mapping[str, str], *, disputable: bool = False) -> None:
        self.shell = shell
        self.names = names
        self.disputable = disputable or shell.links.alone
        self._shown: set[str] = set()

    def all(self, records: Iterable[Record]) -> list[Card]:
        """Make a card of every record, in the order given."""
        return [self.card(r) for r in records]

    def card(self, record: Record) -> Card:
        """Make one card."""
        first = record.id not in self._shown
        self._shown.add(record.id)
        word, css = _stance(record)
        said = sentence(record, self.names, self.shell)
        cited = paper_line(record.paper, self.shell)
        here = self.disputable and first
        return Card(
            record.id,
            anchor(record.id) if first else "",
            word,
            css,
            said,
            record.summary,
            _facts(record, self.names),
            cited,
            self.shell.links.finding(record.id),
            dispute(record, said, cited, self.shell) if here else "",
        )


def sentence(record: Record, names: Mapping[str, str], shell: Shell) -> tuple[Piece, ...]:
    """Say a record in a sentence whose things lead to their pages."""

    def thing(id: str) -> Piece:
        return Piece(names[id], shell.links.entity(id), "thing")

    if isinstance(record, Claim):
        rule = PREDICATES[record.predicate]
        sign = record.sign if rule.own_sign else rule.sign
        direction = {1: " (more with more)", -1: " (more with less)"}.get(record.sign, "") if rule.own_sign else ""
        css = {1: "plus", -1: "minus"}.get(sign, "open")
        return (thing(record.subject), Piece(rule.verb, css=f"verb {css}"), thing(record.object), Piece(direction))
    if isinstance(record, Experiment):
        made: list[Piece] = []
        for i, done in enumerate(record.interventions):
            made += [Piece("+")] if i else []
            made += [Piece(f"{done.mode.replace('_', ' ')} of"), thing(done.target), Piece(f"({done.agent})")]
        made.append(Piece(OBSERVED.get(record.observed, record.observed), css="verb"))
        if record.drug and record.observed != "mimics":
            made += [Piece("the effect of"), thing(record.drug), Piece("on")]
        return (*made, thing(record.outcome))
    if isinstance(record, Comparison):
        words = f"does {RESULTS.get(record.result, record.result)}"
        return (
            *(thing(record.a), Piece(words, css="verb"), thing(record.b)),
            *(Piece("on"), thing(record.outcome), Piece(f"({record.aspect})")),
        )
    value = f"{record.parameter} {record.relation} {record.value_nm:g} nM"
    return (thing(record.ligand), Piece("binds", css="verb"), thing(record.target), Piece(f"({value})"))


def _stance(record: Record) -> tuple[str, str]:
    if isinstance(record, Claim):
        return STANCE_WORDS[record.stance], "good" if record.stance == "supports" else "bad"
    if isinstance(record, Experiment):
        return record.observed.replace("_", " "), "bad" if record.observed == "no_effect" else "good"
    return ("comparison", "good") if isinstance(record, Comparison) else ("affinity", "good")


def _facts(record: Record, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    given: dict[str, Any]
    if isinstance(record, Claim | Experiment):
        given = evidence_dict(record, names)["context"]
    else:
        given = context_dict(record.context, names)
    facts = [(LABELS.get(key, key.replace("_", " ")), str(value)) for key, value in given.items()]
    if isinstance(record, Claim):
        facts += [("mechanism", record.mechanism)] if record.mechanism else []
        facts += [("directness", record.directness)]
    if isinstance(record, Experiment):
        facts += [("aspect", record.aspect)]
        facts += [("measured at", record.measured_at.text)] if record.measured_at else []
        facts += [("control", record.control)] if record.control else []
    if isinstance(record, Claim | Experiment):
        facts.append(("tier", record.tier))
    facts.append(("read", record.read))
    return tuple(facts)


def paper_line(paper: Paper, shell: Shell) -> PaperLine:
    """Cite a paper."""
    return PaperLine(
        paper.cited,
        shell.links.paper(paper.key),
        public_links(paper),
        paper.retracted,
        paper.kind,
    )


def public_links(paper: Paper) -> tuple[Piece, ...]:
    """Give DOI and PubMed number with their pages; what is no such number leads nowhere."""
    found = [Piece(f"doi:{paper.doi}", paper_url(paper.doi, None))] if paper.doi else []
    found += [Piece(f"PMID:{paper.pmid}", paper_url(None, paper.pmid))] if paper.pmid else []
    return tuple(found)


def words_of(said: Iterable[Piece]) -> str:
    """Give a sentence without its links."""
    return " ".join(p.text.strip() for p in said if p.text.strip())


def dispute(record: Record, said: Iterable[Piece], cited: PaperLine, shell: Shell) -> str:
    """Write a text with which the finding can be disputed, to be filled in and sent."""
    identifiers = " ".join(p.text for p in cited.links)
    return (
        f"Dispute of {record.id} (ketamech knowledge {shell.data_version or 'of unknown version'})\n"
        f"It states: {words_of(said)}.\n"
        f"In words: {record.summary}\n"
        f"Paper: {cited.text} {identifiers}\n"
        "What is wrong (stance, thing, region, species, hour, dose …):\n"
        "Where the paper says otherwise (page, figure, sentence):\n"
        "What would be right:\n"
    )
