"""What the links and messages of an asking are called where all links and messages are kept."""

PURPOSE = "feedback"
REQUEST = "feedback-request"
REMINDER = "feedback-reminder"
