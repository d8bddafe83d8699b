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
ORDER BY step
