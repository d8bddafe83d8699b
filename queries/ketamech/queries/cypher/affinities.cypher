// Affinities: how tightly ligands hold a target, in nanomoles per litre, the tightest first.
WITH
  'NMDA receptor' AS target,  // name, synonym or CURIE, its parts and kinds included; null: any
  null AS ligand              // name, synonym or CURIE; null: any
MATCH (l:Entity)<-[:OF_LIGAND]-(a:Affinity)-[:AT_TARGET]->(t:Entity), (a)-[:CITES]->(p:Publication)
WHERE (ligand IS NULL OR l.id = ligand OR l.name = ligand OR ligand IN l.synonyms)
  AND (target IS NULL OR EXISTS {
    MATCH (t)-[part:IS_A|PART_OF WHERE part.edge_id IS NULL]->{0,12}(whole:Entity)
    WHERE whole.id = target OR whole.name = target OR target IN whole.synonyms
  })
RETURN l.name AS ligand, t.name AS target, a.parameter AS parameter, a.relation AS relation, a.value_nm AS value_nm,
  a.species AS species, p.name AS paper, a.id AS affinity
ORDER BY value_nm, ligand, affinity
