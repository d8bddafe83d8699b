// Gaps: what the steps of the strongest paths lack, step by step: second papers, second groups, people.
WITH
  'ketamine' AS source,                      // where the paths start: name, synonym or CURIE
  'antidepressant-like behaviour' AS target, // where they end
  5 AS k,                                    // how many paths
  5 AS max_length                            // at most so many steps; 8 is the most that is looked at
MATCH (a:Entity)
WHERE a.id = source OR a.name = source OR source IN a.synonyms
MATCH (b:Entity)
WHERE b.id = target OR b.name = target OR target IN b.synonyms
MATCH path = (a)
  (()-[step:ACTIVATES|INHIBITS|INCREASES|DECREASES|MODULATES|CONVERTS_TO
    WHERE step.directness <> 'overall' AND step.strength > 0]->()){0,7}
  ()-[last:ACTIVATES|INHIBITS|INCREASES|DECREASES|MODULATES|CONVERTS_TO|IS_READOUT_OF
    WHERE (last.directness <> 'overall' OR last.predicate = 'is_readout_of') AND last.strength > 0]->(b)
WHERE length(path) <= max_length AND all(n IN nodes(path) WHERE single(m IN nodes(path) WHERE m = n))
WITH path, k, round(reduce(p = 1.0, r IN relationships(path) | p * r.strength), 9) AS score,
  [r IN relationships(path) | r.edge_id] AS edges
ORDER BY score DESC, length(path), edges
WITH k, collect(path) AS found
UNWIND range(1, CASE WHEN size(found) < k THEN size(found) ELSE k END) AS rank
WITH rank, relationships(found[rank - 1]) AS steps
UNWIND range(1, size(steps)) AS number
WITH rank, number, steps[number - 1] AS r
OPTIONAL MATCH (e:Evidence|Experiment)-[:CITES]->(p:Publication)
WHERE e.id IN r.evidence AND (e.stance = 'supports' OR (e:Experiment AND e.observed <> 'no_effect'))
WITH rank, number, r, count(DISTINCT p) AS papers, count(DISTINCT coalesce(p.group, p.id)) AS groups,
  count(CASE e.species WHEN 'human' THEN 1 END) AS human
RETURN rank, number AS step, startNode(r).name AS subject, r.predicate AS predicate, endNode(r).name AS object,
  r.strength AS strength, r.derived AS derived, papers, groups, human > 0 AS in_people, r.edge_id AS edge
ORDER BY rank, step
