"""The week of a channel in numbers: sums, a rule for what is far above the usual, and when it is told. Pure."""
