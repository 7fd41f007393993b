"""Make matplotlib's SVG fit to stand in a page: named, with ids of its own, without style rules.

A page with a strict policy allows no ``style`` attributes, so each property becomes an
attribute of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

_SVG = "{http://www.w3.org/2000/svg}"
_DROPPED = {f"{_SVG}metadata", f"{_SVG}style"}
# Given once on the drawing instead of on every element.
_SHARED = {"font-family": "Public Sans, sans-serif", "stroke-linejoin": "round"}


def inline_svg(data: bytes, prefix: str, title: str, description: str) -> str:
    """Return an SVG file as an ``svg`` element with a title and a description."""
    root = ElementTree.fromstring(data)
    box = root.attrib["viewBox"]
    drawing = ElementTree.Element("svg", {"viewBox": box, "role": "img", **_SHARED})
    drawing.set("xmlns", _SVG[1:-1])
    drawing.set("aria-labelledby", f"{prefix}-title")
    drawing.set("aria-describedby", f"{prefix}-description")
    ElementTree.SubElement(drawing, "title", {"id": f"{prefix}-title"}).text = title
    words = ElementTree.SubElement(drawing, "desc", {"id": f"{prefix}-description"})
    words.text = description
    drawing.extend(_children(root, prefix))
    return ElementTree.tostring(drawing, encoding="unicode")


def _children(parent: ElementTree.Element, prefix: str) -> Iterator[ElementTree.Element]:
    """Yield what is drawn, without groups that say nothing."""
    for child in parent:
        if child.tag in _DROPPED:
            continue
        if child.tag == f"{_SVG}g":
            yield from _children(child, prefix)
            continue
        clean = ElementTree.Element(child.tag.removeprefix(_SVG), _attributes(child, prefix))
        clean.text = child.text if child.tag == f"{_SVG}text" else None
        clean.extend(_children(child, prefix))
        yield clean


def _attributes(element: ElementTree.Element, prefix: str) -> dict[str, str]:
    given = dict(element.attrib)
    pairs = (rule.partition(":") for rule in given.pop("style", "").split(";") if rule.strip())
    given |= {name.strip(): value.strip() for name, _, value in pairs}
    if given.get("transform", "").startswith("rotate(-0 "):
        del given["transform"]
    if "d" in given:
        given["d"] = " ".join(given["d"].split())
    if "id" in given:
        given["id"] = f"{prefix}-{given['id']}"
    for name in _SHARED:
        given.pop(name, None)
    return {name: value.replace("url(#", f"url(#{prefix}-") for name, value in given.items()}
