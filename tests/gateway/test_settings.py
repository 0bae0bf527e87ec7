"""What can be set, how, and to what is it set?"""

from pathlib import Path

import pytest

from gateway.settings import SETTINGS, Misconfigured, load
from tests.service import broadsheet


def test_a_flag_goes_before_the_environment_before_the_file_before_the_default(tmp_path: Path) -> None:
    """And each value says where it came from."""
    (tmp_path / "broadsheet.toml").write_text('port = 1\nhost = "file"\ntitle = "File"\n')
    found = load({"port": 3, "host": None}, {"BROADSHEET_PORT": "2", "BROADSHEET_HOST": "environment"}, tmp_path)
    assert [(found.values[name], found.origins[name]) for name in ("port", "host", "title", "workers")] == [
        (3, "flag"),
        ("environment", "environment"),
        ("File", "broadsheet.toml"),
        (1, "default"),
    ]
    assert (found.whole("port"), found.text("title"), found.number("slow_request")) == (3, "File", 1.0)
    assert found.home == Path("var").absolute()


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"BROADSHEET_PORT": "many"}, "port is 'many' (environment); it must be a whole number."),
        ({"BROADSHEET_WORKERS": "0"}, "workers is '0' (environment); it may not be below 1."),
        ({"BROADSHEET_SLOW_REQUEST": "nan"}, "slow_request is 'nan' (environment); it may not be below 0."),
        ({"BROADSHEET_LOG_REQUESTS": "some"}, "log_requests is 'some' (environment); it may be failed or all."),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_with_a_sentence(environment: dict[str, str], sentence: str, tmp_path: Path) -> None:
    """Nothing is guessed."""
    with pytest.raises(Misconfigured) as refused:
        load({}, environment, tmp_path)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"), [("port = ", "broadsheet.toml cannot be read"), ("colour = 1", "'colour', which is no setting")]
)
def test_a_file_that_cannot_be_used_is_refused_with_a_sentence(text: str, sentence: str, tmp_path: Path) -> None:
    """Broken, or with a line that means nothing."""
    (tmp_path / "broadsheet.toml").write_text(text)
    with pytest.raises(Misconfigured, match=sentence):
        load({}, {}, tmp_path)


def test_every_setting_has_help_and_a_default_that_it_accepts() -> None:
    """The list is complete in itself."""
    for setting in SETTINGS:
        assert setting.help.endswith(".")
        assert setting.read(setting.default, "default") == setting.default


def test_a_variable_that_sets_nothing_is_named(tmp_path: Path) -> None:
    """It may be misspelt, or of another release: the command says so, and goes on."""
    assert load({}, {"BROADSHEET_PROT": "1", "BROADSHEET_PORT": "2", "PATH": "x"}, tmp_path).unknown == ("BROADSHEET_PROT",)
    done = broadsheet("settings", home=tmp_path, BROADSHEET_PROT="1")
    assert done.returncode == 0
    assert "BROADSHEET_PROT is set, but there is no such setting." in done.stderr
