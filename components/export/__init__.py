"""A briefing to be left behind: slides, pages, pictures, one web page, and GIS files.

`takeaway` is what each of them is made from, `plate` the map that slides, pages and pictures
share, `formats` the list of all. `python -m components.export BRIEFING OUT` makes them.
"""
