// What is in here: every kind of node with its number, the largest kinds first.
MATCH (n)
WHERE NOT n:GraphMeta
WITH CASE WHEN n:Entity THEN 'Entity: ' + n.kind ELSE labels(n)[0] END AS kind, n.name AS name
RETURN kind, count(*) AS nodes, min(name) AS for_example
ORDER BY nodes DESC, kind
