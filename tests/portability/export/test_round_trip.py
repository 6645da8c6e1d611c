"""What the export writes is read back as it was, whatever stands in it."""

from hypothesis import HealthCheck, event, given, settings

from impact.portability.content import Block
from impact.portability.export.bodies import BodyWriter, reading
from tests.portability.export.strategies import address, bodies, kept, link_at


def as_read(text: str) -> list[tuple[str, object]]:
    found = reading(link_at).blocks(text)
    return [(block.name, block.value) for block in found]


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(bodies)
def test_a_body_comes_back_as_it_was(body: list[Block]) -> None:
    body = kept(body)
    written = BodyWriter(address, link_at).write(body)
    event(f"html {min(written.as_html, 1)}, json {min(written.spelled_out, 1)}")
    assert as_read(written.text) == [(block.name, block.value) for block in body]
