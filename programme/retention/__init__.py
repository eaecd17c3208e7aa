"""How long things are kept: the table of rules, the nightly run, and the holds that stop it."""
