"""Charts as pictures for what takes no drawings: typst draws the SVG with the report's own font."""

from __future__ import annotations

import json
from collections.abc import Sequence

from mcda.report.signs import drawable, fonts

_PAGES = b"""
#set page(width: auto, height: auto, margin: 0pt)
#for chart in json(bytes(sys.inputs.charts)) {
  page(image(bytes(chart), format: "svg"))
}
"""


def pngs(drawings: Sequence[str], dots: int = 200) -> list[bytes]:
    """Return each drawing as a picture (PNG), in their order.

    Args:
        drawings: SVG as text.
        dots: dots per inch, where 96 pixels of the drawing are an inch.

    >>> square = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"></svg>'
    >>> [picture[1:4] for picture in pngs([square])]
    [b'PNG']
    """
    if not drawings:
        return []
    import typst

    found = typst.compile(
        _PAGES,
        font_paths=fonts(),
        sys_inputs={"charts": json.dumps(list(map(drawable, drawings)))},
        format="png",
        ppi=dots,
    )
    return found if isinstance(found, list) else [found]
