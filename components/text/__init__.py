"""Articles: what they say word for word, what the reader makes of it, what people decided.

Each article is two files: `NAME.txt`, never altered, and `NAME.json` beside it. Read in this order:

- `reader`: the story; what it finds is in `reading`
- `documents`, `language`, `grammar`, `sentences`: from a file's bytes to English, parsed
- `times`, `clues`: when; and what speaks against the day of publication given
- `toponyms`: the places named, and how
- `attribution`, `stance`: who says so, and how it is put
- `events`: the events, made out with `kinds` (what sort), `arguments` (who does what on the parse),
  `dating`, `locating`, `context`, `actors`, `roles`, `quantities`, `vouching` and `titles`, one
  `accounts` an event; `coreference` tells each once
- `articles`, `shape`, `sidecar`: reading and writing the two files, every fault told
- `review`: accept, reject, edit, split, merge, read again; each kept in the log
"""
