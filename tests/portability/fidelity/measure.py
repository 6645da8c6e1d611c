"""Comparing every post of a source with its page."""

import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

from wagtail.models import Page

from impact.communities.models import CommunityIndexPage
from impact.gallery.models import GalleryPage
from impact.portability.imports import Result
from impact.portability.models import ImportRecord
from tests.portability.fidelity import reading, shortcodes
from tests.portability.fidelity.pages import Shown, Visitor
from tests.portability.fidelity.posts import Post, read_all
from tests.portability.fidelity.report import Report
from tests.portability.fidelity.seen import Anchor, Seen, Word, look, parse, words_of
from tests.portability.fidelity.targets import Target, Targets
from tests.portability.fidelity.words import Comparison, compare

_VIDEO_ID = re.compile(r"(?:v=|embed/|shorts/|youtu\.be/|video/|vimeo\.com/)([\w-]{6,})")
_PICTURES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp"})
_UNKNOWN = re.compile(r"unknown shortcode “(.*?)”")


def measure(source: Path, result: Result, section: str = "", base_url: str = "") -> Report:
    """Compare a source with the site that it was imported into, in the database at hand."""
    return _Measurement(source, result, section, base_url).run()


class _Measurement:
    def __init__(self, source: Path, result: Result, section: str, base_url: str) -> None:
        self.result = result
        self.report = Report()
        self.source = source
        every = read_all(source, section)
        self.posts = [post for post in every if post.kind in {"post", "community"}]
        self.targets = Targets(source, every, section, base_url)
        self.visitor = Visitor()
        self.pages = {
            record.key: record.page
            for record in ImportRecord.objects.select_related("page").filter(page__isnull=False)
            if record.source == result.plan.source.name[:255]
        }
        # Each page of a post is asked for anyway, and its links stand within the page.
        self.statuses = {"": 200} | {page.url: 200 for page in self.pages.values() if page.live}
        self.gallery = GalleryPage.objects.get().url
        self.communities = CommunityIndexPage.objects.get().url

    def run(self) -> Report:
        self._count_posts()
        read = reading.read(self.source, self.posts)
        for key, message in read.unreadable.items():
            self.report.count("posts", "not readable by Hugo")
            self.report.note(key, "Hugo", message)
        for post in self.posts:
            page = self.pages.get(post.key)
            if page is not None and post.key in read.posts:
                self._compare(post, read.posts[post.key], page)
        self._count_shortcodes()
        return self.report

    # Posts

    def _count_posts(self) -> None:
        posts = [post for post in self.posts if post.kind == "post"]
        pages = [page for post in posts if (page := self.pages.get(post.key))]
        for name, number in {
            "in the source": len(posts),
            "published": sum(page.live for page in pages),
            "drafts": sum(not page.live for page in pages),
            "refused": len(posts) - len(pages),
        }.items():
            self.report.count("posts", name, number)
        for post in self.posts:
            page = self.pages.get(post.key)
            if page is None and not post.is_draft:
                self.report.lose(self._file(post), "post", "refused, though it was published")
            elif page is not None and not page.live and not post.is_draft:
                self.report.note(
                    self._file(post), "post", "imported as a draft, though it was published"
                )
        communities = [post for post in self.posts if post.kind == "community"]
        self.report.count("communities", "in the source", len(communities))
        self.report.count(
            "communities", "published", sum(post.key in self.pages for post in communities)
        )

    def _file(self, post: Post) -> str:
        return post.path.relative_to(self.source).as_posix()

    # Words

    def _compare(self, post: Post, read: reading.Read, page: Page) -> None:
        try:
            shown = self.visitor.page(page)
        except LookupError as error:
            self.report.lose(self._file(post), "page", str(error))
            return
        title = " ".join(w.text for w in look(parse(read.title)).words)
        seen = look(parse(read.body), title, frozenset(shortcodes.SITE_WIDE))
        noise = [Word(word, "front matter") for word in words_of(post.noise)]
        self._compare_words(post, "title", [Word(w) for w in words_of(title)], shown.title)
        summaries = [word for summary in read.summaries for word in look(parse(summary)).words]
        above = [*shown.summary, *[w.text for w in shown.text.words]]
        self._compare_words(post, "summary", summaries, above if summaries else [])
        # A summary that was taken from the text is no part of the page's own text, unless it is all there is.
        words = [word.text for word in shown.text.words]
        lead = shown.summary if post.kind == "community" or not words else []
        self._compare_words(post, "text", [*noise, *seen.words], [*lead, *words])
        self._compare_links(post, seen, shown)
        self._compare_pictures(post, seen, shown)
        self._compare_leads(post, shown)
        self._compare_films(post, seen, shown)

    def _compare_words(self, post: Post, part: str, source: list[Word], page: list[str]) -> None:
        comparison: Comparison = compare(source, page)
        if part == "summary":
            comparison.added = 0
        self.report.words.add(comparison)
        for lost in comparison.lost:
            self.report.lose(self._file(post), f"words of the {part}", str(lost))

    # Links

    def _compare_links(self, post: Post, seen: Seen, shown: Shown) -> None:
        offered = [Anchor(_canonical(link.href), link.text) for link in shown.text.links]
        players = {_video(src) for src in [*shown.text.players, *(a.href for a in offered)]} - {""}
        for link in seen.links:
            self.report.count("links", "in the source")
            target = self.targets.of_link(link.href, post)
            fragment = unquote(link.href.removeprefix("#"))
            if target.kind == "nothing" or (target.kind == "fragment" and fragment not in seen.ids):
                self._note_unresolved(post, link, offered)
            elif target.kind == "page" and not self._live(target):
                self.report.count("links", "to drafts")
            elif (found := self._counterpart(link, target, offered)) or _video(
                link.href
            ) in players:
                if found:
                    offered.remove(found)
                name = "external" if target.kind == "external" else "resolved"
                self.report.count("links", name)
            else:
                self.report.count("links", "lost")
                self.report.lose(self._file(post), "link", f"[{link.text}]({link.href})")

    def _note_unresolved(self, post: Post, link: Anchor, offered: list[Anchor]) -> None:
        ours = next((a.href for a in offered if a.text == link.text and a.href.startswith("/")), "")
        name = "resolved by the importer alone" if ours else "unresolved: no such target"
        self.report.count("links", name)
        text = f"{link.href} → {ours}" if ours else link.href
        self.report.note(self._file(post), "link", f"{text} ({name})")

    def _live(self, target: Target) -> list[Page]:
        pages = (self.pages.get(key) for key in target.keys)
        return [page for page in pages if page is not None and page.live]

    def _counterpart(self, link: Anchor, target: Target, offered: list[Anchor]) -> Anchor | None:
        """The link of the page that leads where a link of the source leads, and works.

        Of several the one with the same words.
        """
        there = [anchor for anchor in offered if self._leads_to(anchor.href, link.href, target)]
        there.sort(key=lambda anchor: anchor.text != link.text)
        return next((a for a in there if target.kind == "external" or self._works(a.href)), None)

    def _leads_to(self, url: str, href: str, target: Target) -> bool:
        path = re.sub(r"[?#].*", "", url)
        match target.kind:
            case "external":
                return url == _canonical(href)
            case "fragment":
                return url == href
            case "file":
                return path.startswith("/documents/")
            case "list" if target.term:
                return path == self.gallery and url.endswith(f"={target.term}")
            case "list":
                return url in {self.gallery, self.communities}
        fragment = urlsplit(href).fragment
        wanted = f"#{fragment}" if fragment else ""
        return path in {page.url for page in self._live(target)} and url.endswith(wanted)

    def _works(self, href: str) -> bool:
        url = href.split("#")[0]
        if url not in self.statuses:
            self.statuses[url] = self.visitor.status(url)
        return self.statuses[url] == 200

    # Pictures and films

    def _compare_pictures(self, post: Post, seen: Seen, shown: Shown) -> None:
        alts = Counter(image.alt for image in shown.text.images)
        for image in seen.images:
            target = self.targets.of_file(image.src, post)
            self.report.count("images", "in the source")
            if target.kind == "external":
                self.report.count("images", "on other servers")
                if not any(
                    _canonical(link.href) == _canonical(image.src) for link in shown.text.links
                ):
                    self.report.note(
                        self._file(post), "image elsewhere", f"not linked: {image.src}"
                    )
            elif target.file is None:
                self.report.count("images", "missing in the source")
                self.report.note(self._file(post), "image missing", image.src)
            elif self.visitor.shows(shown.pictures, target.file):
                self.report.count("images", "placed")
                if image.alt:
                    self.report.count("alt texts", "in the source")
                    self.report.count("alt texts", "kept", alts[image.alt] > 0)
            else:
                self.report.count("images", "lost")
                self.report.lose(self._file(post), "image", image.src)

    def _compare_leads(self, post: Post, shown: Shown) -> None:
        """What a bundle calls featured leads its page, or is the logo of its community."""
        featured = sorted(post.folder.glob("*featured*")) if post.path.stem == "index" else []
        names = [path.name for path in featured if path.suffix.lower() in _PICTURES]
        files = [file for name in names if (file := self.targets.of_file(name, post).file)]
        if not files:
            return
        found = any(self.visitor.shows(shown.pictures, file) for file in files)
        self.report.count("leads", "in the source")
        self.report.count("leads", "placed" if found else "lost")
        if not found:
            self.report.lose(self._file(post), "lead image", files[0].name)

    def _compare_films(self, post: Post, seen: Seen, shown: Shown) -> None:
        offered = [*shown.text.players, *(link.href for link in shown.text.links)]
        for src in seen.players:
            self.report.count("films", "in the source")
            video = _video(src)
            if video:
                found = any(_video(url) == video for url in offered)
            elif (target := self.targets.of_file(src, post)).kind == "external":
                found = any(_canonical(url) == _canonical(src) for url in offered)
            elif target.file is None:
                self.report.count("films", "missing in the source")
                self.report.note(self._file(post), "film missing", src)
                continue
            else:
                found = any(url.startswith("/documents/") for url in offered)
            self.report.count("films", "placed" if found else "lost")
            if not found:
                self.report.lose(self._file(post), "film", src)

    # Shortcodes

    def _count_shortcodes(self) -> None:
        every: Counter[str] = Counter()
        for post in self.posts:
            every += shortcodes.names(post.body)
        messages = self.result.plan.log.of("shortcode")
        unknown = {match[1] for m in messages if (match := _UNKNOWN.search(m.text))}
        for name, number in every.items():
            if name in shortcodes.SITE_WIDE:
                self.report.left_out[name] = number
            elif name in unknown:
                self.report.unmapped[name] = number
            else:
                self.report.mapped[name] = number


def _canonical(href: str) -> str:
    """An address in the one form in which two are compared."""
    url = unquote(href.strip())
    if not url.startswith(("http://", "https://")):
        return url
    scheme, rest = url.split("://", 1)
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host.lower()}{slash}{path}".rstrip("/")


def _video(url: str) -> str:
    """What names a film at its provider."""
    host = urlsplit(url).netloc.removeprefix("www.")
    known = host.endswith(("youtube.com", "youtu.be", "youtube-nocookie.com", "vimeo.com"))
    match = _VIDEO_ID.search(url) if known else None
    return match[1] if match else ""
