"""A scene as a map: what to show (`drawing`), how it looks (`style`), and Folium (`map`)."""
