// Papers: those of an author, a group or some years, with how much of the graph rests on each.
WITH
  'Liston' AS author,   // part of the authors' or the group's name, in capitals or not; null: any
  null AS from_year,    // not before this year
  null AS to_year,      // not after this year
  50 AS most            // at most so many, the newest first
MATCH (p:Publication)
WHERE (author IS NULL OR toLower(p.authors + ' ' + coalesce(p.group, '')) CONTAINS toLower(author))
  AND (from_year IS NULL OR p.year >= from_year) AND (to_year IS NULL OR p.year <= to_year)
WITH p, most, COUNT { (p)<-[:CITES]-(:Evidence) } AS findings, COUNT { (p)<-[:CITES]-(:Experiment) } AS experiments
ORDER BY p.year DESC, p.id
WITH most, collect({id: p.id, authors: p.authors, year: p.year, title: p.title, journal: p.journal, doi: p.doi,
  pmid: p.pmid, retracted: p.retracted, findings: findings, experiments: experiments}) AS found
UNWIND found[0..most] AS row
RETURN row.id AS paper, row.authors AS authors, row.year AS year, row.title AS title, row.journal AS journal,
  row.doi AS doi, row.pmid AS pmid, row.retracted AS retracted, row.findings AS findings, row.experiments AS experiments
