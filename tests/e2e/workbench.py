"""Pages of the tests' own, on which the scripts are tried before any page of the product is."""

import json
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template import RequestContext, Template
from django.urls import path
from django.utils import timezone

from amends.web.http import say

kept: dict[str, object] = {"version": 1, "fields": {}}
posts: list[dict[str, str]] = []

HEAD = """{% extends "web/base.html" %}{% load amends %}{% block title %}Bench{% endblock %}
{% block main %}<div class="page"><h1>Bench</h1>"""
PAGES = {
    "keep": """<form method="post" data-keep="bench" data-keep-url="/keep/"
        data-keep-version="{{ kept.version }}">{% csrf_token %}
        <label for="text">Story</label>
        <textarea id="text" name="text">{{ kept.fields.text }}</textarea>
        <label><input type="radio" name="when" value="today"> today</label>
        <label><input type="radio" name="when" value="other"> other</label>
        <div data-shown-by="when=other"><label for="day">Day</label>
        <input id="day" name="day"></div><p data-keep-state></p>
        <button data-key="F2">Promise</button>
        <button name="go" value="again">Reply</button></form>""",
    "list": """<table class="rows" data-rows><tbody>{% for n in "abc" %}<tr><td>
        <a class="subject" href="/bench/keep/?{{ n }}">row {{ n }}</a></td></tr>{% endfor %}</tbody>
        </table><a href="/bench/keep/" data-key="N">Note</a>
        <form method="get"><div class="find"><label for="who">Who</label>
        <input id="who" data-find="/find/" data-find-into="person"></div>
        <input type="hidden" id="person" name="person"></form>""",
    "tabs": """<div class="tabs" data-tabs><a class="tab" href="#one">One</a>
        <a class="tab" href="#two">Two</a></div><section id="one">first</section>
        <section id="two">second</section>
        {% confirm "/bench/tabs/" "Merge" "All goes." "Jonas" "Merge them" %}""",
    "part": """<form id="part" hx-post="/bench/part/" hx-target="#part" hx-swap="outerHTML"
        method="post">{% csrf_token %}<button name="go" value="here">Here</button>
        <button name="go" value="away">Away</button><button name="go" value="wrong">Wrong</button>
        <button name="go" value="broken">Broken</button></form>""",
    "states": """{% for name in states %}{% state name "It is so." %}{% endfor %}
        {% empty "inbox" "Nobody waits" "Whoever calls stands here." %}
        {{ now|due_html }}{% progress "Reading" 1 3 %}{% words "Šalta" "lt" %}""",
}


def bench(request: HttpRequest, name: str) -> HttpResponse:
    if request.method == "POST":
        posts.append(request.POST.dict())
        return _answer(request, name)
    context = {"kept": kept, "now": timezone.localtime(), "states": ["saved", "offline", "stale"]}
    source = HEAD + PAGES[name] + "</div>{% endblock %}"
    return HttpResponse(Template(source).render(RequestContext(request, context)))


def _answer(request: HttpRequest, name: str) -> HttpResponse:
    answers: dict[str, Callable[[], HttpResponse]] = {
        "again": _sent,
        "wrong": lambda: HttpResponse('<p id="part">Not yet: say who.</p>', status=422),
        "broken": lambda: HttpResponse(status=500),
        "here": lambda: HttpResponse('<p id="part">It is done.</p>'),
    }
    answer = answers.get(request.POST.get("go", ""))
    if answer is None:
        return redirect("bench", "list")
    say(request, "Saved 14:03", undo=f"/bench/{name}/")
    return answer()


def _sent() -> HttpResponse:
    kept.update(version=0, fields={})
    return redirect("bench", "keep")


def keep(request: HttpRequest) -> JsonResponse:
    sent = {key: value for key, value in request.POST.items() if key != "version"}
    if request.POST["version"] != str(kept["version"]) and sent != kept["fields"]:
        return JsonResponse(kept, status=409)
    kept.update(version=int(str(kept["version"])) + 1, fields=sent)
    return JsonResponse({"version": kept["version"], "saved": "14:03"})


def find(request: HttpRequest) -> HttpResponse:
    names = [name for name in ("Rūta", "Rasa", "Jonas") if request.GET["q"].lower() in name.lower()]
    lines = [f'<a class="option" href="/bench/list/" data-value="{n}">{n}</a>' for n in names]
    return HttpResponse("".join(lines))


def reset() -> None:
    kept.update(json.loads('{"version": 1, "fields": {}}'))
    posts.clear()


urlpatterns = [
    path("bench/<slug:name>/", bench, name="bench"),
    path("keep/", keep),
    path("find/", find, name="palette"),
]
