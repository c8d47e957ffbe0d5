"""Benchmarks: each module measures one step against the way it would else be done, and can print JSON."""
