"""Pictures of numbers as PNG files, drawn without a library: rectangles, and letters from one picture of them. Pure."""

from bot.drawing.charts import Bar, bar_chart

__all__ = ["Bar", "bar_chart"]
