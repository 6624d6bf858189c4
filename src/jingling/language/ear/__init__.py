"""Errors of ear and tongue: what may have been meant besides what was heard."""
