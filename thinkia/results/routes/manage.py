"""Progress, order and publication as the organisers and the chair see them."""

from thinkia.results.routes import (
    chair,
    desk,
    jurors,
    lottery,
    one_more,
    progress,
    publication,
    study,
    versions,
    voids,
)
from thinkia.results.routes.area import bp

__all__ = [
    "bp",
    "chair",
    "desk",
    "jurors",
    "lottery",
    "one_more",
    "progress",
    "publication",
    "study",
    "versions",
    "voids",
]
