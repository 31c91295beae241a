"""Navigation and front-page panels of training."""

from courses.training.panels import (  # noqa: F401 -- each registers itself
    assigned,
    attendance,
    classes,
    hours,
    plan_links,
    plans,
    records,
    self_study,
    study,
)
