"""Progress, order and publication as the organisers and the chair see them."""

from thinkia.results.routes import (
    chair,
    changes,
    desk,
    jurors,
    lottery,
    one_more,
    progress,
    publication,
    rounds,
    study,
    versions,
    voids,
)
from thinkia.results.routes.area import bp

__all__ = [
    "bp",
    "chair",
    "changes",
    "desk",
    "jurors",
    "lottery",
    "one_more",
    "progress",
    "publication",
    "rounds",
    "study",
    "versions",
    "voids",
]
