"""What all pages share: version and licence, links, the template environment, the policy that keeps text inert."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from ketamech.graph.model import Entity
from ketamech.viz.inert import LICENCE, policy_hash, static, templates
from ketamech.viz.site.addresses import Links
from ketamech.viz.stages import PALETTES
from ketamech.viz.svg import Xml, picture_width

if TYPE_CHECKING:
    from jinja2 import Environment

# what the style sheet leaves between its margins
COLUMN_OF_TEXT: Final = 1180
STYLE: Final = "assets/style.css"
NAVIGATION: Final = (
    ("index.html", "Search"),
    ("hypotheses.html", "Hypotheses"),
    ("conflicts.html", "Conflicts"),
    ("blockades.html", "Blockades"),
    ("timelines.html", "Timelines"),
    ("questions.html", "Questions"),
)


@dataclass(frozen=True, slots=True)
class Shell:
    """Hold what every page needs beside its own answer.

    `graphs` are places of further pages by what they are about: the interactive ones of a `hypothesis slug`, an
    `entity CURIE` and a `question CURIE` of the drug, and the `timeline CURIE` of a compound.
    """

    entities: Mapping[str, Entity]
    links: Links = field(default_factory=Links)
    version: str = ""
    data_version: str = ""
    licence: str = LICENCE
    graphs: Mapping[str, str] = field(default_factory=dict)

    def below(self, up: str) -> Shell:
        """Give the same for pages in a folder from which `up` leads to the root."""
        return replace(self, links=replace(self.links, up=up))

    @property
    def note(self) -> str:
        """Say on a figure where it comes from."""
        return (
            f"ketamech {self.version}, knowledge {self.data_version or 'of unknown version'} ({self.licence}). "
            "Evidence ranked by a convention; not medical advice."
        )

    def graph(self, about: str) -> str | None:
        """Give the further page about something."""
        path = self.graphs.get(about)
        return self.links.other(path) if path else None

    def write(self, template: str, *, title: str, script: str = "", **given: Any) -> str:
        """Fill a template; `script` is the text of the page's one script."""
        style = stylesheet()
        sources = f"'{policy_hash(style)}'" if self.links.alone else "'self' file:"
        return (
            _environment()
            .get_template(f"site/{template}")
            .render(
                shell=self,
                links=self.links,
                title=title,
                policy=f"default-src 'none'; script-src {_quoted(script)}; style-src {sources}; "
                "base-uri 'none'; form-action 'none'",
                style=Xml(style),
                style_path=self.links.up + STYLE,
                script=Xml(script),
                navigation=[] if self.links.alone else [(self.links.up + path, words) for path, words in NAVIGATION],
                **given,
            )
        )


@lru_cache(maxsize=1)
def stylesheet() -> str:
    """Give the one style sheet: ours, and the colours of the stages, light and dark."""
    light: list[str] = []
    dark: list[str] = []
    for stage, tones in PALETTES.items():
        name = stage.lower().replace(" ", "-")
        for rules, tone in ((light, tones.light), (dark, tones.dark)):
            rules.append(f".box.stage-{name} {{ fill: {tone.fill}; stroke: {tone.border}; }}")
            rules.append(f".on-{name} {{ fill: {tone.ink}; }}")
            rules.append(f".chip.stage-{name} {{ background: {tone.fill}; color: {tone.ink}; }}")
    nightly = "\n".join(dark)
    own = static("site.css")
    return own + "\n".join(light) + f"\n@media screen and (prefers-color-scheme: dark) {{\n{nightly}\n}}\n"


def _quoted(script: str) -> str:
    return f"'{policy_hash(script)}'" if script else "'none'"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return templates(is_wide=lambda figure: picture_width(figure) > COLUMN_OF_TEXT)
