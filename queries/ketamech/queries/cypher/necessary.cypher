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
ORDER BY verdict = 'hinders', verdict = 'not needed', verdict = 'in dispute', needed DESC, target, id
