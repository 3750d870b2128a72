"""Draws what Prometheus recorded, as an SVG with one chart a query and the time that each alert fired."""
import html
import re

WIDTH, LEFT, RIGHT, CHART, GAP, LINE = 900, 190, 20, 80, 30, 16
COLOURS = ("#1f77b4", "#d62728", "#2ca02c", "#9467bd")

EXPORT = "flink_taskmanager_job_task_operator_embeddingExport_"
CHARTS = (
    ("records / s", f"sum(rate({EXPORT}records[5s]))"),
    ("dead letters / s", f"sum(rate({EXPORT}rejects[5s]))"),
    ("lag (messages)", f"sum({EXPORT}topic_partition_lag)"),
    ("freshness p99 (s)", f"histogram_quantile(0.99, sum by (le) (rate({EXPORT}le_freshnessMillisBucket[10s]))) / 1000"),
    ("uncommitted age (s)", f"max({EXPORT}uncommittedAgeMillis) / 1000"),
    ("checkpoint age (s)", "time() - flink_jobmanager_job_lastCheckpointCompletedTimestamp / 1000"),
    ("restarts", "flink_jobmanager_job_numRestarts"),
)


def series(prometheus, query, start, end):
    result = prometheus.get("query_range", query=query, start=start, end=end, step=1)["result"]
    return [(each["metric"], [(t, float(v)) for t, v in each["values"] if float(v) == float(v)]) for each in result]


def polyline(points, x, y):
    """A line for each stretch without a gap."""
    parts, last = [], None
    for t, value in points:
        parts.append(f"{'L' if last is not None and t - last <= 2 else 'M'}{x(t):.1f} {y(value):.1f}")
        last = t
    return "".join(parts)


def draw(prometheus, start, end, title):
    """The SVG."""

    def x(t):
        return LEFT + (t - start) / (end - start) * (WIDTH - LEFT - RIGHT)

    def text(left, top, words, anchor="start"):
        return f'<text x="{left:.0f}" y="{top:.0f}" text-anchor="{anchor}">{html.escape(words)}</text>'

    body, top = [text(10, 20, title)], 40
    for name, query in CHARTS:
        lines = series(prometheus, query, start, end)
        most = max((value for _, points in lines for _, value in points), default=0) or 1
        bottom = top + CHART
        body.append(f'<path class="axis" d="M{LEFT} {top}V{bottom}H{WIDTH - RIGHT}"/>')
        body += [text(10, top + 14, name), text(LEFT - 5, top + 10, f"{most:,.4g}", "end"), text(LEFT - 5, bottom, "0", "end")]
        for colour, (_, points) in zip(COLOURS, lines):
            line = polyline(points, x, lambda value: bottom - value / most * CHART)
            body.append(f'<path d="{line}" stroke="{colour}"/>')
        top = bottom + GAP

    body.append(text(10, top, "alerts that fired"))
    for metric, points in sorted(
        series(prometheus, 'max by (alertname) (ALERTS{alertstate="firing"})', start, end), key=lambda each: each[1][0]
    ):
        top += LINE
        # At least as wide as one evaluation.
        body.append(text(LEFT - 5, top, re.sub("^EmbeddingExport", "", metric["alertname"]), "end"))
        body += [f'<path class="alert" d="M{x(t):.1f} {top - 4}H{max(x(t) + 1, x(t + 1)):.1f}"/>' for t, _ in points]
    top += GAP
    for minute in range(int((end - start) // 60) + 1):
        body.append(text(x(start + 60 * minute), top, f"{minute} min", "middle"))
    style = "text{font:12px sans-serif;fill:#333}path{fill:none;stroke-width:1.5}.axis{stroke:#999}.alert{stroke:#d62728;stroke-width:8}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top + 10}"><style>{style}</style>'
        f'<rect width="100%" height="100%" fill="white"/>' + "\n".join(body) + "</svg>\n"
    )
