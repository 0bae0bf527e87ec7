"""All benchmarks, one after another; the last one keeps to two cores."""

from benchmarks import changes, http, importing, passages, reading, search

if __name__ == "__main__":
    importing.main()
    http.main()
    passages.main()
    search.main()
    changes.main()
    reading.main()
