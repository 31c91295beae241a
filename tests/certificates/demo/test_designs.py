"""The demo's designs and the class it certifies."""

import random

import pytest

from certificates.demo import designs as demo
from certificates.models import AwardRule, Certificate, CertificateDesign
from lianbing.kit.demo import Story
from lianbing.people.rules import Role
from tests.factories import certificates, people, training

pytestmark = pytest.mark.django_db


def told(at):
    people.staff(Role.HR)
    demo.designs(Story(today=at.date(), now=at, rng=random.Random(1)))


def test_two_designs_and_rules_that_use_them(at):
    certificates.rule()
    told(at)
    assert CertificateDesign.objects.count() == 2
    assert not AwardRule.objects.filter(design=None).exists()


def test_the_newest_class_is_certified_for_holders_alone(at):
    squad = people.unit("执法一中队")
    holder, without = people.officer(squad), people.officer(squad)
    certificates.certificate(holder, days_left=700)
    batch = training.batch(training.training_class(squad, state="finished"))
    for one in (holder, without):
        training.trainee(batch, one, state="finished")
    told(at)
    assert [one.officer for one in Certificate.objects.exclude(basis="")] == [holder]
