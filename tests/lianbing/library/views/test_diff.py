"""The page that compares two editions."""

import pytest
from django.urls import reverse

from lianbing.library.models import Law
from lianbing.library.rules.numerals import article_label
from tests.factories import people
from tests.factories.library import edition

pytestmark = pytest.mark.django_db
WORDS = [
    "城市管理部门应当对占道经营行为进行巡查。",
    "设置<b>户外</b>广告设施应当符合规划，并取得许可。",
    "建筑垃圾的运输车辆应当密闭，不得沿途遗撒。",
]


@pytest.fixture
def officer(client):
    client.force_login(people.officer().user)
    return client


def numbered(*texts):
    return [f"{article_label(n)} {text}" for n, text in enumerate(texts, 1)]


@pytest.fixture
def pair():
    old = edition(body=numbered(*WORDS))
    changed = WORDS[0].replace("进行巡查", "加强巡查")
    new = edition(
        history=("2024年1月2日 修订",), body=numbered(changed, "新增的一条：树木不得擅自砍伐。", WORDS[1])
    )
    return old, new


def address(old, new):
    return reverse("library:diff", args=[old.law.slug, old.slug, new.slug])


def test_changes_are_marked_counted_and_linked(officer, pair):
    text = officer.get(address(*pair)).content.decode()
    assert "<del><span" in text
    assert "</span>加强</ins>巡查。" in text
    assert f'<a href="{pair[0].get_absolute_url()}#art-2">第二条</a>' in text
    assert f'<a href="{pair[1].get_absolute_url()}#art-3">第三条</a>' in text
    assert text.count("data-change>") == 3


def test_the_text_of_a_law_is_escaped(officer, pair):
    text = officer.get(address(*pair) + "?all=on").content.decode()
    assert "设置&lt;b&gt;户外&lt;/b&gt;广告" in text
    assert "<b>户外" not in text


def test_only_what_changed_is_shown_unless_asked(officer):
    old, new = edition(), edition(history=("2024年1月2日 修订",), articles=4)
    short = officer.get(address(old, new)).content.decode()
    assert "这是第1号条文" not in short
    assert "第四条" in short
    assert "这是第1号条文" in officer.get(address(old, new) + "?all=on").content.decode()


def test_turned_round_what_was_added_is_removed(officer, pair):
    assert "change-added" in officer.get(address(*pair)).content.decode()
    back = officer.get(address(*reversed(pair))).content.decode()
    assert "change-added" in back
    assert "change-removed" in back


def test_equal_texts_say_so(officer):
    old, new = edition(), edition(history=("2024年1月2日 修订",))
    assert "data-changes" not in officer.get(address(old, new)).content.decode()


def test_one_chooses_which_two_to_compare(officer, pair):
    old, new = pair
    choose = reverse("library:compare", args=[old.law.slug])
    assert officer.get(choose).url == address(old, new)
    assert officer.get(f"{choose}?new={new.pk}").url == address(old, new)
    assert officer.get(f"{choose}?new={old.pk}").url == address(old, old)
    assert officer.get(f"{choose}?old={new.pk}&new={old.pk}&all=on").url == address(new, old) + "?all=on"
    assert officer.get(f"{choose}?old=x&new=99999999999999999999").url == address(old, new)


def test_a_renamed_law_is_compared_across_its_names(officer, pair):
    later = edition("市容环境条例", history=("2025年1月2日 通过",), body=numbered(*WORDS))
    Law.objects.filter(pk=later.law_id).update(continues=pair[1].law_id)
    choose = reverse("library:compare", args=[later.law.slug])
    response = officer.get(f"{choose}?old={pair[1].pk}&new={later.pk}")
    assert response.url == reverse(
        "library:diff_across", args=[pair[1].law.slug, pair[1].slug, later.law.slug, later.slug]
    )
    assert officer.get(response.url).status_code == 200


@pytest.mark.parametrize("articles", [1, 300])
def test_the_page_costs_the_same_whatever_its_length(officer, articles, django_assert_max_num_queries):
    old, new = edition(articles=articles), edition(history=("2024年1月2日 修订",), articles=articles + 1)
    with django_assert_max_num_queries(15):
        assert officer.get(address(old, new)).status_code == 200


def test_what_is_not_there_is_not_compared(officer, client, pair):
    assert officer.post(address(*pair)).status_code == 405
    assert officer.get(reverse("library:diff", args=[pair[0].law.slug, "1999-01-01", "x"])).status_code == 404
    assert officer.get(reverse("library:compare", args=["没有"])).status_code == 404
    client.logout()
    assert client.get(address(*pair)).url.startswith("/sign-in/")
