"""Pictures in the sizes that pages ask for."""

import logging
import re

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext

from impact.media import renditions
from impact.media.models import ImpactImage
from impact.media.renditions import PROFILES, Picture, picture, prepare, rendition_url
from tests.factories.content import make_image

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def show(image: ImpactImage | None, arguments: str) -> str:
    template = Template("{% load impact_tags %}{% picture_of image " + arguments + " %}")
    return re.sub(r"\s+", " ", template.render(Context({"image": image})))


def attribute(markup: str, name: str) -> str:
    found = re.search(rf'<img[^>]* {name}="([^"]*)"', markup)
    assert found, f"{name} is missing in {markup}"
    return found[1]


def widths(found: Picture) -> list[list[str]]:
    return [re.findall(r" (\d+)w", source.srcset) for source in found.sources]


def test_a_picture_comes_in_avif_webp_and_jpeg_with_sizes_and_dimensions() -> None:
    markup = show(make_image(description="A reef"), '"card"')
    assert re.findall(r'type="([^"]+)"', markup) == ["image/avif", "image/webp"]
    for kind in ("avif", "webp"):
        assert re.search(rf'"image/{kind}" srcset="[^"]+ 400w, [^"]+ 960w" sizes="', markup)
    # What reads neither of them gets one size, and no list that is as long again.
    assert "format-jpeg" in attribute(markup, "src")
    assert markup.count("format-jpeg") == 1
    assert (attribute(markup, "width"), attribute(markup, "height")) == ("640", "427")
    assert attribute(markup, "alt") == "A reef"
    assert attribute(markup, "loading") == "lazy"


def test_the_first_picture_of_a_page_is_not_lazy() -> None:
    markup = show(make_image(), '"lead" eager=True')
    assert 'fetchpriority="high"' in markup
    assert "loading" not in markup


def test_nothing_is_scaled_up_and_no_width_is_named_twice() -> None:
    found = picture(make_image(size=(700, 500)), "lead")
    assert found
    assert widths(found) == [["400", "640", "700"]] * 2


def test_a_card_is_cropped_to_three_by_two_around_the_focal_point() -> None:
    image = make_image(size=(1500, 1500))
    image.focal_point_x, image.focal_point_y = 100, 100
    image.focal_point_width = image.focal_point_height = 50
    image.save()
    found = picture(image, "card")
    assert found
    assert round(found.width / found.height, 2) == 1.5
    prepare(image, "card")
    keys = set(image.renditions.values_list("focal_point_key", flat=True))
    assert all(keys)


def test_missing_copies_are_linked_to_the_view_that_makes_them(client: Client) -> None:
    image = make_image()
    found = picture(image, "card")
    assert found
    assert image.renditions.count() == 0
    response = client.get(found.src)
    assert response.status_code == 302
    assert image.renditions.count() == 1
    again = picture(ImpactImage.objects.get(pk=image.pk), "card")
    assert again
    assert again.src == response["Location"]
    assert (again.width, again.height) == (found.width, found.height)


@pytest.mark.parametrize("size", [(1201, 799), (333, 1777), (1999, 301), (641, 641), (40, 30)])
@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_the_announced_size_is_the_size_that_is_made(profile: str, size: tuple[int, int]) -> None:
    image = make_image(size=size)
    announced = picture(image, profile)
    prepare(image, profile)
    made = picture(ImpactImage.objects.get(pk=image.pk), profile)
    assert announced
    assert made
    assert "/pictures/" not in " ".join([made.src, *(each.srcset for each in made.sources)])
    assert (announced.width, announced.height) == (made.width, made.height)
    assert widths(announced) == widths(made)


def test_prepared_and_prefetched_pictures_cost_no_query() -> None:
    def queries(number: int) -> int:
        made = [make_image() for _ in range(number)]
        for image in made:
            prepare(image, "card")
        images = list(ImpactImage.objects.filter(pk__in=[image.pk for image in made]))
        with CaptureQueriesContext(connection) as captured:
            renditions.prefetch(images, "card")
            for image in images:
                assert "/pictures/" not in show(image, '"card"')
        return len(captured)

    assert queries(1) == queries(5) == 1


def test_copies_around_another_focal_point_are_not_shown() -> None:
    image = make_image(size=(1500, 1500))
    prepare(image, "card")
    image.focal_point_x, image.focal_point_y = 100, 100
    image.focal_point_width = image.focal_point_height = 50
    image.save()
    for prefetched in (True, False):
        again = ImpactImage.objects.get(pk=image.pk)
        if prefetched:
            renditions.prefetch([again], "card")
        assert "/pictures/" in show(again, '"card"')


def test_prefetched_copies_are_shown_as_those_that_are_asked_for_one_by_one() -> None:
    image = make_image()
    prepare(image, "card", "lead")
    fresh, again = (ImpactImage.objects.get(pk=image.pk) for _ in range(2))
    renditions.prefetch([fresh, None, fresh], "card", "lead")
    for profile in ("card", "lead"):
        assert picture(fresh, profile) == picture(again, profile)


def test_a_list_of_new_pictures_costs_no_query_either() -> None:
    images = [make_image() for _ in range(5)]
    renditions.prefetch(images, "card")
    with CaptureQueriesContext(connection) as captured:
        for image in images:
            show(image, '"card"')
    assert len(captured) == 0


def test_only_addresses_that_the_site_has_signed_are_answered(client: Client) -> None:
    image = make_image()
    address = rendition_url(image, "width-640|format-webp")
    assert client.get(address.replace("width-640", "width-641")).status_code == 403
    assert client.get(address.replace("/pictures/", "/pictures/x")).status_code == 403
    assert client.get(rendition_url(image, "explode-1")).status_code == 404
    image.delete()
    assert client.get(address).status_code == 404


def test_a_missing_file_is_logged_and_answered_with_a_pattern(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    image = make_image()
    image.file.storage.delete(image.file.name)
    markup = show(image, '"card"')
    with caplog.at_level(logging.WARNING, logger="impact.media"):
        response = client.get(attribute(markup, "src"))
    assert response.status_code == 404
    assert response["Content-Type"] == "image/svg+xml"
    assert b"<svg" in response.content
    assert str(image.file) in caplog.text


def test_a_file_that_is_no_picture_is_logged_and_answered_with_a_pattern(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    image = make_image()
    with image.file.storage.open(image.file.name, "wb") as file:
        file.write(b"not a picture")
    with caplog.at_level(logging.WARNING, logger="impact.media"):
        response = client.get(attribute(show(image, '"card"'), "src"))
        assert prepare(image, "card") == 0
    assert response.status_code == 404
    assert response["Content-Type"] == "image/svg+xml"
    logged = [record for record in caplog.records if record.name.startswith("impact.media")]
    assert len(logged) == 2


def test_without_a_picture_a_card_has_a_pattern_and_other_places_nothing() -> None:
    assert "<svg" in show(None, '"card" title="Reefs"')
    assert show(None, '"logo"') == ""


def test_words_of_the_place_go_before_those_of_the_picture() -> None:
    image = make_image(description="A reef")
    image.contextual_alt_text = "The reef in June"
    assert 'alt="The reef in June"' in show(image, '"figure"')
    image.decorative = True
    assert 'alt=""' in show(image, '"figure"')
    assert 'alt=""' in show(make_image(), '"figure" decorative=True')


def test_a_picture_without_alt_text_says_nothing_rather_than_its_file_name() -> None:
    assert 'alt=""' in show(make_image(title="IMG_2041.JPG", description=""), '"card"')
