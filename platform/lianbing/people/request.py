"""The type of a request behind the product's middlewares."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from lianbing.people.models import User
from lianbing.people.rules import Actor


class Request(HttpRequest):
    """What AccessMiddleware and the others put on a request. For annotations: nobody makes one."""

    actor: Actor
    user: User
    htmx: HtmxDetails
