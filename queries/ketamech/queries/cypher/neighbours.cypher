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
ORDER BY direction, strength DESC, edge
