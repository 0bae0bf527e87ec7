"""How is a cost kept that depends on variables?

As a function over them with its text beside it; what no variable decides is worked out once and stands in it as a number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

Variables = Mapping[str, Any]


class Formula(NamedTuple):
    """A whole number over variables: `at` works it out, `text` shows how; `fixed` is it where no variable decides."""

    text: str
    at: Callable[[Variables], int]
    fixed: int | None = None


def number(value: int) -> Formula:
    """A number that no variable decides."""
    return Formula(f"{value:,}", lambda _variables: value, value)


def total(*parts: Formula) -> Formula:
    """The sum of all."""
    known = sum(part.fixed for part in parts if part.fixed is not None)
    open_ = [part for part in parts if part.fixed is None]
    if not open_:
        return number(known)
    if len(open_) == 1 and not known:
        return open_[0]
    calls = [part.at for part in open_]
    text = " + ".join([f"{known:,}"] * bool(known) + [part.text for part in open_])
    return Formula(text, lambda variables: known + sum([call(variables) for call in calls]))


def times(length: Formula, each: Formula) -> Formula:
    """The product of two."""
    if length.fixed is not None and each.fixed is not None:
        return number(length.fixed * each.fixed)
    for one, other in ((length, each), (each, length)):
        if one.fixed == 0:
            return number(0)
        if one.fixed == 1:
            return other
    first, second = length.at, each.at
    return Formula(f"{_closed(length)} × {_closed(each)}", lambda variables: first(variables) * second(variables))


def _closed(formula: Formula) -> str:
    return f"({formula.text})" if " + " in formula.text else formula.text


class Length(NamedTuple):
    """The length that a list is asked for: the largest of what is `said`, of variables (with their defaults), else `otherwise`."""

    said: Sequence[int]
    variables: Mapping[str, int | None]
    otherwise: int

    def formula(self) -> Formula:
        """As a formula."""
        defaults = [default for default in self.variables.values() if default is not None]
        usual = max([*self.said, *defaults], default=self.otherwise)
        names = ", ".join(f"${name}" for name in self.variables)
        known = f"at least {max(self.said):,}" if self.said else f"else {usual:,}"
        return Formula(f"[{names}, {known}]", self.at)

    def at(self, variables: Variables) -> int:
        """For these variables."""
        given = [_length(variables.get(name, default)) for name, default in self.variables.items()]
        return max([*self.said, *(length for length in given if length is not None)], default=self.otherwise)


def _length(value: Any) -> int | None:
    """The length that a variable's value states, as GraphQL will read it: 3.0 is 3, one value is a list of one."""
    if isinstance(value, list):
        return len(value)
    if isinstance(value, str):
        return 1
    return max(0, int(value)) if isinstance(value, int | float) and abs(value) < 2**31 else None
