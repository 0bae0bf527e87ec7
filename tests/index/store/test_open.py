import pytest

from index.store.open import open_store
from index.store.store import StoreError


def test_an_address_is_relative_to_the_home(tmp_path):
    """The home is made where it is missing."""
    open_store("sqlite:///broadsheet.db", tmp_path / "a" / "home").close()
    assert (tmp_path / "a" / "home" / "broadsheet.db").is_file()


def test_an_address_with_four_slashes_is_absolute(tmp_path):
    """As SQLAlchemy's are."""
    open_store(f"sqlite:///{tmp_path}/x.db", tmp_path / "home").close()
    assert (tmp_path / "x.db").is_file()


@pytest.mark.parametrize("url", ["mysql://x", "sqlite:///", "sqlite://", "", "x.db"])
def test_another_address_is_refused_with_what_to_do(tmp_path, url):
    """In a sentence."""
    with pytest.raises(StoreError, match=r"Set BROADSHEET_STORE to one such as sqlite:///broadsheet\.db\."):
        open_store(url, tmp_path)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    """And left alone."""
    (tmp_path / "x.db").write_text("This is a text, and a long one: " + "x" * 5000)
    with pytest.raises(StoreError, match="is not a SQLite database"):
        open_store("sqlite:///x.db", tmp_path)
    assert (tmp_path / "x.db").read_text().startswith("This is a text")


def test_a_folder_in_its_place_is_refused(tmp_path):
    """SQLite cannot open it."""
    (tmp_path / "x.db").mkdir()
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store("sqlite:///x.db", tmp_path)


def test_a_home_that_cannot_be_made_is_refused(tmp_path):
    """A file stands where the folder should be."""
    (tmp_path / "home").write_text("")
    with pytest.raises(StoreError, match=r"folder .*home cannot be used"):
        open_store("sqlite:///x.db", tmp_path / "home")
