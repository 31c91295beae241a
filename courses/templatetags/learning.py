"""Lengths of time on the pages of courses."""

from django import template

register = template.Library()


@register.filter
def clock_time(seconds: int | None) -> str:
    """Seconds as a player shows them: 4:05, 1:04:05."""
    whole = max(0, int(seconds or 0))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


@register.filter
def to_minutes(seconds: int | None) -> int:
    """Seconds as whole minutes, a begun one counting."""
    return -(-max(0, int(seconds or 0)) // 60)
