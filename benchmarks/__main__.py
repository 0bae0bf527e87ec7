"""All benchmarks, one after another."""

from benchmarks import http, importing

if __name__ == "__main__":
    importing.main()
    http.main()
