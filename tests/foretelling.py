"""The small world in which effects are foretold: two drugs, relief, harm and one route."""

from __future__ import annotations

import builders as b

from ketamech.graph.relief import RELIEF

BASE: tuple[b.Part, ...] = (
    b.entity(RELIEF, "clinical_outcome"),
    b.entity("relief", "behaviour", is_a=[RELIEF]),
    b.entity("harm", "adverse_outcome"),
    b.entity("ketamine", "drug"),
)
ROUTE = (b.claim("drug", "increases", "A", source="p1"), b.claim("A", "increases", "relief", source="p2"))
