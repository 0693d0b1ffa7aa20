"""Named scenarios on seeded data. `make bench` runs all; results go to benchmarks/results as JSON."""
