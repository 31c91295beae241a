"""Full marks for exactly the key, nothing otherwise."""

from decimal import Decimal


class Exact:
    """Full marks for exactly the key, nothing otherwise."""

    name = "exact"

    def mark(self, key: frozenset[str], chosen: frozenset[str], marks: Decimal) -> Decimal:
        """See the contract of the package."""
        return marks if chosen == key else Decimal(0)


rule = Exact()
