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
ORDER BY predicate, evidence
