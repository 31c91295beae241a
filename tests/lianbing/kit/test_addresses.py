"""The address behind each route."""

from lianbing.kit.addresses import addresses
from lianbing.people.ports import matrix


def test_a_route_knows_its_address():
    assert addresses()["home:style"] == "/style/"
    assert addresses()["people:officer"] == "/people/<int:pk>/"


def test_every_route_of_the_access_matrix_has_one():
    assert {name for name, _rule in matrix() if name not in addresses()} <= {"cms"}
