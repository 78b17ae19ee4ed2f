"""RQ's settings: ``rq worker -c thinkia.outside.worker -S rq.serializers.JSONSerializer``.

The application is loaded once, before a worker forks for each job: otherwise each letter would cost the
second and a half that loading takes. The address of Redis, with its password, stays out of the list of
processes.
"""

import sys

from thinkia.outside.queue import QUEUE
from wsgi import settings

if not settings.redis_url:
    sys.exit("Thinkia's worker does not start: set THINKIA_REDIS_URL (docs/operations.md)")

REDIS_URL = settings.redis_url
QUEUES = [QUEUE]
