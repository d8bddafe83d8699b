"""The meaning: vocabulary, entities, claims, edges, strength and answers; pure, knowing neither files nor screens."""
