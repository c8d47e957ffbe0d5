"""How fast the time map is, beside what folium has of its own: python -m benchmarks.timemap."""
