"""What would it take? How many ready people each directorate needs, simulated from the past.

``chances``, ``simulation``, ``needs``, ``outlook`` and ``past`` are pure: numbers in, numbers out,
the same for the same seed. ``gathering`` brings them their numbers, as totals. See ADR 24.
"""
