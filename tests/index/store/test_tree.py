from hypothesis import given
from hypothesis import strategies as st

from index.store.tree import DEEPEST, Tree

names = st.integers(0, 9).map(str)


def depth(parents, slug):
    """How far it is to the top; fails on a circle."""
    steps = 1
    while slug := parents.get(slug):
        steps += 1
        assert steps <= len(parents) + 1
    return steps


@given(st.lists(st.tuples(names, names)))
def test_no_order_of_moves_closes_a_circle(moves):
    """What is refused changes nothing; what is taken counts."""
    tree, parents = Tree([]), {}
    for child, parent in moves:
        if tree.place(child, parent) is None:
            parents[child] = parent
            depth(parents, child)
        else:
            above, seen = parent, set()
            while above and above != child:
                seen.add(above)
                above = parents.get(above)
            assert above == child


def test_a_move_away_makes_room():
    """What stands under a category no longer counts for its depth."""
    tree = Tree((str(n + 1), str(n)) for n in range(DEEPEST - 1))
    assert tree.place("x", str(DEEPEST - 1)) == f"would make the tree deeper than {DEEPEST}"
    assert tree.place("0", "y") == f"would make the tree deeper than {DEEPEST}"
    assert tree.place(str(DEEPEST - 1), "z") is None
    assert tree.place("0", "y") is None
    assert tree.place("y", "x") == f"would make the tree deeper than {DEEPEST}"
