"""The curated data: entities.tsv and papers/*.yaml (CC BY 4.0); see docs/curation.md."""
