"""Reserves: people who stand by for a visit, and are asked to come when somebody drops out."""
