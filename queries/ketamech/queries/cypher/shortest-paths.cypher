// Shortest paths: the routes of fewest steps from one entity to another, the stronger first among equals.
// A step is direct or indirect, never a drug's effect as a whole; the last may tell of what is measured.
WITH
  'ketamine' AS source,                     // where the paths start: name, synonym or CURIE
  'antidepressant-like behaviour' AS target, // where they end
  5 AS k,                                   // how many
  5 AS max_length,                          // at most so many steps; 8 is the most that is looked at
  null AS sign,                             // only paths of this net sign: 1 or -1
  null AS by_hour,                          // no step first seen later than this many hours; unknown hours pass
  null AS region,                           // no step seen in other regions only; unknown regions pass
  0.0 AS weakest                            // no step of less strength (0 to 1)
MATCH (a:Entity)
WHERE a.id = source OR a.name = source OR source IN a.synonyms
MATCH (b:Entity)
WHERE b.id = target OR b.name = target OR target IN b.synonyms
OPTIONAL MATCH (place:Entity)
WHERE place.id = region OR place.name = region OR region IN place.synonyms
MATCH path = (a)
  (()-[step:ACTIVATES|INHIBITS|INCREASES|DECREASES|MODULATES|CONVERTS_TO
    WHERE step.directness <> 'overall' AND step.strength > 0]->()){0,7}
  ()-[last:ACTIVATES|INHIBITS|INCREASES|DECREASES|MODULATES|CONVERTS_TO|IS_READOUT_OF
    WHERE (last.directness <> 'overall' OR last.predicate = 'is_readout_of') AND last.strength > 0]->(b)
WHERE length(path) <= max_length
  AND all(n IN nodes(path) WHERE single(m IN nodes(path) WHERE m = n))
  AND all(r IN relationships(path) WHERE r.strength >= weakest
    AND (by_hour IS NULL OR r.first_hour IS NULL OR r.first_hour <= by_hour)
    AND (region IS NULL OR size(coalesce(r.regions, [])) = 0 OR place.id IN r.regions OR place.name IN r.regions))
WITH path, k, sign,
  reduce(s = 1, r IN relationships(path) | s * r.sign) AS net,
  round(reduce(p = 1.0, r IN relationships(path) | p * r.strength), 9) AS score,
  [r IN relationships(path) | r.edge_id] AS edges
WHERE sign IS NULL OR net = sign
WITH path, k, net, score, edges
ORDER BY length(path), score DESC, edges
WITH k, collect({path: path, net: net, score: score, edges: edges}) AS found
UNWIND range(1, CASE WHEN size(found) < k THEN size(found) ELSE k END) AS rank
WITH rank, found[rank - 1] AS row
RETURN rank, length(row.path) AS steps, row.score AS score, row.net AS sign,
  row.path AS path, row.edges AS edges
ORDER BY rank
