"""A synthetic Hugo site of any size: invented words, links in several spellings, small pictures."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from PIL import Image, ImageDraw

_SYLLABLES = (
    "ba",
    "do",
    "fen",
    "gri",
    "ka",
    "lo",
    "mir",
    "nu",
    "pel",
    "ro",
    "sa",
    "tor",
    "vi",
    "zem",
)
_FIRST_DAY = date(2012, 1, 2)
_PICTURE = (480, 320)
_SHARED = 12
_CONFIG = """baseURL: https://synthetic.example/
enableEmoji: true
permalinks:
  blog: /blog/:slug/
"""


def build(root: Path, posts: int, seed: int = 1) -> None:
    """Write a site with so many posts, each with two pictures, four links and two authors."""
    _Builder(root, posts, random.Random(seed)).build()


class _Builder:
    def __init__(self, root: Path, posts: int, chance: random.Random) -> None:
        self.root = root
        self.chance = chance
        self.words = [self._word() for _ in range(4000)]
        self.authors = [self._name() for _ in range(5 + posts // 25)]
        self.communities = [f"{self._name()}-{n}" for n in range(5 + posts // 50)]
        self.tags = [self.chance.choice(self.words) for _ in range(60)]
        self.posts = [f"{self._name()}-{n}" for n in range(posts)]

    def build(self) -> None:
        self._write("hugo.yaml", _CONFIG)
        for number in range(_SHARED):
            self._draw(f"static/images/shared-{number}.png", number)
        for number, name in enumerate(self.authors):
            text = f"---\ntitle: {name.replace('-', ' ').title()}\n---\n{self._sentence()}\n"
            self._write(f"content/authors/{name}-{number}/_index.md", text)
        for number, name in enumerate(self.communities):
            website = f"[{name}](https://{name}.example/)"
            head = f"---\ntitle: {name.replace('-', ' ').title()}\ntags: [member]\n---\n"
            self._write(
                f"content/collaborators/{name}/index.md", f"{head}{website} {self._sentence()}\n"
            )
            self._draw(f"content/collaborators/{name}/featured.png", number)
        for number, name in enumerate(self.posts):
            self._write_post(number, name)

    def _write_post(self, number: int, name: str) -> None:
        day = _FIRST_DAY + timedelta(days=number % 4500)
        folder = f"content/blog/{day.year}/{name}"
        authors = self.chance.sample(self.authors, 2)
        head = "\n".join(
            (
                "---",
                f"title: {self._sentence(6)}",
                f"slug: {name}",
                f"date: {day}",
                f"authors: [{', '.join(a.replace('-', ' ').title() for a in authors)}]",
                f"categories: [{self.chance.choice(('news', 'field work', 'methods', 'people'))}]",
                f"tags: [{', '.join(self.chance.sample(self.tags, 3))}]",
                "---",
            )
        )
        parts = [self._paragraph(number)]
        for level in range(3):
            parts += [f"## {self._sentence(4)}", self._paragraph(number), self._paragraph(number)]
            if level == 1:
                parts.append(self._figure(number))
        parts += ["\n".join(f"- {self._sentence()}" for _ in range(4)), f"> {self._sentence()}"]
        community = self.chance.choice(self.communities)
        thanks = f"Thanks to [them](../../../collaborators/{community}/)."
        self._write(f"{folder}/index.md", "\n\n".join([head, *parts, "## Thanks", thanks, ""]))
        self._draw(f"{folder}/featured.png", number)
        if number % 10:
            self._draw(f"{folder}/scene.png", number)

    def _figure(self, number: int) -> str:
        src = "scene.png" if number % 10 else f"/images/shared-{number % _SHARED}.png"
        return f'{{{{< figure src="{src}" alt="{self._sentence(5)}" caption="{self._sentence(5)}" >}}}}'

    def _paragraph(self, number: int) -> str:
        sentences = [self._sentence() for _ in range(4)]
        if number % 2 == 0 and self.chance.random() < 0.2:
            # As often as in an old blog, something that is not there any more.
            sentences.append(f"See [this](../{self._name()}/).")
        sentences.insert(2, f"Also [{self._sentence(2)}]({self._link()}).")
        return " ".join(sentences)

    def _link(self) -> str:
        position = self.chance.randrange(len(self.posts))
        name = self.posts[position]
        year = (_FIRST_DAY + timedelta(days=position % 4500)).year
        spellings: Sequence[str] = (
            f"../../{year}/{name}/",
            f"/blog/{year}/{name}/index.md",
            f"blog/{year}/{name}",
            f"https://synthetic.example/blog/{name}/",
            f"../{name}",
            f"https://elsewhere.example/{name}",
        )
        return self.chance.choice(spellings)

    def _draw(self, path: str, number: int) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        image = Image.new("RGB", _PICTURE, (number * 37 % 256, number * 91 % 256, 160))
        draw = ImageDraw.Draw(image)
        for _ in range(12):
            box = sorted(self.chance.randrange(_PICTURE[0]) for _ in range(2))
            rows = sorted(self.chance.randrange(_PICTURE[1]) for _ in range(2))
            draw.ellipse((box[0], rows[0], box[1], rows[1]), fill=self.chance.randrange(1 << 24))
        image.save(file, compress_level=1)

    def _write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def _word(self) -> str:
        return "".join(self.chance.choices(_SYLLABLES, k=self.chance.randint(1, 4)))

    def _name(self) -> str:
        return f"{self.chance.choice(self.words)}-{self.chance.choice(self.words)}"

    def _sentence(self, length: int = 12) -> str:
        return f"{' '.join(self.chance.choices(self.words, k=length))}.".capitalize()
