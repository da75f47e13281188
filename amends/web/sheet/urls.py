from django.urls import path, register_converter
from django.urls.converters import StringConverter

from amends.web.sheet import hand, needed, parts, views


class SheetKey(StringConverter):
    """The id that a sheet is given when it is begun."""

    regex = "[0-9a-f]{32}"


register_converter(SheetKey, "sheet")
urlpatterns = [
    path("new/", views.new_contact, name="new-contact"),
    path("people/", parts.people, name="sheet-people"),
    path("colleagues/", parts.colleagues, name="sheet-colleagues"),
    path("<sheet:key>/", views.sheet, name="sheet"),
    path("<sheet:key>/keep/", views.keep, name="sheet-keep"),
    path("<sheet:key>/caller/", parts.caller, name="sheet-caller"),
    path("<sheet:key>/hearing/", parts.hearing, name="sheet-hearing"),
    path("<sheet:key>/needed/", needed.asked, name="sheet-needed"),
    path("<sheet:key>/in-hand/", hand.in_hand, name="sheet-in-hand"),
    path("<sheet:key>/send/", hand.send, name="sheet-send"),
    path("<sheet:key>/cause/", hand.cause, name="sheet-cause"),
    path("<sheet:key>/thanked/", hand.thank, name="sheet-thanked"),
    path("<sheet:key>/marks/", hand.mark, name="sheet-marks"),
]
