// Head to head: how one compound did against another on the same outcome.
WITH
  'ketamine' AS drug,  // one of the two: name, synonym or CURIE
  null AS other,       // the other one; null: any
  null AS aspect       // size, onset, duration, potency or safety; null: any
MATCH (x:Entity)<-[:COMPARES_A]-(c:Comparison)-[:COMPARES_B]->(y:Entity),
  (c)-[:OUTCOME]->(o:Entity), (c)-[:CITES]->(p:Publication)
WHERE (aspect IS NULL OR c.aspect = aspect)
  AND any(n IN [x, y] WHERE n.id = drug OR n.name = drug OR drug IN n.synonyms)
  AND (other IS NULL OR any(n IN [x, y] WHERE n.id = other OR n.name = other OR other IN n.synonyms))
RETURN x.name AS a, c.result AS result, y.name AS than, c.aspect AS aspect, o.name AS outcome, c.species AS species,
  c.summary AS summary, p.name AS paper, c.id AS comparison
ORDER BY a, than, aspect, comparison
