"""The access log: who looked at whose data, when and what for. Governance reads it."""
