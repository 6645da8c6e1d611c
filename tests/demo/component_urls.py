"""The addresses of the site with the page of components, which only development has."""

from django.urls import path

from impact.demo.components import components
from impact.urls import urlpatterns as of_the_site

urlpatterns = [path("_components/", components, name="components"), *of_the_site]
