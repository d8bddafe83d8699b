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
  row.other_circumstances AS other_circumstances, row.evidence AS evidence, row.objection AS objection
