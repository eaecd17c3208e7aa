"""What stands in the sensitive columns of the world, to be looked for where it must not be."""

CANARIES = {
    "access needs": "Canary large print and a quiet room",
    "shared need": "Canary chair with arms",
    "emergency contact": "Canary Mensah",
    "emergency phone": "07700 922333",
    "emergency contact today": "Canary Adeyemi",
    "exclusion": "Canary Lodge",
    "certificate number": "CANARY-00112233",
    "document reference": "CANARY-HR-778",
    "condition": "Canary with the ward manager",
    "comment": "Canary words about the visit",
    "address": "1 Canary Wharf Road",
    "enquiry": "Canary ring after five",
    "letter": "Canary body of a message",
    "said": "Canary breaks were too short",
    "cycle note": "Canary note about the breaks",
    "request": "Canary cousin comes along",
    "said by few": "Canary room was cold",
    "hold": "Canary reason of a legal hold",
}
