"""Where the apps above learn what happens in the bank."""

from collections.abc import Callable

# Takes the ids of a knowledge point and of the one it was merged into; runs in the same transaction.
PointMerged = Callable[[int, int], None]
_followers: list[PointMerged] = []


def point_merged(follow: PointMerged) -> PointMerged:
    """Decorator: call this when one knowledge point is merged into another."""
    _followers.append(follow)
    return follow


def tell_merged(old: int, new: int) -> None:
    """Tell everybody who points at knowledge points."""
    for follow in _followers:
        follow(old, new)
