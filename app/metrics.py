"""Counts and times for Prometheus; the library is an extra, and the setting is off by default.

With several workers set `PROMETHEUS_MULTIPROC_DIR`, or each scrape sees the one that answered.
"""

import os
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from typing import Any, Final

BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
OF_STATUS: Final = {
    "mingbai_ledger_seq": "Newest entry of the ledger",
    "mingbai_anchored_seq": "Newest entry that an anchor covers",
    "mingbai_anchor_age_seconds": "Since the newest anchor was written",
    "mingbai_deliveries_pending": "Webhook deliveries on their way",
    "mingbai_deliveries_retrying": "Webhook deliveries tried already and waiting",
    "mingbai_deliveries_dead": "Webhook deliveries given up",
}


def installed() -> bool:
    return find_spec("prometheus_client") is not None


@cache
def instruments() -> tuple[Any, Any]:
    """How many requests of each kind, and how long they took."""
    from prometheus_client import Counter, Histogram

    kinds = ["method", "route", "status", "kept"]
    counted = Counter("mingbai_requests_total", "Requests answered", kinds)
    timed = Histogram("mingbai_request_seconds", "Time to answer", ["route"], buckets=BUCKETS)
    return counted, timed


def observe(method: str, route: str, status: int, seconds: float, kept: bool) -> None:
    counted, timed = instruments()
    counted.labels(method, route, str(status), str(kept).lower()).inc()
    timed.labels(route).observe(seconds)


class Standing:
    """Figures of this moment, read when they are asked for."""

    def __init__(self, figures: Mapping[str, float | None]) -> None:
        self.figures = figures

    def collect(self) -> Iterator[Any]:
        from prometheus_client.core import GaugeMetricFamily

        for name, value in self.figures.items():
            if value is not None:
                yield GaugeMetricFamily(name, OF_STATUS[name], value=value)


def exposition(figures: Mapping[str, float | None]) -> tuple[bytes, str]:
    """The answer to a scrape and its media type; `figures` are those of `OF_STATUS`."""
    import prometheus_client as client

    instruments()
    counted = client.REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        from prometheus_client.multiprocess import MultiProcessCollector

        counted = client.CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
    now = client.CollectorRegistry()
    now.register(Standing(figures))
    return client.generate_latest(counted) + client.generate_latest(now), client.CONTENT_TYPE_LATEST
