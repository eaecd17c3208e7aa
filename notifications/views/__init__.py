"""The outbox's pages, by what they are about."""
