from dashboard.headers import HEADERS, POLICY


def test_no_foreign_code_runs() -> None:
    """Scripts come from our own address; inline ones only by their hash, and none by eval."""
    sources = POLICY["script-src"].split()
    assert "'self'" in sources
    assert {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "data:"}.isdisjoint(sources)
    assert sum(source.startswith("'sha256-") for source in sources) >= 4


def test_nothing_is_fetched_from_elsewhere() -> None:
    """No directive names another host."""
    assert not any("://" in value or "*" in value for value in POLICY.values())


def test_the_page_stands_in_no_foreign_frame() -> None:
    """Another site can't put the app into a frame of its own, nor read what it refers to."""
    assert "frame-ancestors 'self'" in HEADERS["Content-Security-Policy"]
    assert HEADERS["Referrer-Policy"] == "same-origin"
