"""The land: layers with their dated footprints, places, basemap, and the script that makes them.

`build` writes the GeoJSON files; `states` holds what was reported and when; `land` and `shapes`
hold the geometry; `placenames` holds the gazetteer. `SOURCES.md` says how sure we are.
"""
