"""Charts: each a picture with a finding for a title, and a table that says the same."""

from lagrum.report.charts.article import article
from lagrum.report.charts.balance import front
from lagrum.report.charts.chart import Chart, Source
from lagrum.report.charts.cover import cover
from lagrum.report.charts.spread import heat_map
from lagrum.report.charts.timeline import dates

__all__ = ["Chart", "Source", "article", "cover", "dates", "front", "heat_map"]
