import pytest

from index.document import ArticleStatus, Author, Category, Image, Tag
from index.store.store import Topic, TopicKind, TopicOrder, TopicWindow

CATEGORY, TAG, AUTHOR = TopicKind.CATEGORY, TopicKind.TAG, TopicKind.AUTHOR
NAMES = ["Émile", "Zebra", "apple", "Äpfel", "banana", "Cherry", "cherry-2"]  # by name: apple Äpfel(apfel) …


def slugs(page):
    """The slugs on a page."""
    return [topic.slug for topic, _, _ in page.topics]


def test_topics_hold_all_that_articles_say_of_them(store, make):
    """An author's bio and a category's description are both `text`; a parent is given by slug."""
    face = Image("https://a.example/ada.jpg", "Ada")
    author = Author("Ada Kerr", "ada", "Covers ports.", "https://a.example/ada", face)
    category = Category("Ports", parent=Category("News", description="All of it"), description="Harbours")
    store.write([make(authors=[author], categories=[category], tags=["Quay"])])
    assert store.topics(AUTHOR, ["ada", "nobody"], preview=False) == {
        "ada": Topic(AUTHOR, "ada", "Ada Kerr", "Covers ports.", "https://a.example/ada", face)
    }
    assert store.topics(CATEGORY, ["ports", "news"], preview=False) == {
        "ports": Topic(CATEGORY, "ports", "Ports", "Harbours", parent="news"),
        "news": Topic(CATEGORY, "news", "News", "All of it"),
    }
    assert store.topics(TAG, ["quay", "ports"], preview=False) == {"quay": Topic(TAG, "quay", "Quay")}


def test_a_topic_exists_while_a_visible_article_names_it_or_a_descendant(store, make):
    """With preview any article will do."""
    below = Category("Below", parent=Category("Above"))
    store.write([make(categories=[below], tags=["Seen"], status=ArticleStatus.DRAFT), make(tags=["Shown"])])
    assert store.topics(CATEGORY, ["above", "below"], preview=False) == {}
    assert list(store.topics(CATEGORY, ["above", "below"], preview=True)) == ["above", "below"]
    assert list(store.topics(TAG, ["seen", "shown"], preview=False)) == ["shown"]
    assert (store.topic_total(TAG, None, preview=False), store.topic_total(TAG, None, preview=True)) == (1, 2)


def test_an_article_counts_once_for_a_category_and_its_descendants(store, make):
    """Whether it names one of them, two or all."""
    top = Category("Top")
    left, right = Category("Left", parent=top), Category("Right", parent=top)
    store.write([make(categories=[left, right, top]), make(categories=[left]), make(categories=[top], status=ArticleStatus.DRAFT)])
    assert store.topic_counts(CATEGORY, ["top", "left", "right", "none"], preview=False) == {"top": 2, "left": 2, "right": 1}
    assert store.topic_counts(CATEGORY, ["top"], preview=True) == {"top": 3}


def test_children_stand_by_name(store, make):
    """Only those that the reader may see; a category without any has none."""
    top = Category("Top")
    children = [Category(name, parent=top) for name in ("beta", "Alpha", "Gamma")]
    store.write([make(categories=children), make(categories=[Category("Hidden", parent=top)], status=ArticleStatus.DRAFT)])
    found = store.children(["top", "beta", "nobody"], preview=False)
    assert {slug: [topic.name for topic in below] for slug, below in found.items()} == {
        "top": ["Alpha", "beta", "Gamma"],
        "beta": [],
        "nobody": [],
    }
    assert [topic.name for topic in store.children(["top"], preview=True)["top"]] == ["Alpha", "beta", "Gamma", "Hidden"]


@pytest.fixture
def fruit(store, make):
    """A store with tags of different counts: each name has as many articles as its place in the list."""
    store.write([make(tags=[Tag(name) for name in NAMES[place:]]) for place in range(len(NAMES))])
    return store


BY_NAME = ["apfel", "apple", "banana", "cherry", "cherry-2", "emile", "zebra"]
BY_COUNT = ["cherry-2", "cherry", "banana", "apfel", "apple", "zebra", "emile"]


def test_by_name_is_without_case_and_accents(fruit):
    """Then by slug."""
    page = fruit.topic_page(TAG, TopicWindow(first=None), preview=False)
    assert slugs(page) == BY_NAME
    assert [(key, count) for _, key, count in page.topics][:2] == [(("apfel", "apfel"), 4), (("apple", "apple"), 3)]


def test_by_count_is_falling(fruit):
    """The key is the count, then the slug."""
    page = fruit.topic_page(TAG, TopicWindow(first=None, order=TopicOrder.COUNT), preview=False)
    assert slugs(page) == BY_COUNT
    assert [key for _, key, _ in page.topics] == [(count, slug) for slug, count in zip(BY_COUNT, (7, 6, 5, 4, 3, 2, 1), strict=True)]


@pytest.mark.parametrize("order", list(TopicOrder))
@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pages_forward_and_backward_are_the_list_cut_up(fruit, order, size):
    """Nothing twice, nothing missing, and each says truly whether more stands on either side."""
    whole = [(topic.slug, key) for topic, key, _ in fruit.topic_page(TAG, TopicWindow(first=None, order=order), preview=False).topics]
    seen, after = [], None
    while True:
        page = fruit.topic_page(TAG, TopicWindow(first=size, after=after, order=order), preview=False)
        seen += slugs(page)
        assert (page.has_previous, page.has_next) == (after is not None, len(seen) < len(whole))
        if not page.has_next:
            break
        after = page.topics[-1][1]
    assert seen == [slug for slug, _ in whole]
    seen, before = [], None
    while True:
        page = fruit.topic_page(TAG, TopicWindow(first=None, last=size, before=before, order=order), preview=False)
        seen = slugs(page) + seen
        assert (page.has_previous, page.has_next) == (len(seen) < len(whole), before is not None)
        if not page.has_previous:
            break
        before = page.topics[0][1]
    assert seen == [slug for slug, _ in whole]


def test_a_page_between_two_keys(fruit):
    """Both bounds are left out, and more stands on both sides."""
    between = TopicWindow(first=5, after=("apple", "apple"), before=("emile", "emile"))
    page = fruit.topic_page(TAG, between, preview=False)
    assert (slugs(page), page.has_previous, page.has_next) == (["banana", "cherry", "cherry-2"], True, True)


def test_an_offset_counts_from_the_start(fruit):
    """An offset beyond the end gives an empty page after everything."""
    page = fruit.topic_page(TAG, TopicWindow(first=2, offset=2), preview=False)
    assert (slugs(page), page.has_previous, page.has_next) == (["banana", "cherry"], True, True)
    page = fruit.topic_page(TAG, TopicWindow(first=2, offset=100), preview=False)
    assert (slugs(page), page.has_previous, page.has_next) == ([], True, False)


def test_an_empty_page_says_whether_anything_is_there(fruit):
    """As a client asks that only wants to know."""
    page = fruit.topic_page(TAG, TopicWindow(first=0), preview=False)
    assert (slugs(page), page.has_previous, page.has_next) == ([], False, True)
    page = fruit.topic_page(AUTHOR, TopicWindow(), preview=False)
    assert (slugs(page), page.has_previous, page.has_next) == ([], False, False)


@pytest.mark.parametrize(
    ("prefix", "expected"), [("ap", ["apfel", "apple"]), ("ÄP", ["apfel", "apple"]), ("cherry-", ["cherry-2"]), ("%", []), ("", BY_NAME)]
)
def test_a_prefix_is_one_of_the_folded_name_or_of_the_slug(fruit, prefix, expected):
    """No character in it is a wildcard."""
    assert slugs(fruit.topic_page(TAG, TopicWindow(prefix=prefix), preview=False)) == expected
    assert fruit.topic_total(TAG, prefix, preview=False) == len(expected)


def test_a_slug_that_begins_with_the_prefix_is_enough(store, make):
    """Where the source gave one that is not made of the name."""
    store.write([make(tags=[Tag("JavaScript", "js")])])
    assert slugs(store.topic_page(TAG, TopicWindow(prefix="js"), preview=False)) == ["js"]


def test_a_page_within_a_prefix_knows_no_neighbours_outside_it(fruit):
    """`has_next` and `has_previous` are of the list that was asked for."""
    page = fruit.topic_page(TAG, TopicWindow(first=5, prefix="ap", after=("apfel", "apfel")), preview=False)
    assert (slugs(page), page.has_previous, page.has_next) == (["apple"], True, False)


def test_keys_from_outside_may_be_anything(fruit):
    """A number that no database holds, half a surrogate pair."""
    page = fruit.topic_page(TAG, TopicWindow(order=TopicOrder.COUNT, after=(10**30, "")), preview=False)
    assert slugs(page) == BY_COUNT
    page = fruit.topic_page(TAG, TopicWindow(order=TopicOrder.COUNT, after=(-(10**30), "")), preview=False)
    assert slugs(page) == []
    assert slugs(fruit.topic_page(TAG, TopicWindow(after=("\ud800", "\ud800"), offset=0), preview=False)) == BY_NAME
    assert fruit.topic_total(TAG, "\ud800", preview=False) == 0
