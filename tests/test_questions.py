"""docs/questions.md: every command of it still gives the answer that the document tells."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from conftest import Ask

from ketamech.graph.model import Claim, Comparison, Experiment
from ketamech.graph.vocabulary import SPECIES
from ketamech.loaders import load_default

DOCUMENT = (Path(__file__).parent.parent / "docs" / "questions.md").read_text(encoding="utf-8")
NUMBERS = range(1, 39)


@dataclass(frozen=True)
class Case:
    """Hold one command of a question with what its answer must and must not hold: ids of evidence, or names."""

    number: int
    command: str
    must: list[str]
    must_not: list[str]


# One command of a question, then what its answer must (+) and must not (-) hold: ids of evidence, or names.
TABLE = """
1. paths ketamine "antidepressant-like behaviour" --by 3h
    + wired2019.spines-absent-early | chen2024.lhb-nmdar-block | lewis2022.nmdar-pv
    + lepack2015.ampar-bdnf-release | autry2011.eef2-phosphorylation-bdnf-translation
    - dendritic spine formation | dendritic spine density | li2010.mtor-spines | modasava2019.spines-escape
2. paths ketamine "antidepressant-like behaviour" --after 12h
    + li2010.mtor-spines | modasava2019.spines-escape | ma2023.nmdar-block-24h | lepack2015.ampar-bdnf-release
    - wired2019.spines-absent-early | pryazhnikov2018.formation-null-early
2. evidence ketamine "burst firing"
    + ma2023.bursts-24h
    - human
3. blockades --drug ketamine --target "dendritic spine formation"
    + modasava2019.spines-not-needed-early | modasava2019.spines-needed-late
    - li2010.mtor-block-spines
4. blockades --drug ketamine --outcome "motivated escape behaviour"
    + modasava2019.spines-needed-late | modasava2019.spines-not-needed-early
    - sucrose preference | anxiety-like behaviour
5. evidence "antidepressant-like behaviour" "dendritic spine formation"
    + wired2019.behaviour-first
    - wired2019.spines-late
5. evidence ketamine "prefrontal ensemble activity"
    + modasava2019.ketamine-ensembles
    - wired2019.spines-late
6. timeline ketamine --species human
    + zarate2006.onset | zarate2006.week | murrough2013.madrs | berman2000.hamd | lii2023.response-masked
    + kishimoto2016.ketamine-lost
    - mouse | rat | macaque
7. evidence ketamine "antidepressant-like behaviour"
    + sciencenews2019.behaviour-3h | nami2019.behaviour-3h
    - human
8. evidence ketamine "dendritic spine formation"
    + modasava2019.ketamine-spines | wired2019.spines-late | nami2019.spines-24h
    - arketamine | yang2015r.r-spines-pfc
9. evidence "chronic stress" "dendritic spine elimination"
    + modasava2019.stress-spine-loss
    - wired2019.stress-hormone-spines
9. evidence "acute stress" "dendritic spine density"
    + hajszan2010.stress-spines
    - modasava2019.stress-spine-loss
10. conflicts ketamine "dendritic spine formation"
    + pryazhnikov2018.formation-late | pryazhnikov2018.formation-null-early | phoumthipphavong2016.ketamine-formation
    - modasava2019.stress-spine-loss | yang2015r.r-spines-dg
11. evidence ketamine "NMDA receptor"
    + chen2024.lhb-nmdar-block | chen2024.hippocampus-no-block | ma2023.nmdar-block-24h | yang2018csds.ketamine-nmdar
    - lumsden2019.hnk-nmdar-field | gideons2014.memantine-nmdar-no-mg
12. blockades --drug ketamine --outcome "NMDA receptor"
    + chen2024.hippocampus-activated | chen2024.lhb-inactivated
    - chen2024.lhb-nmdar-ko-behaviour | chen2024.lhb-nmdar-ko-bdnf
13. blockades --target "NMDA receptor" --region "lateral habenula"
    + chen2024.lhb-nmdar-ko-behaviour | yang2018.local-nmdar-block
    - gerhard2020.glun2b-pv | pozzi2014.pv-nr1-drug-response
14. blockades --drug ketamine --target "NMDA receptor" --region hippocampus
    + chen2024.lhb-nmdar-ko-bdnf | chen2024.lhb-nmdar-ko-serotonin
    - chen2024.lhb-nmdar-ko-behaviour
15. conflicts ketamine "lateral habenula"
    + zhou2021.sustained-without-lhb | chen2024.lhb-nmdar-ko-behaviour | ma2023.activation-prolongs
    + yang2018csds.ketamine-nmdar | chen2024.hippocampus-no-block
    - carlson2013.habenula
16. evidence ketamine "regional glucose metabolism"
    + carlson2013.habenula | carlson2013.prefrontal | carlson2013.whole-brain
    - mouse | rat
17. compare ketamine MK-801 "Ro 25-6981" memantine
    + maeng2008.mk801-duration | maeng2008.ro256981-duration | gideons2014.behaviour
    - traxoprodil | lanicemine
17. evidence traxoprodil "MADRS score"
    + preskorn2008.madrs
    - mouse | rat
17. evidence lanicemine "MADRS score"
    + sanacora2017.madrs-50 | sanacora2017.madrs-100
    - mouse | rat
18. compare ketamine memantine
    + gideons2014.rest-block-mg | gideons2014.eef2 | gideons2014.bdnf
    - MK-801 | maeng2008.mk801-duration
19. hypotheses compare direct-inhibition hnk-metabolite
    + chen2024.lhb-nmdar-ko-behaviour | gerhard2020.glun2b-principal | adaikkan2018.eef2k-ko-behaviour
    + sanacora2017.nmdar-block-madrs
    - gerhard2020.glun2b-pv | deyama2019.vegf-knockout
20. conflicts "(2R,6R)-HNK"
    + zanos2016.hnk-fst | aleksandrova2020.hnk-fst | shirayama2018_plasticity.hnk | bonaventura2022.hnk-nmdar
    - farmer2020.norketamine-response
20. evidence "(2R,6R;2S,6S)-HNK" "antidepressant response"
    + farmer2020.hnk-response
    - farmer2020.norketamine-response
21. blockades --drug ketamine --target "AMPA receptor"
    + maeng2008.nbqx-behaviour | zhou2014ampa.nbqx-fst | fukumoto2016.nbqx-mpfc-fst | nishitani2014.raphe-ampa-block
    + yamanaka2014.nbqx-abolishes-5ht1b-rise | lepack2015.ampar-release
    - human | zanos2016.nbqx-hnk-fst
22. conflicts ketamine mTORC1
    + li2010.mtor-block-behaviour | abdallah2020.rapamycin-madrs-24h | abdallah2020.rapamycin-response-2wk
    + fukumoto2018.mtorc1-block-fst
    - yang2018_plasticity.rapamycin-s
23. search BDNF
    + HGNC:1033 | ketamech:bdnf-release | ketamech:bdnf-translation | ketamech:plasma-bdnf
    - HGNC:8032
23. evidence ketamine "BDNF release"
    + lepack2015.ketamine-bdnf-release | lepack2015.ltype-release | lepack2015.ampar-release
    - haile2014.ketamine-bdnf | autry2011.ketamine-bdnf-translation
23. evidence ketamine "plasma BDNF"
    + haile2014.ketamine-bdnf | allen2015.ketamine-bdnf-later
    - lepack2015.ketamine-bdnf-release
24. blockades --drug ketamine --target VEGF
    + deyama2019.vegf-antibody | deyama2019.vegf-knockout
    - zheng2021vegfplasma.ketamine-vegf
24. blockades --drug ketamine --target "VEGF receptor 2"
    + deyama2019.flk1-knockdown | deyama2019.flk1-knockout
    - deyama2019.vegf-antibody
25. blockades --target "NMDA receptor" --cell-type "GABAergic interneuron"
    + gerhard2020.glun2b-gad1 | gerhard2020.glun2b-sst | gerhard2020.glun2b-pv | pozzi2014.pv-nr1-drug-response
    + picard2019.glun2a-pv-gamma
    - gerhard2020.glun2b-principal | chen2024.lhb-nmdar-ko-behaviour
26. evidence ketamine "visual cortex"
    + picard2019.visual-response | picard2019.glun2a-pv-visual
    - human | antidepressant-like behaviour
26. blockades --drug ketamine --sex female
    + dinis2024.opioid-block-female | dinis2024.sensitisation-female | dolzani2018.silence-projection
    - gerhard2020.glun2b-pv | human
26. evidence ketamine "excitatory synaptic transmission" --sex female --strict-context
    + gerhard2020.epsc-up-1um
    - human | li2010.ketamine-epsc
26. paths ketamine "antidepressant effect" --sex female --strict-context
    + andrashko2020.response | zaytseva2023.ketamine-tst
    - NMDA receptor | murrough2013.madrs
27. evidence ketamine "serotonin release"
    + yamamoto2013.serotonin-rise | nishitani2014.ketamine-serotonin | nishitani2014.ketamine-in-raphe-null
    + kinoshita2018.pptg-lesion | nishitani2014.raphe-nicotinic-block | amat2016.ketamine-serotonin-2h
    - human | ago2019.r-ketamine-serotonin
28. blockades --target "serotonin release"
    + gigliucci2013.depletion-24h | dujardin2018.depletion-acute | dujardin2018.5ht1b-agonist-rescue-sustained
    + yin2024.depletion-1h | yin2024.depletion-24h
    - human | tiger2020.5ht1b-binding-null
29. evidence ketamine "5-HT1B binding"
    + yamanaka2014.5ht1b-binding-accumbens | yamanaka2014.nbqx-abolishes-5ht1b-rise | tiger2020.5ht1b-binding-null
    + tiger2020.5ht1b-binding-hippocampus
    - mouse | yangkc2018.serotonin-lowers-5ht1b-binding
29. evidence "5-HT1B binding" "antidepressant response"
    + tiger2020.baseline-binding-response
    - macaque
30. conflicts ketamine "SERT binding"
    + yamamoto2013.sert-binding-during-infusion | yamamoto2013.sert-binding-24h | spies2018.sert-binding-null
    + schlosser2025.sert-binding-null
    - yamanaka2014.5ht1b-binding-accumbens
31. blockades --drug ketamine --target "AMPA receptor" --species macaque
    + yamanaka2014.nbqx-abolishes-5ht1b-rise | yamanaka2014.nbqx-spares-sert-fall
    - mouse | rat | fukumoto2016.nbqx-mpfc-fst
32. conflicts ketamine "prefrontal global brain connectivity"
    + abdallah2018gbc.ketamine-gbc | kraus2020.ketamine-gbc-patients | kraus2020.ketamine-gbc-healthy
    - abdallah2018gbc.lanicemine-gbc | mouse
33. show "glucocorticoid receptor"
    + chronic stress | HGNC:7978
    - ketamine
33. evidence ketamine corticosterone
    + cort2020.ketamine-corticosterone | birnie2022.corticosterone-inactive | cort2020.anaesthetised-null
    - human
33. blockades --target FKBP51
    + anderzhanova2020.fkbp51-ko-bdnf | anderzhanova2020.fkbp51-ko-tst
    - cort2020.ketamine-corticosterone
34. evidence ketamine "blood inflammatory markers" --indication depression
    + dale2012.ketamine-il6 | chenmh2018.tnf-240min | cathomas2022.no-anti-inflammation
    - dale2012.ketamine-il6 | mouse | rat
34. paths ketamine "antidepressant effect" --species human --indication depression --strict-context
    + murrough2013.madrs | zarate2006.onset
    - feder2021.ketamine-madrs | NMDA receptor | mouse | rat
35. paths ketamine "antidepressant effect" --species human --strict-context
    + murrough2013.madrs | lii2023.madrs-masked
    - li2010.mtor-spines | gerhard2020.glun2b-pv | modasava2019.ketamine-escape | mouse | rat
35. gaps ketamine "antidepressant effect"
    + rodent | in vitro | farmer2020.ketamine-norketamine | milak2016.ketamine-gaba | murrough2013.madrs
    - macaque
35. blockades --drug ketamine --species human
    + abdallah2020.rapamycin-madrs-24h | williams2018.naltrexone-day1 | yoon2025.naltrexone
    - gerhard2020.glun2b-pv | yang2018.local-nmdar-block | modasava2019.spines-needed-late | mouse | rat
35. timeline ketamine --species human
    + MADRS score | 5-HT1B binding | plasma BDNF | prefrontal global brain connectivity | functional connectivity
    - dendritic spine formation | forced-swim immobility | mouse | rat
36. stats --weak
    + zhou2021.sustained-without-lhb | wired2019 | nami2019 | sciencenews2019 | title | review
    - chen2024.lhb-nmdar-ko-behaviour
37. blockades --drug ketamine --mode lowered --observed no_effect
    + pozzi2014.pv-nr1-drug-response | gerhard2020.glun2b-principal | kinoshita2018.ldtg-lesion
    + modasava2019.spines-not-needed-early | abdallah2020.rapamycin-madrs-24h | yamanaka2014.nbqx-spares-sert-fall
    - gerhard2020.glun2b-pv | modasava2019.spines-needed-late | abdallah2020.rapamycin-response-2wk
38. conflicts
    + zhou2021.sustained-without-lhb | kraus2020.ketamine-gbc-patients | tiger2020.5ht1b-binding-null
    + yin2024.depletion-1h | abdallah2020.rapamycin-madrs-24h | pozzi2014.pv-nr1-drug-response
    - donahue2014.icss-anhedonia | deyama2019.vegf-antibody
38. evidence ketamine "self-stimulation threshold"
    + donahue2014.ketamine-icss-null
    - human
"""


def cases() -> Iterator[Case]:
    """Read the table."""
    for number, command, held in re.findall(r"^(\d+)\. (.+)\n((?:    .+\n)+)", TABLE, flags=re.MULTILINE):
        lines = [line.strip().split(maxsplit=1) for line in held.splitlines()]
        must, must_not = ([word for sign, rest in lines if sign == mark for word in rest.split(" | ")] for mark in "+-")
        yield Case(int(number), command, must, must_not)


CASES = list(cases())


BESIDE = frozenset({"set_aside", "context_unknown"})


def words(value: object, skip: Collection[str] = ()) -> Iterator[str]:
    """Give every key and every text of an answer, save what stands under some keys."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in skip:
                yield key
                yield from words(inner, skip)
    elif isinstance(value, list):
        for inner in value:
            yield from words(inner, skip)
    elif isinstance(value, str):
        yield value


@cache
def sayable() -> frozenset[str]:
    """Give every id and name that an answer could hold."""
    graph = load_default()
    knowledge = graph.knowledge
    records: list[Claim | Experiment | Comparison] = [
        *knowledge.claims,
        *knowledge.experiments,
        *knowledge.comparisons,
    ]
    names = (e.name for e in graph.entities.values())
    return frozenset((*(r.id for r in records), *names, *graph.entities, *SPECIES))


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.number}: {c.command}")
def test_a_question_is_answered(ask: Ask, case: Case) -> None:
    """The answer holds the findings that carry it, both sides of a dispute, and nothing that does not belong.

    What an answer sets aside, or names as not reporting what was asked, counts as told, not as part of the answer.
    """
    answer = json.loads(ask(*shlex.split(case.command), "--format", "json").out)
    assert [w for w in case.must if w not in set(words(answer))] == []
    assert [w for w in case.must_not if w in set(words(answer, skip=BESIDE))] == []


def test_what_must_not_be_said_could_be() -> None:
    """A case can fail: what must be missing is known to the knowledge, and every case asks for something."""
    assert [w for c in CASES for w in c.must_not if w not in sayable()] == []
    assert [c.command for c in CASES if not c.must or not c.must_not] == []


def sections() -> dict[int, tuple[list[str], str]]:
    """Read the document: of each question its commands, and the text of its answer."""
    found = {}
    for section in re.split(r"^## ", DOCUMENT, flags=re.MULTILINE)[1:]:
        number, block, answer = re.fullmatch(r"(\d+)\. .*?\n```sh\n(.*?)\n```\n(.*)", section, re.DOTALL).groups()  # type: ignore[union-attr]
        found[int(number)] = ([line.removeprefix("ketamech ") for line in block.splitlines()], answer)
    return found


def test_the_document_holds_these_commands() -> None:
    """Document and cases name the same questions and the same commands in the same order."""
    asked: dict[int, list[str]] = {}
    for case in CASES:
        asked.setdefault(case.number, []).append(case.command)
    assert {number: commands for number, (commands, _) in sections().items()} == asked
    assert list(sections()) == list(NUMBERS)


@pytest.mark.parametrize("number", NUMBERS)
def test_an_answer_cites_what_was_checked(number: int) -> None:
    """Every evidence id in the prose of an answer is one that its commands are held to."""
    cited = re.findall(r"\b[a-z]\w*\d{4}\w*\.[a-z0-9][a-z0-9-]*", sections()[number][1])
    checked = {word for case in CASES if case.number == number for word in case.must}
    assert cited != []
    assert [id for id in cited if id not in checked] == []
