"""What this floor adds to the checks team's work list."""

from checks.work_sections import WorkLink, register

register(WorkLink("See what would open most visits", "programme:opening"))
