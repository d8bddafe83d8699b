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
RETURN row.id AS id, row.name AS name, row.kind AS kind, row.matched AS matched
