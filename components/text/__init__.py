"""Articles, word for word, and the events that a person has read in them.

Each article is two files: `NAME.txt`, never altered, and `NAME.json` beside it, which holds who
published it and when, and the reviewed events with the spans of the text that state them.
`articles` reads a folder of them and tells every fault it finds; `shape` says what a record
must look like, and what is wrong with one that does not.
"""
