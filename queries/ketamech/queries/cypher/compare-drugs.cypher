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
ORDER BY touched DESC, kind, element, id
