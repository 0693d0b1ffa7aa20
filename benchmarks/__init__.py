"""How fast it is, as ratios in one run. `make bench` runs all at a small size; RESULTS.md has the figures."""
