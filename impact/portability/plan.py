"""The plan: what becomes of each file of a source, decided without touching the database."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from impact.portability import sections
from impact.portability.content import Block, plain
from impact.portability.context import PageContext, SiteContext, WordsContext
from impact.portability.drafts import (
    Draft,
    as_description,
    never_rendered,
    page_slug,
    profile_links,
    with_free_slugs,
    without_first,
)
from impact.portability.filing import Filing
from impact.portability.front_matter import FrontMatterError, Parsed, parse
from impact.portability.lead_pictures import lead_picture, named_like
from impact.portability.links import COMMUNITIES, GALLERY, PageIndex
from impact.portability.map_file import IN_STORIES, MapFile
from impact.portability.mapping import resolve
from impact.portability.markdown import MarkdownConverter
from impact.portability.media_blocks import host_of
from impact.portability.merging import merge_communities
from impact.portability.messages import FileLog, Log
from impact.portability.old_addresses import (
    AddressBook,
    Claim,
    Goal,
    permalink_url,
    read_aliases,
)
from impact.portability.old_lists import OldLists
from impact.portability.old_terms import OldTerms
from impact.portability.permalinks import PageFacts, Permalinks
from impact.portability.records import (
    EntryHead,
    KnownPage,
    Plan,
    PlannedCommunity,
    PlannedEntry,
    PlannedRoundup,
    PlannedStandard,
)
from impact.portability.remote import RemotePictures
from impact.portability.source import Source, SourceFile
from impact.portability.terms import PlannedAuthor, PlannedTag
from impact.portability.values import (
    humanise,
    read_flag,
    read_language,
    read_list,
    read_moment,
    read_text,
)
from impact.portability.written import WrittenConverter
from impact.portability.written_pages import MatterError, WrittenPages
from impact.taxonomy.normal_form import tag_slug

T = TypeVar("T")

_KINDS = ("author", "category", "tag", "community", "entry", "page", "roundup")
_EARLIEST_YEAR = 1990
# Where Hugo looks for the date of a page, in this order.
_DATES = ("date", "publishDate", "pubdate", "published", "lastmod", "modified")
_COMMUNITY_KINDS = ("member", "collaborator", "funder", "project")


def make_plan(
    source: Source,
    log: Log,
    known: Iterable[KnownPage] = (),
    remote: RemotePictures | None = None,
    map_file: MapFile | None = None,
) -> Plan:
    """Read the front matter of a source, and its communities, and return what would be written.

    The texts of entries are read by `Plan.read`, which goes on adding to the log. Raises `MapError` where
    a map doesn't fit the source.
    """
    planner = _Planner(source, log, remote or RemotePictures())
    return planner.plan(known, map_file or MapFile())


class _Planner:
    def __init__(self, source: Source, log: Log, remote: RemotePictures) -> None:
        self.source = source
        self.log = log
        index = PageIndex(source.base_url, source.taxonomies.facets)
        self.site = SiteContext(source, index, remote=remote)
        self.filing = Filing(source, log)
        self.websites: dict[str, str] = {}
        self.refused: list[str] = []
        self.entry_files: dict[str, SourceFile] = {}
        self.book = AddressBook(source.base_url, source.feed_names)
        self.lists = OldLists(source)
        self.terms = OldTerms(self.filing, self.lists, self.book)
        self.written = WrittenPages(self.site)

    def plan(self, known: Iterable[KnownPage], map_file: MapFile) -> Plan:
        drafts = {kind: self._read(kind) for kind in _KINDS}
        list(self._each(drafts["author"], self._add_author))
        self._add_written_categories(drafts["category"])
        # An exported post names its terms by their slugs: there is nothing to guess or to map.
        posts = [draft for draft in drafts["entry"] if not draft.is_written]
        self.filing.meet(drafts["community"], posts)
        self.filing.apply(resolve(map_file, self.filing.vocabulary), posts)
        for draft in drafts["author"]:
            if draft.title:
                self.terms.of_profile(draft)
        for kind in ("community", "entry", "page", "roundup"):
            drafts[kind] = list(self._each(drafts[kind], self._locate))
        self.site.community_keys = {draft.key for draft in drafts["community"]}
        for page in known:
            self.site.index.add(page.key, page.paths)
            self.site.titles[page.key] = page.title
        self.filing.enter(self.site.index)
        wishes = self.filing.mapping.communities
        found = self._each(drafts["community"], self._community)
        communities = merge_communities(list(found), wishes, self.log)
        for community in communities:
            self.site.titles[community.key] = community.title
            terms = self.filing.vocabulary.terms["communities"]
            terms[community.key].website = community.website
        self.websites = {c.website: c.title for c in communities if c.website}
        self._report_same_titles(communities)
        entries = list(self._each(drafts["entry"], self._head))
        tags = list(self._each(self._written(drafts["tag"]), self._tag))
        others: list[PlannedStandard | PlannedRoundup] = [
            *self._each(self._written(_highest_first(drafts["page"])), self._standard),
            *self._each(self._written(drafts["roundup"]), self._roundup),
        ]
        self.entry_files = {draft.file.key: draft.file for draft in drafts["entry"]}
        self.terms.of_everybody()
        self.lists.claim(self.book, self.log)
        return Plan(
            source=self.source,
            log=self.log,
            read=self.read,
            files=self.site.files,
            authors=list(self.filing.people.planned.values()),
            categories=list(self.filing.categories.planned.values()),
            communities=with_free_slugs(communities),
            entries=with_free_slugs(entries),
            tags=tags,
            others=others,
            refused=self.refused,
            addresses=self.book.settle(),
            vocabulary=self.filing.vocabulary,
            mapping=self.filing.mapping,
        )

    def read(self, head: EntryHead) -> PlannedEntry | None:
        """Convert the text of one entry; None when it can't be read."""
        file = self.entry_files[head.key]
        log = self.log.about(file.label)
        parsed = self._parse(file, log)
        if parsed is None:
            self.refused.append(file.label)
            return None
        draft = Draft(file, parsed, log, title=head.title, slug=head.slug, moment=head.moment)
        return next(self._each([draft], lambda draft: self._entry(draft, head)), None)

    def _each(self, drafts: Iterable[Draft], step: Callable[[Draft], T]) -> Iterator[T]:
        """Yield what a step makes of each draft; one that is nested without end is refused."""
        for draft in drafts:
            try:
                made = step(draft)
            except RecursionError:
                draft.log.error("unreadable", "something in it is nested too deeply")
                self.refused.append(draft.file.label)
            except MatterError as error:
                draft.log.error("unreadable", str(error))
                self.refused.append(draft.file.label)
            else:
                yield made

    def _report_same_titles(self, communities: list[PlannedCommunity]) -> None:
        first: dict[str, str] = {}
        for community in communities:
            other = first.setdefault(community.title.casefold(), community.file)
            if other != community.file:
                text = f"has the title of {other}: “{community.title}”"
                self.log.add("warning", "same-title", community.file, 0, text)

    # Reading

    def _read(self, kind: Any) -> list[Draft]:
        drafts = []
        for file in self.source.of_kind(kind):
            log = self.log.about(file.label)
            if (parsed := self._parse(file, log)) is None:
                if kind == "entry":
                    self.refused.append(file.label)
                continue
            if never_rendered(parsed.data):
                self.log.counts["pages_never_rendered"] += 1
                continue
            # The texts of all entries at once would not fit into memory: they are read again.
            kept = replace(parsed, body="") if kind == "entry" else parsed
            drafts.append(Draft(file, kept, log))
        return drafts

    def _parse(self, file: SourceFile, log: FileLog) -> Parsed | None:
        try:
            parsed = parse(file.path.read_text(encoding="utf-8"))
        except FrontMatterError as error:
            log.error("unreadable", str(error), error.line)
            return None
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            log.error("unreadable", "the file is no UTF-8 text", line)
            return None
        except OSError as error:
            log.error("unreadable", f"the file can't be read: {error.strerror}")
            return None
        if parsed.noise:
            text = f"the line that closes the front matter says more: “{parsed.noise[:200]}”"
            log.warning("front-matter", text, parsed.body_line - 1)
        return parsed

    def _locate(self, draft: Draft) -> Draft:
        """Give a page its title, slug and date, tell the index all its addresses, and return it."""
        file = draft.file
        name = file.segments[-1]
        own_slug = read_text(draft.data("slug"))
        if draft.is_written:
            draft.title, draft.slug = self.written.name(draft)
        else:
            draft.title = self._title(draft) or humanise(name).capitalize()
            draft.slug = page_slug(own_slug or name.replace(".", "-"))
        draft.moment = self._moment(draft)
        facts = PageFacts(
            key=file.key.removesuffix(f".{file.language}"),
            language=self.source.language_folder(file),
        )
        draft.spellings = (Permalinks().page(facts), f"{file.segments[0]}/{draft.slug}/")
        facts = replace(
            facts,
            title=read_text(draft.data("title")),
            slug=own_slug,
            url=read_text(draft.data("url")),
            moment=draft.moment,
            sections=self.source.sections_above(file),
        )
        draft.old_path = self.source.permalinks.page(facts)
        draft.key = self.filing.mapping.communities.kept(file.key)
        aliases = read_list(draft.data("aliases"))
        line = draft.parsed.line_of("aliases")
        draft.aliases = tuple(
            read_aliases(aliases, draft.old_path, self.source.base_url, draft.log, line)
        )
        own = [file.key, draft.old_path, *draft.aliases]
        self.site.index.add(draft.key, own, draft.spellings, facts.language)
        self.site.titles[file.key] = draft.title
        return draft

    def _title(self, draft: Draft) -> str:
        return self._words(draft, "title")[:255]

    def _words(self, draft: Draft, *names: str) -> str:
        """A text of the front matter as plain text: Hugo's themes render Markdown in it."""
        context = WordsContext(draft.log, self.source.has_emoji)
        text = read_text(draft.data(*names))
        return MarkdownConverter(context).words(text, draft.line(*names)) if text else ""

    def _moment(self, draft: Draft) -> datetime | None:
        if draft.file.kind != "entry" or draft.is_written:
            return None
        line = draft.line(*_DATES) or draft.parsed.line_of("date")
        try:
            moment = read_moment(draft.data(*_DATES))
        except ValueError as error:
            draft.log.warning("date", f"{error}; imported as a draft", line)
            return None
        if moment is None:
            draft.log.warning("date", "no date; imported as a draft", line or 1)
        elif moment.year < _EARLIEST_YEAR:
            draft.log.warning("date", f"{moment:%Y-%m-%d} is a strange date", line)
        return moment

    # What an export wrote

    def _written(self, drafts: Iterable[Draft]) -> Iterator[Draft]:
        """Yield the drafts that an export wrote, under their own titles and slugs; count the others."""
        for draft in drafts:
            if draft.is_written:
                draft.title, draft.slug = self.written.name(draft)
                yield draft
            else:
                self.source.left_out["other sections"] += 1

    def _add_written_categories(self, drafts: Iterable[Draft]) -> None:
        """Meet the categories in their order, before a post names one."""
        ordered = sorted(self._written(drafts), key=self.written.order)
        for category in self._each(ordered, self.written.category):
            self.lists.term("category", category.slug, Goal.filtered("category", category.slug))
            self.filing.categories.planned[category.slug] = category

    def _tag(self, draft: Draft) -> PlannedTag:
        self.lists.term("tag", draft.slug, Goal.filtered("tag", draft.slug))
        return self.written.tag(draft)

    def _standard(self, draft: Draft) -> PlannedStandard:
        self._claim_aliases(draft)
        return self.written.page(draft)

    def _roundup(self, draft: Draft) -> PlannedRoundup:
        self._claim_aliases(draft)
        return self.written.roundup(draft)

    def _written_head(self, draft: Draft) -> EntryHead:
        """Authors and categories stand by their slugs; meet those that have no page of their own."""
        self._claim_aliases(draft)
        head = self.written.head(draft)
        people, categories = self.filing.people, self.filing.categories
        authors = (
            slug
            for name in head.authors
            for slug in ([name] if name in people.planned else people.named(name, draft.log, 1))
        )
        category = head.category
        if category and category not in categories.planned:
            category = categories.named(category)
        return replace(head, authors=tuple(authors), category=category)

    def _claim_aliases(self, draft: Draft) -> None:
        """A page of an export stands where it stood; only its aliases are old."""
        for alias in draft.aliases:
            line = draft.line("aliases")
            self.book.page(Claim.ALIAS, alias, draft.file.key, draft.log, line)

    # Terms

    def _add_author(self, draft: Draft) -> None:
        if draft.is_written:
            draft.title, draft.slug = self.written.name(draft)
            author = self.written.author(draft)
            self.filing.people.add_profile(author, author.slug, draft.log)
            return
        name = self._title(draft)[:120]
        folder = draft.file.segments[-1]
        if not name or folder in {"authors", "author"}:
            return
        context = PageContext(self.site, draft.file, draft.log, name)
        text = MarkdownConverter(context).blocks(draft.parsed.body, draft.parsed.body_line)
        bio = self._words(draft, "bio") or " ".join(
            b.value.text.replace("\n", " ") for b in text if b.name == "text"
        )
        author = PlannedAuthor(
            slug=page_slug(name),
            name=name,
            role=self._words(draft, "role")[:120],
            bio=bio.strip(),
            picture=named_like(context, "avatar", name),
            links=tuple(profile_links(draft.data("social", "links", "profiles"))),
        )
        draft.title = name
        self.filing.people.add_profile(author, folder, draft.log)

    # Old addresses

    def _claim(self, draft: Draft, section: Goal) -> None:
        """Enter the addresses of a page that the old site showed, and of the section that listed it."""
        file, log = draft.file, draft.log
        line = draft.line("url", "slug", "title")
        self.book.page(Claim.PERMALINK, draft.old_path, draft.key, log, line)
        for alias in draft.aliases:
            self.book.page(Claim.ALIAS, alias, draft.key, log, draft.line("aliases"))
        for path in draft.spellings:
            self.book.page(Claim.SPELLING, path, draft.key, log)
        if len(file.segments) > 1:
            self.lists.section(file.segments[0], section)

    # Pages

    def _convert(self, draft: Draft) -> tuple[PageContext, list[Block]]:
        context = PageContext(self.site, draft.file, draft.log, draft.title)
        # A post that somebody has added to an exported site uses its shortcodes.
        converter = WrittenConverter if self.source.is_written else MarkdownConverter
        return context, converter(context).blocks(draft.parsed.body, draft.parsed.body_line)

    def _community(self, draft: Draft) -> PlannedCommunity:
        if draft.is_written:
            self._claim_aliases(draft)
            return self.written.community(draft)
        context, blocks = self._convert(draft)
        logo, body = self._lead(draft, context, blocks)
        lines = as_description(body)
        tags = [tag_slug(tag) for tag in read_list(draft.data(*self.source.taxonomies.tags))]
        kinds = [tag for tag in tags if tag in _COMMUNITY_KINDS]
        hrefs = [link.href for link in context.links if link.href.startswith("http")]
        website = hrefs[0][:500] if hrefs else ""
        summary = self._words(draft, "summary") or sections.first_words(body)
        self._claim(draft, Goal(COMMUNITIES))
        for tag in read_list(draft.data(*self.source.taxonomies.tags)):
            self.lists.perhaps("tag", tag, Goal.of_kind(tag_slug(tag)))
        return PlannedCommunity(
            key=draft.file.key,
            file=draft.file.label,
            title=draft.title,
            slug=page_slug(draft.file.segments[-1]),
            summary=summary,
            description=without_first(lines, summary, website),
            kind=kinds[0] if kinds else "collaborator",
            website=website,
            logo=logo,
            old_path=draft.old_path,
            aliases=draft.aliases,
        )

    def _head(self, draft: Draft) -> EntryHead:
        if draft.is_written:
            return self._written_head(draft)
        category, tags = self.filing.filed(draft)
        is_draft = self._is_draft(draft)
        if not is_draft:
            self._claim(draft, Goal(GALLERY))
            self.terms.of_post(draft, category)
        return EntryHead(
            key=draft.file.key,
            file=draft.file.label,
            title=draft.title,
            slug=draft.slug,
            moment=draft.moment,
            updated=self._optional_moment(draft, "lastmod"),
            draft=is_draft,
            featured=read_flag(draft.data("featured")),
            language=self._language(draft),
            guid=permalink_url(self.source.base_url, draft.old_path)[:500],
            category=category,
            tags=tags,
            authors=self.filing.authors(draft),
            external_url=read_text(draft.data("external_link", "externalUrl", "external_url"))[
                :500
            ],
            aliases=draft.aliases,
            old_path=draft.old_path,
        )

    def _entry(self, draft: Draft, head: EntryHead) -> PlannedEntry:
        if draft.is_written:
            return self.written.entry(draft, head)
        context, blocks = self._convert(draft)
        body, repeated = sections.finish(blocks, draft.title)
        if repeated:
            draft.log.notice("title-repeated", "the first heading repeats the title; left out")
            draft.log.count("titles_repeated")
        lead, body = self._lead(draft, context, body)
        publisher = self._publisher(head.external_url)
        summary = self._summary(draft, body, publisher)
        if head.kind == "link" and sections.says_more(body, summary):
            text = "an entry that leads elsewhere shows its summary alone; its text was left out"
            draft.log.warning("link-text", text, draft.parsed.body_line)
        return PlannedEntry(
            **{**vars(head), "summary": summary},
            communities=self._communities(context),
            lead=lead,
            publisher=publisher,
            body=tuple(body),
        )

    def _lead(
        self, draft: Draft, context: PageContext, body: list[Block]
    ) -> tuple[str, list[Block]]:
        """The picture that leads a page, and the body, which does not begin with it again."""
        lead = lead_picture(context, draft)
        shown = None
        if lead.file:
            body, shown = sections.without_lead(body, lead.file)
        words = MarkdownConverter(context).runs(lead.caption, lead.line)
        body = sections.with_caption(body, words, lead.line) if words else body
        if lead.file:
            picture = self.site.files.images[lead.file]
            picture.alt = picture.alt or shown or plain(words)
            # One that the body showed has been reported there.
            if not picture.alt and shown is None:
                context.no_alt("the lead picture", lead.line)
        return lead.file, body

    def _communities(self, context: PageContext) -> tuple[tuple[str, str], ...]:
        """The communities that a text links to, each as what it seems to be unless a map says what."""
        wishes, terms = self.filing.mapping.communities, self.filing.vocabulary.terms
        found = context.communities()
        for key, _role in found:
            terms["communities"][key].posts += 1
        return tuple((key, wishes.change(key, IN_STORIES) or role) for key, role in found)

    def _is_draft(self, draft: Draft) -> bool:
        """Whether the old site does not show an entry today, or nobody knows since when."""
        strange = draft.moment is None or draft.moment.year < _EARLIEST_YEAR
        now = datetime.now(UTC)
        later = self._optional_moment(draft, "publishDate") if draft.data("date") else None
        for moment, names in ((draft.moment, _DATES), (later, ("publishDate",))):
            if moment and moment > now:
                text = "the date lies ahead; imported as a draft"
                draft.log.warning("date", text, draft.line(*names))
                return True
        expired = self._optional_moment(draft, "expiryDate")
        if expired and expired <= now:
            draft.log.warning(
                "date", "it has expired; imported as a draft", draft.line("expiryDate")
            )
            return True
        folders = {part.casefold() for part in draft.file.segments[:-1]}
        return read_flag(draft.data("draft")) or "drafts" in folders or strange

    def _language(self, draft: Draft) -> str:
        """The language that an entry names, else that of its file or of the site."""
        keys = ("language", "lang")
        try:
            own = read_language(read_text(draft.data(*keys)))
        except ValueError as error:
            draft.log.warning("language", f"{error}; taken as the site's", draft.line(*keys))
            own = ""
        return own or self.source.language_of(draft.file)

    def _optional_moment(self, draft: Draft, key: str) -> datetime | None:
        try:
            return read_moment(draft.data(key))
        except ValueError as error:
            draft.log.warning("date", f"{key}: {error}", draft.line(key))
            return None

    def _summary(self, draft: Draft, body: list[Block], publisher: str) -> str:
        for name in ("summary", "subtitle", "description"):
            if text := self._words(draft, name):
                return text
        if text := sections.first_words(body):
            return text
        draft.log.notice("no-summary", "no summary and no text to take one from", 1)
        return f"Published by {publisher}." if publisher else draft.title

    def _publisher(self, url: str) -> str:
        """The community whose website an address belongs to, else the host."""
        host = host_of(url)
        for website, title in self.websites.items():
            site = host_of(website)
            if host and (host == site or host.endswith(f".{site}")):
                return title[:120]
        return host[:120]


def _highest_first(drafts: Iterable[Draft]) -> list[Draft]:
    """A page is made before those that stand below it."""
    return sorted(drafts, key=lambda draft: len(draft.file.segments))
