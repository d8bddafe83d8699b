"""The static site: plain HTML pages with SVG figures, cross-linked, read from a folder without a server."""
