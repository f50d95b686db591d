from benchmarks.rooms import Seen


def line(seq: int, resources: str, matches: str) -> bytes:
    """Write a frame as the stream sends it: with a title that looks like a figure."""
    cards = '"cards":[{"title":"\\"resources\\":\\"7\\""}]'
    return f'data: {{"seq":{seq},{cards},"figures":{{"resources":"{resources}","matches":"{matches}"}}}}\n'.encode()


def test_a_screen_notes_its_frames_and_the_last_figures() -> None:
    """Thousands are parted by no-break spaces; what is no frame counts for nothing."""
    seen = Seen()
    for one in (
        b"retry: 2000\n",
        b"\n",
        line(3, "2", "0"),
        b"event: alive\n",
        b"data: {}\n",
        line(9, "1\u00a0234", "12"),
    ):
        seen.take(one)
    assert [number for _, number in seen.frames] == [3, 9]
    assert (seen.resources, seen.matches) == (1234, 12)


def test_a_line_is_visible_from_the_first_frame_that_holds_it() -> None:
    """One that no frame holds never is."""
    seen = Seen(frames=[(1.0, 3), (2.0, 9)])
    assert [seen.visible(number) for number in (2, 3, 4, 9, 10)] == [1.0, 1.0, 2.0, 2.0, float("inf")]
