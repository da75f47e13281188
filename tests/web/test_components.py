"""The components as markup, and what holds for all stylesheets, icons and words."""

import gzip
import inspect
import re
from datetime import UTC, datetime, timedelta
from enum import Enum
from importlib import import_module
from itertools import product

import pytest
from django import forms
from django.template import Context, Template

from amends.contacts.rules.kinds import Channel
from amends.web.bundle import SOURCE, joined
from amends.web.templatetags import amends as tags
from amends.web.words import WORDS, choices, word, word_of
from config.environment import ROOT

NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
CSS = SOURCE / "css"
KINDS = ["amends.cases.rules.kinds", "amends.contacts.rules.kinds", "amends.people.rules.kinds"]
NOT_SHOWN = {"DraftKind"}


def render(source: str, **context: object) -> str:
    return Template("{% load amends %}" + source).render(Context({"now": NOW, **context}))


class Visit(forms.Form):
    name = forms.CharField(label="Name", help_text="As they give it.")
    kind = forms.ChoiceField(
        label="Kind", choices=[("a", "complaint"), ("b", "request")], widget=forms.RadioSelect
    )
    sure = forms.BooleanField(label="Sure", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        if self.data.get("name") == "nobody":
            raise forms.ValidationError("Not together.")


class TestDue:
    @pytest.mark.parametrize(
        ("hours", "tone", "said"),
        [(-2, "late", "2 h late"), (5, "soon", "in 5 h"), (30, "fine", "tomorrow 17:00")],
    )
    def test_says_in_words_what_its_colour_says(self, hours, tone, said):
        html = render("{{ at|due_html:now }}", at=NOW + timedelta(hours=hours))
        assert f'class="due due--{tone}"' in html
        assert said in html

    def test_tells_the_exact_moment_on_hover_and_to_screen_readers(self):
        html = render("{% due at now %}", at=NOW + timedelta(hours=5))
        exact = "Monday 23 November 2026, 16:00 (UTC)"
        assert f'title="{exact}"' in html
        assert f'<span class="unseen">, {exact}</span>' in html
        assert 'datetime="2026-11-23T16:00+00:00"' in html

    def test_needs_neither_a_moment_nor_to_be_told_the_time(self):
        assert render("{{ at|due_html:now }}{{ at|ago_html }}{{ at|day_html }}", at=None) == ""
        assert "late" in render("{{ at|due_html }}", at=NOW - timedelta(days=9999))
        assert "<time" in render("{{ at|ago_html }}{{ at|day_html }}{{ at|by_html }}", at=NOW)

    def test_kept_is_a_badge_of_the_same_shape(self):
        html = render('{% badge "kept" "she said yes" "promise" %}{% badge "fine" "no" %}')
        assert 'class="due due--kept"' in html
        assert "she said yes" in html
        assert "#promise" in html


class TestField:
    def test_ties_label_help_and_error_to_the_field(self):
        html = render("{% field form.name %}", form=Visit({}))
        assert '<label for="id_name">Name' in html
        assert 'aria-describedby="id_name_helptext id_name_error"' in html
        assert 'id="id_name_helptext"' in html
        assert 'id="id_name_error"' in html
        assert 'aria-invalid="true"' in html

    def test_a_choice_is_a_group_with_a_legend(self):
        html = render("{% field form.kind hide_label=True %}", form=Visit({}))
        assert '<legend class="unseen">Kind' in html
        assert 'id="id_kind"' in html
        assert html.count('type="radio"') == 2

    def test_a_tick_stands_before_its_words(self):
        html = render("{% field form.sure %}", form=Visit())
        assert html.index('type="checkbox"') < html.index("Sure")

    def test_what_is_hidden_has_no_label(self):
        assert "<label" not in render("{% field form.secret %}", form=Visit())

    def test_errors_are_summed_up_on_top_with_a_way_to_each(self):
        html = render("{% error_summary form %}", form=Visit({"name": "nobody"}))
        assert "Not together." in html
        assert '<a href="#id_kind">Kind: This field is required.</a>' in html

    def test_nothing_is_summed_up_before_anything_was_sent(self):
        assert render("{% error_summary form %}", form=Visit()).strip() == ""

    def test_chips_and_strips_are_radios_underneath(self):
        html = render('{% chips form.kind %}{% strip form.kind "hot" %}', form=Visit({}))
        assert html.count('type="radio"') == 4
        assert html.count("strip-part--hot") == 1
        assert "field-error" in html


class TestOthers:
    @pytest.mark.parametrize("name", sorted(tags.STATES))
    def test_each_state_has_its_sentence_its_icon_and_its_colour(self, name):
        html = render(f'{{% state "{name}" "It is so." "/there/" "Go there" %}}')
        assert f"state--{name}" in html
        assert "It is so." in html
        assert 'href="/there/"' in html
        assert f"#{tags.STATES[name]}" in html

    def test_an_empty_place_says_how_to_begin(self):
        html = render('{% empty "inbox" "Nobody waits" "They stand here." "/new/" "Begin" %}')
        assert "Nobody waits" in html
        assert 'href="/new/"' in html
        assert "href" not in render('{% empty "note" "No" "None." %}').replace("use href", "")

    def test_the_customers_words_keep_their_language_and_are_escaped(self):
        html = render("{% words text 'lt' notes %}", text="<b>Šalta", notes=["read back", ""])
        assert 'lang="lt"' in html
        assert "&lt;b&gt;Šalta" in html
        assert html.count("<span>") == 1

    def test_a_slip_is_one_sentence_with_its_date(self):
        at = NOW + timedelta(days=1, hours=5)
        html = render("{% slip 'It is warm' at 'Inga' 'late' 'yes' %}", at=at)
        assert "It is warm <b><time" in html
        assert "slip--late" in html
        assert "<b>Inga</b> answers for it" in html

    def test_a_person_is_a_name_and_no_picture(self):
        assert render("{% person 'Rūta' '/r/' 'Gėlių 8' %}").count("<a ") == 1
        assert "<b>Rūta</b>" in render("{% person 'Rūta' %}")

    def test_tabs_name_the_one_that_is_shown(self):
        items = [tags.Tab("Mine", "/m/", current=True, count=0), tags.Tab("Team", "/t/")]
        html = render("{% tabs 'Inbox' items %}", items=items)
        assert html.count('aria-current="page"') == 1
        assert html.count('class="count"') == 1

    def test_steps_tell_what_is_done_and_what_lacks(self):
        items = [tags.Step("Listened", "done"), tags.Step("Act", "now", "a report"),
                 tags.Step("Thank", "open"), tags.Step("Cause", "passed")]  # fmt: skip
        html = render("{% steps items %}", items=items)
        assert 'aria-current="step"' in html
        assert "a report" in html
        assert "passed over" in html

    def test_clocks_show_what_is_due_what_is_kept_and_what_is_not_set(self):
        items = [tags.Clock("Law", NOW, first=True), tags.Clock("Ours", None, "kept, 2 h"),
                 tags.Clock("Their own", None)]  # fmt: skip
        html = render("{% clocks items now %}", items=items)
        assert "due--late" in html
        assert "kept, 2 h" in html
        assert "none" in html

    def test_an_event_is_one_line_of_the_timeline(self):
        assert "event--kept" in render("{% event 'promise' 'Kept.' now now 'kept' %}")

    def test_a_list_leads_on_by_key(self):
        assert render("{% pager %}").strip() == ""
        assert 'rel="next"' in render("{% pager '' '/further/' %}")
        assert 'rel="prev"' in render("{% pager '/back/' '' %}")

    def test_what_cannot_be_undone_is_confirmed_by_naming_it(self):
        html = render("{% confirm '/x/' 'Merge' 'All goes.' 'Jonas' 'Merge' %}", csrf_token="t0k")
        assert 'data-naming="Jonas"' in html
        assert 'value="t0k"' in html

    def test_long_work_shows_how_far_it_is(self):
        assert 'value="40"' in render("{% progress 'Reading' 40 120 %}")


class TestIcons:
    def test_every_icon_that_is_asked_for_is_drawn(self):
        drawn = set(re.findall(r'<symbol id="([\w-]+)"', (SOURCE / "icons.svg").read_text()))
        templates = [path.read_text() for path in ROOT.glob("amends/*/templates/**/*.html")]
        asked = set(re.findall(r'{% (?:icon|empty|event) "([\w-]+)"', "\n".join(templates)))
        assert asked | set(tags.STATES.values()) <= drawn

    def test_an_icon_is_silent(self):
        assert 'aria-hidden="true"' in render('{% icon "phone" "large" %}')


class TestWords:
    @pytest.mark.parametrize("kind", list(WORDS), ids=lambda kind: kind.__name__)
    def test_every_member_has_its_word(self, kind):
        assert set(WORDS[kind]) == set(kind)
        assert all(word(member) for member in kind)

    @pytest.mark.parametrize("module", KINDS)
    def test_no_kind_is_without_words(self, module):
        found = inspect.getmembers(import_module(module), inspect.isclass)
        kinds = {
            name for name, kind in found if issubclass(kind, Enum) and kind.__module__ == module
        }
        assert kinds - NOT_SHOWN <= {kind.__name__ for kind in WORDS}

    def test_a_stored_value_finds_its_word(self):
        assert word_of("telephone", "Channel") == word(Channel.TELEPHONE)
        assert word_of(None, "Mood") == ""
        assert render("{{ 'desk'|word:'Channel' }}") == word(Channel.DESK)
        assert str(dict(choices(Channel))["chat"]) == word(Channel.CHAT)


class TestStylesheets:
    @pytest.mark.parametrize("path", sorted(CSS.glob("*.css")), ids=lambda path: path.name)
    def test_each_stands_in_a_layer(self, path):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL).strip()
        depth, outside = 0, ""
        for char in text:
            depth += {"{": 1, "}": -1}.get(char, 0)
            outside += char if depth == 0 and char != "}" else ""
        assert depth == 0
        # A sheet of paper has no layer.
        assert re.fullmatch(r"(@layer [\w, ]+;?\s*|@page \w+\s*)+", outside)

    @pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
    def test_text_is_at_least_five_to_one_on_every_ground(self, scheme):
        colours = _tokens(scheme)
        texts = ["ink", "muted", "accent", "accent-strong", "late", "soon", "kept"]
        grounds = ["paper", "surface", "sunken", "words"]
        grounds += ["accent-soft", "late-soft", "soon-soft", "kept-soft"]
        weak = [
            (text, ground)
            for text, ground in product(texts, grounds)
            if _contrast(colours[text], colours[ground]) < 5
        ]
        assert weak == []
        assert _contrast(colours["on-accent"], colours["accent"]) >= 5
        assert _contrast(colours["control"], colours["surface"]) >= 3

    def test_a_page_stays_light(self):
        for kind in ("css", "js"):
            assert len(gzip.compress(joined(kind).encode(), mtime=0)) < 20_000

    def test_no_browser_is_sent_what_explains_a_script_to_us(self):
        assert not re.search(r"^\s*//", joined("js"), re.MULTILINE)
        assert "addEventListener" in joined("js")


def _tokens(scheme: int) -> dict[str, str]:
    found = re.findall(
        r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", (CSS / "tokens.css").read_text()
    )
    return {name: colours[scheme] for name, *colours in found}


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    """Return the contrast ratio. Source: WCAG 2.2, definition of contrast ratio."""
    dark, light = sorted([_luminance(one), _luminance(other)])
    return (light + 0.05) / (dark + 0.05)
