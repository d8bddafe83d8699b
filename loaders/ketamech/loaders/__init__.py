"""Everything that reads a source or fills a store.

>>> from ketamech.loaders import load_default
>>> load_default().entity("ketamine").id
'CHEBI:6121'
"""

from __future__ import annotations

from ketamech.loaders.defaults import KNOWLEDGE_VARIABLE, load, load_default, packaged_folder

__all__ = ["KNOWLEDGE_VARIABLE", "load", "load_default", "packaged_folder"]
