from matching import voikko


def test_the_matcher_can_do_without_voikko() -> None:
    """Base forms where it is installed, none where it is not; it always says which."""
    assert ("tuhka" in voikko.base_forms("tuhkasta")) is voikko.in_use()
