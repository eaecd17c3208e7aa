"""Bringing the programme in from the workbook a team keeps: read, check, compare, apply.

``reading`` opens a file and streams its sheets; ``checking`` turns cells into values and says every
problem; ``comparing`` says what is new, changed, unchanged or kept as edited in the portal;
``applying`` writes it in one short transaction. ``running`` puts the four together.
"""
