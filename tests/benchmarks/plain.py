"""The comparator of the gallery: a Wagtail listing written the usual way.

A queryset of pages, `specific()`, a paginator, and a template that follows relations: no counts by facet.
It goes without Wagtail's routing, which speaks for it.
"""

from functools import cache
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from impact.entries.models import EntryPage

TEMPLATE = """{% extends "base.html" %}{% load wagtailcore_tags wagtailimages_tags %}
{% block content %}
<h1>Impact</h1>
<ol>
{% for entry in entries %}
  <li data-entry="{{ entry.slug }}">
    {% image entry.lead_image fill-400x267 %}
    <p>{{ entry.category.name }}</p>
    {% if entry.external_url %}
      <h3><a href="{{ entry.external_url }}">{{ entry.title }}</a></h3>
    {% else %}
      <h3><a href="{% pageurl entry %}">{{ entry.title }}</a></h3>
    {% endif %}
    <p>{{ entry.summary }}</p>
    <p>
      {% for link in entry.community_links.all %}
        <a href="{% pageurl link.community %}">{{ link.community.title }}</a>
      {% endfor %}
      {% for link in entry.author_links.all %}{{ link.author.name }} {% endfor %}
      {% for item in entry.tagged_items.all %}#{{ item.tag.name }} {% endfor %}
      <time datetime="{{ entry.date|date:'Y-m-d' }}">{{ entry.date|date:"F Y" }}</time>
    </p>
  </li>
{% endfor %}
</ol>
<p>{{ entries.paginator.count }}</p>
{% endblock %}"""


def listing(request: HttpRequest) -> HttpResponse:
    """Answer with 24 entries of a year and a category."""
    entries = (
        EntryPage.objects.live()
        .public()
        .filter(date__year=request.GET["year"], category__slug=request.GET["category"])
        .order_by("-date", "-pk")
        .specific()
    )
    page = Paginator(entries, 24).get_page(request.GET.get("page"))
    return HttpResponse(_template().render({"entries": page}, request))


@cache
def _template() -> Any:
    return engines["django"].from_string(TEMPLATE)


urlpatterns = [path("plain/", listing), path("", include("impact.urls"))]
