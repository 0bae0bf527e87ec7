"""All benchmarks, one after another; the last one keeps to two cores."""

from benchmarks import http, importing, reading, search

if __name__ == "__main__":
    importing.main()
    http.main()
    search.main()
    reading.main()
