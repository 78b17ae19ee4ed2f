"""Every SELECT about juries: who sits, what a plan is made from, what is read and marked."""

from thinkia.jury.queries.people import jurors_of, public_seats, standing_chair
from thinkia.jury.queries.progress import (
    Progress,
    ReviewRow,
    progress_by_juror,
    progress_by_sector,
    progress_by_submission,
    reviews_for_ranking,
    total_progress,
)
from thinkia.jury.queries.reviews import review_by_code

__all__ = [
    "Progress",
    "ReviewRow",
    "jurors_of",
    "progress_by_juror",
    "progress_by_sector",
    "progress_by_submission",
    "public_seats",
    "review_by_code",
    "reviews_for_ranking",
    "standing_chair",
    "total_progress",
]
