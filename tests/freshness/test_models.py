"""Every model is known: a visitor sees something of it, or never does."""

from django.apps import apps

from impact.freshness.receivers import is_unseen

# A change of one of these is a change of the content. A model that is in neither list needs a decision:
# here, or in `UNSEEN` when no visitor ever sees anything of it.
SEEN = {
    "branding.footerlink",
    "branding.navigationlink",
    "branding.sitesettings",
    "branding.sociallink",
    "communities.communityindexpage",
    "communities.communitypage",
    "entries.entryauthor",
    "entries.entrycommunity",
    "entries.entrypage",
    "entries.entrytag",
    "entries.featuredlinkpage",
    "entries.storyoutcome",
    "entries.storypage",
    "gallery.gallerypage",
    "home.homepage",
    "media.impactdocument",
    "media.impactimage",
    "metrics.metric",
    "metrics.reading",
    "newsletter.digestpage",
    "newsletter.newsletterindexpage",
    "newsletter.sending",
    "newsletter.sententry",
    "people.author",
    "people.authorlink",
    "roundups.roundupindexpage",
    "roundups.rounduppage",
    "standard.standardpage",
    "taggit.tag",
    "taggit.taggeditem",
    "taxonomy.category",
    "taxonomy.tag",
    "wagtailcore.collection",
    "wagtailcore.collectionviewrestriction",
    "wagtailcore.locale",
    "wagtailcore.page",
    "wagtailcore.pageviewrestriction",
    "wagtailcore.site",
    "wagtaildocs.document",
    "wagtailembeds.embed",
    "wagtailimages.image",
    "wagtailimages.rendition",
    "wagtailredirects.redirect",
}


def test_each_model_is_decided_on() -> None:
    marking = {model._meta.label_lower for model in apps.get_models() if not is_unseen(model)}
    assert marking == SEEN
