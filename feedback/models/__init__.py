"""What the role is worth: what is asked, who was asked, and what was answered."""

from feedback.models.answers import Answer, ExtraRating, QuoteAs, Remark
from feedback.models.asking import Asking
from feedback.models.concerns import Concern
from feedback.models.questions import Audience, FeedbackForm, FormQuestion
from feedback.models.themes import Theme

__all__ = [
    "Answer",
    "Asking",
    "Audience",
    "Concern",
    "ExtraRating",
    "FeedbackForm",
    "FormQuestion",
    "QuoteAs",
    "Remark",
    "Theme",
]
