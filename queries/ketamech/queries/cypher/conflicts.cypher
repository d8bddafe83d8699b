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
  row.subject_id AS subject_id, row.object_id AS object_id
