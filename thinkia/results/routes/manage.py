"""Progress, order, publication and exports as the organisers and the chair see them."""

from thinkia.results.routes import chair, desk, exports, progress, publication
from thinkia.results.routes.area import bp

__all__ = ["bp", "chair", "desk", "exports", "progress", "publication"]
