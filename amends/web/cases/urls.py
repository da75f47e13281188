from django.urls import path

from amends.web.cases import composer, views
from amends.web.cases.acts import closing, details, owning, promises

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
    path("<slug:reference>/take/", owning.take, name="case-take"),
    path("<slug:reference>/assign/", owning.assign, name="case-assign"),
    path("<slug:reference>/hand-over/", owning.hand_over, name="case-hand-over"),
    path("<slug:reference>/accept/", owning.accept, name="case-accept"),
    path("<slug:reference>/decline/", owning.decline, name="case-decline"),
    path("<slug:reference>/take-back/", owning.take_back, name="case-take-back"),
    path("<slug:reference>/reply/", composer.reply, name="case-reply"),
    path("<slug:reference>/note/", composer.note, name="case-note"),
    path("<slug:reference>/call/", composer.call, name="case-call"),
    path("<slug:reference>/keep/<slug:part>/", composer.keep, name="case-keep"),
    path("<slug:reference>/mails/<int:pk>/undo/", composer.undo, name="case-undo-reply"),
    path("<slug:reference>/assess/", details.assess, name="case-assess"),
    path("<slug:reference>/wish/", details.wish, name="case-wish"),
    path("<slug:reference>/needs/", details.four_needs, name="case-needs"),
    path("<slug:reference>/clarified/", details.clarified, name="case-clarified"),
    path("<slug:reference>/issue/", details.issue, name="case-issue"),
    path("<slug:reference>/issues/<int:pk>/", details.finding, name="case-finding"),
    path("<slug:reference>/identity/", details.identity, name="case-identity"),
    path("<slug:reference>/about-colleague/", details.about_colleague, name="case-about-colleague"),
    path("<slug:reference>/stop/", details.stop, name="case-stop"),
    path("<slug:reference>/holds/<int:pk>/", details.hold, name="case-hold"),
]
