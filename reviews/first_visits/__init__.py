"""From trained to a first visit: who has not been on one yet, why, and the next step."""
