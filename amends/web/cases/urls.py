from django.urls import path

from amends.web.cases import views
from amends.web.cases.acts import closing, promises

urlpatterns = [
    path("<slug:reference>/", views.case, name="case"),
    path("<slug:reference>/promise/", promises.promise, name="case-promise"),
    path("<slug:reference>/promises/<int:pk>/anew/", promises.anew, name="case-anew"),
    path("<slug:reference>/promises/<int:pk>/kept/", promises.kept, name="case-kept"),
    path("<slug:reference>/promises/<int:pk>/yes/", promises.their_yes, name="case-yes"),
    path(
        "<slug:reference>/promises/<int:pk>/another-day/",
        promises.another_day,
        name="case-another-day",
    ),
    path(
        "<slug:reference>/promises/<int:pk>/sorry/", promises.sorry_first, name="case-sorry-first"
    ),
    path("<slug:reference>/done/", closing.done, name="case-done"),
    path("<slug:reference>/asked/", closing.asked, name="case-asked"),
    path("<slug:reference>/sorry/", closing.sorry, name="case-sorry"),
    path("<slug:reference>/thank/", closing.thanked, name="case-thank"),
    path("<slug:reference>/cause/", closing.cause, name="case-cause"),
    path("<slug:reference>/close/", closing.close, name="case-close"),
    path("<slug:reference>/reopen/", closing.reopen, name="case-reopen"),
    path("<slug:reference>/withdraw/", closing.withdraw, name="case-withdraw"),
]
