"""Is growth said as it was measured?"""

from benchmarks.growth import fullest, table
from benchmarks.load import Result


def test_the_fullest_months_are_asked_for_first() -> None:
    """Months of different years are ordered by what they hold, not by their dates."""
    archives = [
        {"year": 2024, "months": [{"month": 2, "count": 3}, {"month": 1, "count": 9}]},
        {"year": 2023, "months": [{"month": 12, "count": 5}]},
    ]
    assert fullest(archives) == [{"year": 2024, "month": 1}, {"year": 2023, "month": 12}, {"year": 2024, "month": 2}]


def test_growth_is_that_from_the_smallest_to_the_largest_collection() -> None:
    """Sizes between show their figures only."""
    results = {"archives": {2: Result(100, 2, 4, 1000, 9), 20: Result(50, 3, 6, 1500, 9), 200: Result(25, 5, 9, 2500, 9)}}
    assert list(table([2, 20, 200], results)) == [
        "| one request after another, computed | 2: CPU, p50, p99 | 20: CPU, p50, p99 | 200: CPU, p50, p99 | growth of CPU | of p50 |",
        "| --- | --- | --- | --- | --- | --- |",
        "| archives | 1.00, 2.00, 4.00 ms | 1.50, 3.00, 6.00 ms | 2.50, 5.00, 9.00 ms | × 2.50 | × 2.50 |",
    ]
