"""Fields that refuse what Django's own would stumble over."""

import pytest
from django import forms

from lianbing.kit.forms import ManyChoiceField, keep_to_this_century
from lianbing.people.models import Post
from tests.factories.people import PostFactory

HUGE = ["9" * 30, "-99999999999999999999"]


class Chosen(forms.Form):
    posts = ManyChoiceField(queryset=Post.objects.all())
    at = forms.DateTimeField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        keep_to_this_century(self.fields["at"])


@pytest.mark.django_db
@pytest.mark.parametrize("number", HUGE)
def test_a_huge_number_is_a_wrong_choice(number):
    assert list(Chosen({"posts": [number]}).errors) == ["posts"]


@pytest.mark.django_db
def test_an_honest_choice_stays():
    post = PostFactory()
    form = Chosen({"posts": [post.pk], "at": "2026-11-20 09:00"})
    assert form.is_valid()
    assert list(form.cleaned_data["posts"]) == [post]


@pytest.mark.django_db
@pytest.mark.parametrize("moment", ["0001-01-01 00:00", "1999-12-31 00:00", "9999-12-31 23:59"])
def test_the_ends_of_the_calendar_are_refused(moment):
    assert list(Chosen({"posts": [PostFactory().pk], "at": moment}).errors) == ["at"]
