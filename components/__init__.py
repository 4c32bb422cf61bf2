"""Corridors: who says what about the corridors of Gaza, where and since when.

Seven rooms, one direction. `pipeline` tells the story: read it first.

- `model`: what things are
- `text`: articles, the reader that drafts their events, and what reviewers decided
- `geo`: layers, gazetteer, placing, joining, geodesic measures
- `brief`: who wants what where, what differs between two days, what is new since a briefing
- `draw`: a scene drawn as Folium layers, and the browser side of the map
- `export`: a briefing as slides, pages, pictures, one web page and GIS files
- `page`: the Streamlit page
"""
