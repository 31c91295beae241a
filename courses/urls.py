"""Addresses /courses/..."""

from typing import Any

from django.urls import path

from courses.views import audience, categories, duties

app_name = "courses"

urlpatterns: list[Any] = [
    path("audience/count/", audience.audience_count, name="audience_count"),
    path("duties/", duties.duty_list, name="duties"),
    path("duties/give/", duties.duty_give, name="duty_give"),
    path("duties/kinds/", duties.duty_roles, name="duty_roles"),
    path("duties/<int:pk>/end/", duties.duty_end, name="duty_end"),
    path("categories/", categories.category_list, name="categories"),
    path("categories/new/", categories.category_add, name="category_add"),
    path("categories/<int:pk>/", categories.category_edit, name="category_edit"),
    path("categories/<int:pk>/close/", categories.category_close, name="category_close"),
    path("categories/<int:pk>/move/", categories.category_move, name="category_move"),
]
