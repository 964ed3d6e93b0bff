"""Measurements (bench/README.md). Importing this gives the process a house of its own, empty and gone at its end."""

from bench.ground.plot import claim_a_plot

claim_a_plot()
