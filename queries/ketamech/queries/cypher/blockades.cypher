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
  row.id AS experiment
