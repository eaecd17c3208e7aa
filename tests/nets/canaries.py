"""What stands in the sensitive columns of the world, to be looked for where it must not be."""

CANARIES = {
    "access needs": "Canary large print and a quiet room",
    "exclusion": "Canary Lodge",
    "certificate number": "CANARY-00112233",
    "comment": "Canary words about the visit",
    "address": "1 Canary Wharf Road",
    "letter": "Canary body of a message",
}
