// Timeline: by when each effect of a drug was first and last seen in a finding, and when it was looked for in vain.
WITH
  'ketamine' AS drug,   // name, synonym or CURIE
  null AS species       // only this species: mouse, rat, human ...
MATCH (d:Entity)
WHERE d.id = drug OR d.name = drug OR drug IN d.synonyms
MATCH (d)<-[:ABOUT_SUBJECT]-(e:Evidence)-[:ABOUT_OBJECT]->(o:Entity), (e)-[:CITES]->(p:Publication)
WHERE e.time_low IS NOT NULL AND coalesce(p.retracted, false) = false
  AND e.predicate IN ['activates', 'inhibits', 'increases', 'decreases', 'modulates', 'converts_to']
  AND (species IS NULL OR e.species = species)
WITH o, e, CASE WHEN e.predicate IN ['activates', 'increases', 'converts_to'] THEN 1
  WHEN e.predicate IN ['inhibits', 'decreases'] THEN -1 ELSE 0 END AS direction
WITH o, direction, e.species AS species,
  min(CASE e.stance WHEN 'supports' THEN e.time_high END) AS first_seen_h,
  max(CASE e.stance WHEN 'supports' THEN e.time_high END) AS last_seen_h,
  collect(CASE WHEN e.stance <> 'supports' THEN e.time_low END) AS nulls, count(*) AS findings
UNWIND CASE WHEN size(nulls) = 0 THEN [null] ELSE nulls END AS hour
WITH o, direction, species, first_seen_h, last_seen_h, findings, hour
ORDER BY hour
RETURN o.name AS effect, direction, species, first_seen_h, last_seen_h, collect(hour) AS not_seen_h, findings, o.id AS id
ORDER BY first_seen_h, not_seen_h[0], effect, species, direction
