"""`python -m jingling` is `jingling`."""

from jingling.cli import main

main(prog_name="jingling")
