"""Which addresses are videos."""

import pytest

from impact.blocks.video_urls import Video, parse

ID = "dQw4w9WgXcQ"


@pytest.mark.parametrize(
    "url",
    [
        f"https://www.youtube.com/watch?v={ID}",
        f"http://youtube.com/watch?feature=share&v={ID}&list=PL1",
        f"https://m.youtube.com/watch?v={ID}",
        f"https://www.youtube.com/embed/{ID}?rel=0",
        f"https://www.youtube-nocookie.com/embed/{ID}",
        f"https://www.youtube.com/shorts/{ID}",
        f"https://www.youtube.com/live/{ID}?si=abc",
        f"https://youtu.be/{ID}?si=abc",
        f"  https://YouTu.be/{ID}  ",
    ],
)
def test_youtube_addresses_give_the_id(url: str) -> None:
    assert parse(url) == Video("youtube", ID)


@pytest.mark.parametrize(
    ("url", "video"),
    [
        ("https://vimeo.com/76979871", Video("vimeo", "76979871")),
        ("https://www.vimeo.com/76979871", Video("vimeo", "76979871")),
        ("https://vimeo.com/channels/staffpicks/76979871", Video("vimeo", "76979871")),
        ("https://vimeo.com/76979871/8272103f6e", Video("vimeo", "76979871", "8272103f6e")),
        (
            "https://player.vimeo.com/video/76979871?h=8272103f6e&title=0",
            Video("vimeo", "76979871", "8272103f6e"),
        ),
        ("https://player.vimeo.com/video/76979871#t=90s", Video("vimeo", "76979871", start=90)),
    ],
)
def test_vimeo_addresses_give_id_and_hash(url: str, video: Video) -> None:
    assert parse(url) == video


@pytest.mark.parametrize(
    ("start", "seconds"), [("90", 90), ("90s", 90), ("1m30s", 90), ("1h1m1s", 3661), ("x", 0)]
)
def test_the_start_is_kept(start: str, seconds: int) -> None:
    video = parse(f"https://youtu.be/{ID}?t={start}")
    assert video is not None
    assert video.start == seconds
    assert (f"start={seconds}" in video.player_url) is bool(seconds)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "not an address",
        f"https://youtube.com.evil.org/watch?v={ID}",
        f"https://evil.org/watch?v={ID}",
        f"https://evilyoutube.com/watch?v={ID}",
        f"https://youtube.com@evil.org/watch?v={ID}",
        f"https://user:secret@youtube.com/watch?v={ID}",
        f"https://youtube.com:8443/watch?v={ID}",
        f"javascript://youtube.com/watch?v={ID}",
        f"ftp://youtube.com/watch?v={ID}",
        f"//youtube.com/watch?v={ID}",
        "https://www.youtube.com/watch?v=short",
        'https://www.youtube.com/embed/"><script>',
        "https://www.youtube.com/@channel",
        "https://www.youtube.com/playlist?list=PL1234567890",
        "https://vimeo.com/about",
        "https://vimeo.com.evil.org/76979871",
        "https://[bad/76979871",
        "https://vimeo.com:port/76979871",
    ],
)
def test_anything_else_is_refused(url: str) -> None:
    assert parse(url) is None


def test_players_are_the_providers_private_ones() -> None:
    youtube, vimeo = parse(f"https://youtu.be/{ID}"), parse("https://vimeo.com/1/8272103f6e")
    assert youtube is not None
    assert vimeo is not None
    assert youtube.player_url.startswith(f"https://www.youtube-nocookie.com/embed/{ID}?")
    assert vimeo.player_url.startswith("https://player.vimeo.com/video/1?")
    assert "dnt=1" in vimeo.player_url
    assert "h=8272103f6e" in vimeo.player_url
    assert vimeo.watch_url == "https://vimeo.com/1/8272103f6e"
