"""``python -m mcda.cli`` is the ``bestfit`` command."""

from mcda.cli import main

main()
