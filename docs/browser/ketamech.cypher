// Affinities: how tightly ligands hold a target, in nanomoles per litre, the tightest first.
WITH
  'NMDA receptor' AS target,  // name, synonym or CURIE, its parts and kinds included; null: any
  null AS ligand              // name, synonym or CURIE; null: any
MATCH (l:Entity)<-[:OF_LIGAND]-(a:Affinity)-[:AT_TARGET]->(t:Entity), (a)-[:CITES]->(p:Publication)
WHERE (ligand IS NULL OR l.id = ligand OR l.name = ligand OR ligand IN l.synonyms)
  AND (target IS NULL OR EXISTS {
    MATCH (t)-[part:IS_A|PART_OF WHERE part.edge_id IS NULL]->{0,12}(whole:Entity)
    WHERE whole.id = target OR whole.name = target OR target IN whole.synonyms
  })
RETURN l.name AS ligand, t.name AS target, a.parameter AS parameter, a.relation AS relation, a.value_nm AS value_nm,
  a.species AS species, p.name AS paper, a.id AS affinity
ORDER BY value_nm, ligand, affinity;

// Blockades: what was blocked, removed or driven, and what came of it; null leaves a field open.
WITH
  'ketamine' AS drug,          // the drug whose effect was watched: name, synonym or CURIE
  'AMPA receptor' AS target,   // what was blocked or driven, its parts and kinds included
  null AS outcome,             // what was measured
  null AS mode,                // such as antagonist, knockout, lesion, stimulation
  100 AS most                  // at most so many
MATCH (x:Experiment)-[done:BLOCKS|DRIVES|ALTERS]->(t:Entity), (x)-[:OUTCOME]->(o:Entity), (x)-[:CITES]->(p:Publication)
WHERE (mode IS NULL OR done.mode = mode)
  AND (outcome IS NULL OR o.id = outcome OR o.name = outcome OR outcome IN o.synonyms)
OPTIONAL MATCH (x)-[:OF_DRUG]->(d:Entity)
WITH drug, target, most, x, done, t, o, p, d
WHERE drug IS NULL OR d.id = drug OR d.name = drug OR drug IN d.synonyms
WITH most, target, x, done, t, o, p, d
WHERE target IS NULL OR EXISTS {
  MATCH (t)-[part:IS_A|PART_OF WHERE part.edge_id IS NULL]->{0,12}(whole:Entity)
  WHERE whole.id = target OR whole.name = target OR target IN whole.synonyms
}
WITH most, x, done, t, o, p, d
ORDER BY t.name, o.name, x.id, done.order
WITH most, collect({drug: d.name, mode: done.mode, agent: done.agent, target: t.name, outcome: o.name,
  observed: x.observed, aspect: x.aspect, species: x.species, summary: x.summary, paper: p.name, id: x.id}) AS found
UNWIND found[0..most] AS row
RETURN row.drug AS drug, row.mode AS mode, row.agent AS agent, row.target AS target, row.outcome AS outcome,
  row.observed AS observed, row.aspect AS aspect, row.species AS species, row.summary AS summary, row.paper AS paper,
  row.id AS experiment;

// Compare drugs: what each of them raises, lowers or binds, the things that most of them touch first.
WITH
  ['ketamine', 'MK-801', 'memantine'] AS drugs, // names, synonyms or CURIEs
  1 AS fewest                                   // only what at least so many of them touch
UNWIND drugs AS drug
MATCH (d:Entity)
WHERE d.id = drug OR d.name = drug OR drug IN d.synonyms
WITH DISTINCT d, fewest
MATCH (d)-[r:ACTIVATES|INHIBITS|INCREASES|DECREASES|MODULATES|CONVERTS_TO|BINDS]->(o:Entity)
WHERE r.edge_id IS NOT NULL AND NOT r.derived
WITH o, d, r, fewest
ORDER BY d.name, r.predicate
WITH o, fewest, count(DISTINCT d) AS touched,
  collect(d.name + ' ' + r.predicate + ' (' + r.supporting + ' for, ' + (r.refuting + r.no_effect) + ' against)') AS found
WHERE touched >= fewest
RETURN o.name AS element, o.kind AS kind, touched, found AS effects, o.id AS id
ORDER BY touched DESC, kind, element, id;

// Conflicts: pairs of entities on which findings contradict each other, those with most objections first.
// Findings object when they saw the opposite or nothing; causes and associations are counted apart.
WITH
  null AS entity,     // only pairs with this entity at one end: name, synonym or CURIE
  1 AS fewest,        // at least so many objections
  50 AS most          // at most so many pairs
MATCH (s:Entity)<-[:ABOUT_SUBJECT]-(e:Evidence)-[:ABOUT_OBJECT]->(o:Entity), (e)-[:CITES]->(p:Publication)
WHERE coalesce(p.retracted, false) = false
  AND NOT e.predicate IN ['is_a', 'part_of', 'located_in', 'is_readout_of', 'precedes']
  AND (entity IS NULL OR any(n IN [s, o] WHERE n.id = entity OR n.name = entity OR entity IN n.synonyms))
WITH fewest, most, s, o, e.predicate IN ['correlates_with', 'predicts'] AS association,
  CASE WHEN e.stance <> 'supports' THEN 'against'
    WHEN e.predicate IN ['activates', 'increases', 'converts_to'] OR e.sign = 1 THEN 'raises'
    WHEN e.predicate IN ['inhibits', 'decreases'] OR e.sign = -1 THEN 'lowers'
    ELSE 'changes' END AS says, e
WITH fewest, most, s, o, association,
  count(CASE says WHEN 'raises' THEN 1 END) AS raises, count(CASE says WHEN 'lowers' THEN 1 END) AS lowers,
  count(CASE says WHEN 'changes' THEN 1 END) AS changes, count(CASE says WHEN 'against' THEN 1 END) AS against
WITH fewest, most, s, o, association, raises, lowers, changes, against,
  against + CASE WHEN raises < lowers THEN raises ELSE lowers END AS objections
WHERE raises + lowers + changes > 0 AND objections >= fewest
WITH most, s, o, association, raises, lowers, changes, against, objections
ORDER BY objections DESC, s.id, o.id, association
WITH most, collect({subject: s.name, object: o.name, association: association, raises: raises, lowers: lowers,
  changes: changes, against: against, objections: objections, subject_id: s.id, object_id: o.id}) AS found
UNWIND found[0..most] AS row
RETURN row.subject AS subject, row.object AS object, row.association AS association, row.raises AS raises,
  row.lowers AS lowers, row.changes AS changes, row.against AS against, row.objections AS objections,
  row.subject_id AS subject_id, row.object_id AS object_id;

// Evidence of an edge: every finding on what one entity does to another, for and against, with its circumstances.
WITH
  'ketamine' AS subject,       // name, synonym or CURIE
  'NMDA receptor' AS object,   // name, synonym or CURIE
  null AS predicate            // only this predicate, such as inhibits
MATCH (s:Entity)
WHERE s.id = subject OR s.name = subject OR subject IN s.synonyms
MATCH (o:Entity)
WHERE o.id = object OR o.name = object OR object IN o.synonyms
MATCH (s)<-[:ABOUT_SUBJECT]-(e:Evidence)-[:ABOUT_OBJECT]->(o), (e)-[:CITES]->(p:Publication)
WHERE predicate IS NULL OR e.predicate = predicate
RETURN s.name AS subject, e.predicate AS predicate, o.name AS object, e.stance AS stance, e.summary AS summary,
  e.species AS species, e.dose AS dose, e.time AS time, e.read AS read, p.name AS paper, p.doi AS doi, p.pmid AS pmid,
  p.retracted AS retracted, e.id AS evidence
ORDER BY predicate, evidence;

// Find an entity: every name, synonym or identifier that holds a text, the shortest names first.
WITH
  'hnk' AS text, // part of a name, in capitals or not
  25 AS most     // at most so many
MATCH (e:Entity)
WITH e, most, [n IN [e.name, e.id] + coalesce(e.synonyms, []) WHERE toLower(n) CONTAINS toLower(text)] AS matched
WHERE size(matched) > 0
WITH e, matched, most
ORDER BY size(e.name), e.name, e.id
WITH most, collect({id: e.id, name: e.name, kind: e.kind, matched: matched}) AS found
UNWIND found[0..most] AS row
RETURN row.id AS id, row.name AS name, row.kind AS kind, row.matched AS matched;

// Gaps: what the steps of the strongest paths lack, step by step: second papers, second groups, people.
WITH
  'ketamine' AS source,                      // where the paths start: name, synonym or CURIE
  'antidepressant-like behaviour' AS target, // where they end
  5 AS k,                                    // how many paths
  5 AS max_length                            // at most so many steps; 8 is the most that is looked at
MATCH (a:Entity)
WHERE a.id = source OR a.name = source OR source IN a.synonyms
MATCH (b:Entity)
WHERE b.id = target OR b.name = target OR target IN b.synonyms
MATCH path = (a)
  (()-[step:ACTIVATES|INHIBITS|INCREASES|DECREASES|MODULATES|CONVERTS_TO
    WHERE step.directness <> 'overall' AND step.strength > 0]->()){0,7}
  ()-[last:ACTIVATES|INHIBITS|INCREASES|DECREASES|MODULATES|CONVERTS_TO|IS_READOUT_OF
    WHERE (last.directness <> 'overall' OR last.predicate = 'is_readout_of') AND last.strength > 0]->(b)
WHERE length(path) <= max_length AND all(n IN nodes(path) WHERE single(m IN nodes(path) WHERE m = n))
WITH path, k, round(reduce(p = 1.0, r IN relationships(path) | p * r.strength), 9) AS score,
  [r IN relationships(path) | r.edge_id] AS edges
ORDER BY score DESC, length(path), edges
WITH k, collect(path) AS found
UNWIND range(1, CASE WHEN size(found) < k THEN size(found) ELSE k END) AS rank
WITH rank, relationships(found[rank - 1]) AS steps
UNWIND range(1, size(steps)) AS number
WITH rank, number, steps[number - 1] AS r
OPTIONAL MATCH (e:Evidence|Experiment)-[:CITES]->(p:Publication)
WHERE e.id IN r.evidence AND (e.stance = 'supports' OR (e:Experiment AND e.observed <> 'no_effect'))
WITH rank, number, r, count(DISTINCT p) AS papers, count(DISTINCT coalesce(p.group, p.id)) AS groups,
  count(CASE e.species WHEN 'human' THEN 1 END) AS human
RETURN rank, number AS step, startNode(r).name AS subject, r.predicate AS predicate, endNode(r).name AS object,
  r.strength AS strength, r.derived AS derived, papers, groups, human > 0 AS in_people, r.edge_id AS edge
ORDER BY rank, step;

// Head to head: how one compound did against another on the same outcome.
WITH
  'ketamine' AS drug,  // one of the two: name, synonym or CURIE
  null AS other,       // the other one; null: any
  null AS aspect       // size, onset, duration, potency or safety; null: any
MATCH (x:Entity)<-[:COMPARES_A]-(c:Comparison)-[:COMPARES_B]->(y:Entity),
  (c)-[:OUTCOME]->(o:Entity), (c)-[:CITES]->(p:Publication)
WHERE (aspect IS NULL OR c.aspect = aspect)
  AND any(n IN [x, y] WHERE n.id = drug OR n.name = drug OR drug IN n.synonyms)
  AND (other IS NULL OR any(n IN [x, y] WHERE n.id = other OR n.name = other OR other IN n.synonyms))
RETURN x.name AS a, c.result AS result, y.name AS than, c.aspect AS aspect, o.name AS outcome, c.species AS species,
  c.summary AS summary, p.name AS paper, c.id AS comparison
ORDER BY a, than, aspect, comparison;

// Hypothesis: the steps of one account in order, with the strength of each edge; null strength: nobody tested it.
WITH
  'disinhibition' AS hypothesis  // its short name, or its name
MATCH (h:Hypothesis)
WHERE h.id = hypothesis OR h.name = hypothesis
MATCH (h)-[:HAS_STEP]->(step:HypothesisStep)-[:STEP_FROM]->(s:Entity), (step)-[:STEP_TO]->(o:Entity)
OPTIONAL MATCH edge = (s)-[r]->(o)
WHERE r.edge_id IS NOT NULL AND r.predicate = step.triple[1]
WITH h, step, s, o, r, edge
ORDER BY h.id, step.order, r.derived
WITH h, step, s, o, collect(r)[0] AS r, collect(edge)[0] AS edge
RETURN step.order + 1 AS step, s.name AS subject, step.triple[1] AS predicate, o.name AS object, r.strength AS strength,
  r.supporting AS supporting, coalesce(r.refuting + r.no_effect, 0) AS against,
  coalesce(step.assumed, false) AS assumed, step.note AS note, edge AS path
ORDER BY step;

// What is necessary: the targets without which a drug's effect was lost, and those that could be missed.
// An outcome stands for its parts and kinds and for all that is a readout of one of them.
WITH
  'ketamine' AS drug,                   // name, synonym or CURIE
  'antidepressant effect' AS outcome    // name, synonym or CURIE
MATCH (d:Entity)
WHERE d.id = drug OR d.name = drug OR drug IN d.synonyms
MATCH (whole:Entity)
WHERE whole.id = outcome OR whole.name = outcome OR outcome IN whole.synonyms
MATCH (measured:Entity)-[reads:IS_READOUT_OF WHERE reads.supporting > 0]->{0,3}(part:Entity)
  -[lies:IS_A|PART_OF WHERE lies.edge_id IS NULL]->{0,12}(whole)
WITH DISTINCT d, measured
MATCH (d)<-[:OF_DRUG]-(x:Experiment)-[:OUTCOME]->(measured), (x)-[:CITES]->(p:Publication)
MATCH (x)-[:BLOCKS]->(t:Entity)
WHERE COUNT { (x)-[:BLOCKS|DRIVES|ALTERS]->() } = 1
  AND NOT t.kind IN ['drug', 'metabolite'] AND coalesce(p.retracted, false) = false
WITH t, x, CASE WHEN x.observed IN ['abolishes', 'attenuates', 'occludes', 'shortens'] THEN 'needed'
  WHEN x.observed = 'no_effect' THEN 'not needed'
  WHEN x.observed IN ['enhances', 'prolongs'] THEN 'hinders' END AS says
WHERE says IS NOT NULL
WITH t, collect(DISTINCT says) AS words,
  count(CASE says WHEN 'needed' THEN 1 END) AS needed, count(CASE says WHEN 'not needed' THEN 1 END) AS spared,
  count(CASE says WHEN 'hinders' THEN 1 END) AS better
RETURN t.name AS target, CASE WHEN size(words) > 1 THEN 'in dispute' ELSE words[0] END AS verdict, needed, spared, better,
  t.id AS id
ORDER BY verdict = 'hinders', verdict = 'not needed', verdict = 'in dispute', needed DESC, target, id;

// Neighbours: what acts on an entity and what it acts on, the strongest evidence first; draws a star in Browser.
WITH
  'GluN2B' AS entity, // name, synonym or CURIE
  0.0 AS weakest      // no edge of less strength (0 to 1)
MATCH (e:Entity)
WHERE e.id = entity OR e.name = entity OR entity IN e.synonyms
CALL (e) {
  MATCH path = (e)<-[r]-(other:Entity)
  RETURN 'in' AS direction, r, other, path
  UNION ALL
  MATCH path = (e)-[r]->(other:Entity)
  RETURN 'out' AS direction, r, other, path
}
WITH direction, r, other, path, weakest
WHERE r.edge_id IS NOT NULL AND r.strength >= weakest
RETURN direction, r.predicate AS predicate, other.name AS other, r.supporting AS supporting, r.refuting AS refuting,
  r.no_effect AS no_effect, r.strength AS strength, r.derived AS derived, r.edge_id AS edge, path
ORDER BY direction, strength DESC, edge;

// Papers: those of an author, a group or some years, with how much of the graph rests on each.
WITH
  'Liston' AS author,   // part of the authors' or the group's name, in capitals or not; null: any
  null AS from_year,    // not before this year
  null AS to_year,      // not after this year
  50 AS most            // at most so many, the newest first
MATCH (p:Publication)
WHERE (author IS NULL OR toLower(p.authors + ' ' + coalesce(p.group, '')) CONTAINS toLower(author))
  AND (from_year IS NULL OR p.year >= from_year) AND (to_year IS NULL OR p.year <= to_year)
WITH p, most, COUNT { (p)<-[:CITES]-(:Evidence) } AS findings, COUNT { (p)<-[:CITES]-(:Experiment) } AS experiments
ORDER BY p.year DESC, p.id
WITH most, collect({id: p.id, authors: p.authors, year: p.year, title: p.title, journal: p.journal, doi: p.doi,
  pmid: p.pmid, retracted: p.retracted, findings: findings, experiments: experiments}) AS found
UNWIND found[0..most] AS row
RETURN row.id AS paper, row.authors AS authors, row.year AS year, row.title AS title, row.journal AS journal,
  row.doi AS doi, row.pmid AS pmid, row.retracted AS retracted, row.findings AS findings, row.experiments AS experiments;

// Shortest paths: the routes of fewest steps from one entity to another, the stronger first among equals.
// A step is direct or indirect, never a drug's effect as a whole; the last may tell of what is measured.
WITH
  'ketamine' AS source,                     // where the paths start: name, synonym or CURIE
  'antidepressant-like behaviour' AS target, // where they end
  5 AS k,                                   // how many
  5 AS max_length,                          // at most so many steps; 8 is the most that is looked at
  null AS sign,                             // only paths of this net sign: 1 or -1
  null AS by_hour,                          // no step first seen later than this many hours; unknown hours pass
  null AS region,                           // no step seen in other regions only; unknown regions pass
  0.0 AS weakest                            // no step of less strength (0 to 1)
MATCH (a:Entity)
WHERE a.id = source OR a.name = source OR source IN a.synonyms
MATCH (b:Entity)
WHERE b.id = target OR b.name = target OR target IN b.synonyms
OPTIONAL MATCH (place:Entity)
WHERE place.id = region OR place.name = region OR region IN place.synonyms
MATCH path = (a)
  (()-[step:ACTIVATES|INHIBITS|INCREASES|DECREASES|MODULATES|CONVERTS_TO
    WHERE step.directness <> 'overall' AND step.strength > 0]->()){0,7}
  ()-[last:ACTIVATES|INHIBITS|INCREASES|DECREASES|MODULATES|CONVERTS_TO|IS_READOUT_OF
    WHERE (last.directness <> 'overall' OR last.predicate = 'is_readout_of') AND last.strength > 0]->(b)
WHERE length(path) <= max_length
  AND all(n IN nodes(path) WHERE single(m IN nodes(path) WHERE m = n))
  AND all(r IN relationships(path) WHERE r.strength >= weakest
    AND (by_hour IS NULL OR r.first_hour IS NULL OR r.first_hour <= by_hour)
    AND (region IS NULL OR size(coalesce(r.regions, [])) = 0 OR place.id IN r.regions OR place.name IN r.regions))
WITH path, k, sign,
  reduce(s = 1, r IN relationships(path) | s * r.sign) AS net,
  round(reduce(p = 1.0, r IN relationships(path) | p * r.strength), 9) AS score,
  [r IN relationships(path) | r.edge_id] AS edges
WHERE sign IS NULL OR net = sign
WITH path, k, net, score, edges
ORDER BY length(path), score DESC, edges
WITH k, collect({path: path, net: net, score: score, edges: edges}) AS found
UNWIND range(1, CASE WHEN size(found) < k THEN size(found) ELSE k END) AS rank
WITH rank, found[rank - 1] AS row
RETURN rank, length(row.path) AS steps, row.score AS score, row.net AS sign,
  row.path AS path, row.edges AS edges
ORDER BY rank;

// Strongest paths: the routes of strongest evidence from one entity to another, by the product over their steps.
// A step is direct or indirect, never a drug's effect as a whole; the last may tell of what is measured.
WITH
  'ketamine' AS source,                     // where the paths start: name, synonym or CURIE
  'antidepressant-like behaviour' AS target, // where they end
  5 AS k,                                   // how many
  5 AS max_length,                          // at most so many steps; 8 is the most that is looked at
  null AS sign,                             // only paths of this net sign: 1 or -1
  null AS by_hour,                          // no step first seen later than this many hours; unknown hours pass
  null AS region,                           // no step seen in other regions only; unknown regions pass
  0.0 AS weakest                            // no step of less strength (0 to 1)
MATCH (a:Entity)
WHERE a.id = source OR a.name = source OR source IN a.synonyms
MATCH (b:Entity)
WHERE b.id = target OR b.name = target OR target IN b.synonyms
OPTIONAL MATCH (place:Entity)
WHERE place.id = region OR place.name = region OR region IN place.synonyms
MATCH path = (a)
  (()-[step:ACTIVATES|INHIBITS|INCREASES|DECREASES|MODULATES|CONVERTS_TO
    WHERE step.directness <> 'overall' AND step.strength > 0]->()){0,7}
  ()-[last:ACTIVATES|INHIBITS|INCREASES|DECREASES|MODULATES|CONVERTS_TO|IS_READOUT_OF
    WHERE (last.directness <> 'overall' OR last.predicate = 'is_readout_of') AND last.strength > 0]->(b)
WHERE length(path) <= max_length
  AND all(n IN nodes(path) WHERE single(m IN nodes(path) WHERE m = n))
  AND all(r IN relationships(path) WHERE r.strength >= weakest
    AND (by_hour IS NULL OR r.first_hour IS NULL OR r.first_hour <= by_hour)
    AND (region IS NULL OR size(coalesce(r.regions, [])) = 0 OR place.id IN r.regions OR place.name IN r.regions))
WITH path, k, sign,
  reduce(s = 1, r IN relationships(path) | s * r.sign) AS net,
  round(reduce(p = 1.0, r IN relationships(path) | p * r.strength), 9) AS score,
  [r IN relationships(path) | r.edge_id] AS edges
WHERE sign IS NULL OR net = sign
WITH path, k, net, score, edges
ORDER BY score DESC, length(path), edges
WITH k, collect({path: path, net: net, score: score, edges: edges}) AS found
UNWIND range(1, CASE WHEN size(found) < k THEN size(found) ELSE k END) AS rank
WITH rank, found[rank - 1] AS row
RETURN rank, length(row.path) AS steps, row.score AS score, row.net AS sign,
  row.path AS path, row.edges AS edges
ORDER BY rank;

// Timeline: by when each effect of a drug was first and last seen in a finding, and when it was looked for in vain.
WITH
  'ketamine' AS drug,   // name, synonym or CURIE
  null AS species       // only this species: mouse, rat, human ...
MATCH (d:Entity)
WHERE d.id = drug OR d.name = drug OR drug IN d.synonyms
MATCH (d)<-[:ABOUT_SUBJECT]-(e:Evidence)-[:ABOUT_OBJECT]->(o:Entity), (e)-[:CITES]->(p:Publication)
WHERE e.time_low IS NOT NULL AND coalesce(p.retracted, false) = false
  AND e.predicate IN ['activates', 'inhibits', 'increases', 'decreases', 'modulates', 'converts_to']
  AND (species IS NULL OR e.species = species)
WITH o, e, CASE WHEN e.predicate IN ['activates', 'increases', 'converts_to'] THEN 1
  WHEN e.predicate IN ['inhibits', 'decreases'] THEN -1 ELSE 0 END AS direction
WITH o, direction, e.species AS species,
  min(CASE e.stance WHEN 'supports' THEN e.time_high END) AS first_seen_h,
  max(CASE e.stance WHEN 'supports' THEN e.time_high END) AS last_seen_h,
  collect(CASE WHEN e.stance <> 'supports' THEN e.time_low END) AS nulls, count(*) AS findings
UNWIND CASE WHEN size(nulls) = 0 THEN [null] ELSE nulls END AS hour
WITH o, direction, species, first_seen_h, last_seen_h, findings, hour
ORDER BY hour
RETURN o.name AS effect, direction, species, first_seen_h, last_seen_h, collect(hour) AS not_seen_h, findings, o.id AS id
ORDER BY first_seen_h, not_seen_h[0], effect, species, direction;

// Two papers disagree: a finding beside one of another paper that saw nothing or the opposite, with both circumstances.
WITH
  'ketamine' AS subject,       // name, synonym or CURIE
  '5-HT1B binding' AS object,  // name, synonym or CURIE; null: any
  50 AS most                   // at most so many pairs
MATCH (s:Entity)
WHERE s.id = subject OR s.name = subject OR subject IN s.synonyms
MATCH (s)<-[:ABOUT_SUBJECT]-(e:Evidence {stance: 'supports'})-[:ABOUT_OBJECT]->(o:Entity)
WHERE object IS NULL OR o.id = object OR o.name = object OR object IN o.synonyms
MATCH (s)<-[:ABOUT_SUBJECT]-(x:Evidence)-[:ABOUT_OBJECT]->(o)
WHERE x.stance <> 'supports' AND x.predicate = e.predicate
MATCH (e)-[:CITES]->(p:Publication)
MATCH (x)-[:CITES]->(q:Publication)
WHERE p <> q AND coalesce(p.retracted, false) = false AND coalesce(q.retracted, false) = false
WITH s, o, e, x, p, q, most
ORDER BY o.id, e.predicate, e.id, x.id
WITH most, collect({subject: s.name, predicate: e.predicate, object: o.name,
  supports: p.name, circumstances: [v IN [e.species, e.model, e.dose, e.time, e.assay] WHERE v IS NOT NULL],
  objects: q.name, stance: x.stance,
  other_circumstances: [v IN [x.species, x.model, x.dose, x.time, x.assay] WHERE v IS NOT NULL],
  evidence: e.id, objection: x.id}) AS found
UNWIND found[0..most] AS row
RETURN row.subject AS subject, row.predicate AS predicate, row.object AS object, row.supports AS supports,
  row.circumstances AS circumstances, row.objects AS objects, row.stance AS stance,
  row.other_circumstances AS other_circumstances, row.evidence AS evidence, row.objection AS objection;

// What is in here: every kind of node with its number, the largest kinds first.
MATCH (n)
WHERE NOT n:GraphMeta
WITH CASE WHEN n:Entity THEN 'Entity: ' + n.kind ELSE labels(n)[0] END AS kind, n.name AS name
RETURN kind, count(*) AS nodes, min(name) AS for_example
ORDER BY nodes DESC, kind;
