from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from config.settings import Settings
from dashboard import measures

TOKEN = "let-me-read-the-figures"  # noqa: S105 - opens nothing


@pytest.fixture
def settings_with_token(tmp_path: Path) -> Settings:
    """Give settings whose token lies in a file."""
    file = tmp_path / "token"
    file.write_text(TOKEN)
    file.chmod(0o600)
    return Settings(home=tmp_path, metrics_token_file=file)


def client(settings: Settings, came_from: str) -> TestClient:
    """Open the figures to a machine."""
    app = Starlette(routes=[Route("/metrics", measures.Metrics(settings).__call__)])
    return TestClient(app, client=(came_from, 1))


def figure(page: str) -> float:
    """Read how many runs of a page are counted, in the format that monitoring reads."""
    told = client(Settings(), "127.0.0.1").get("/metrics").text
    samples = (sample for family in text_string_to_metric_families(told) for sample in family.samples)
    return sum(one.value for one in samples if one.name == "synergia_page_runs_total" and one.labels["page"] == page)


def broken() -> None:
    """Run a page that meets an error."""
    with measures.run():
        measures.page("overview")
        raise ZeroDivisionError


def test_a_run_is_counted_under_its_page() -> None:
    """Also one that fails; a run that names no page was a fragment's."""
    before, parts = figure("overview"), figure("fragment")
    with measures.run():
        measures.page("overview")
    with pytest.raises(ZeroDivisionError):
        broken()
    with measures.run():
        pass
    assert (figure("overview") - before, figure("fragment") - parts) == (2, 1)


def test_figures_are_for_this_machine(settings_with_token: Settings) -> None:
    """Others need the token; to all else there is no such page, also through a proxy of this machine."""
    assert client(Settings(), "127.0.0.1").get("/metrics").status_code == 200
    assert client(Settings(), "127.0.0.1").get("/metrics", headers={"X-Forwarded-For": "10.0.0.7"}).status_code == 404
    outside = client(settings_with_token, "10.0.0.7")
    assert outside.get("/metrics").status_code == 404
    assert outside.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404
    assert outside.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert client(Settings(), "10.0.0.7").get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
