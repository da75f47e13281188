from django.urls import path

from amends.web.people import changes, lessons, occasions, organisations, views

urlpatterns = [
    path("", views.customers, name="customers"),
    path("new/", views.new_customer, name="customer-new"),
    path("<int:pk>/", views.customer, name="customer"),
    path("<int:pk>/contacts/", views.history, name="customer-contacts"),
    path("<int:pk>/lessons/", lessons.learn, name="customer-lesson"),
    path("lessons/<int:pk>/retire/", lessons.retire, name="lesson-retire"),
    path("<int:pk>/organisation/", organisations.join, name="customer-organisation"),
    path("<int:pk>/details/", organisations.details, name="organisation-details"),
    path("<int:pk>/members/", organisations.members, name="organisation-members"),
    path("memberships/<int:pk>/leave/", organisations.leave, name="membership-leave"),
    path("memberships/<int:pk>/rejoin/", organisations.rejoin, name="membership-rejoin"),
    path("<int:pk>/occasions/", occasions.add, name="customer-occasion"),
    path("occasions/<int:pk>/withdraw/", occasions.withdraw, name="occasion-withdraw"),
    path("occasions/<int:pk>/greeted/", occasions.greet, name="occasion-greeted"),
    path("<int:pk>/died/", occasions.died, name="customer-died"),
    path("<int:pk>/edit/", views.edit_customer, name="customer-edit"),
    path("<int:pk>/points/", changes.add_point, name="customer-point"),
    path("points/<int:pk>/remove/", changes.remove_point, name="customer-point-remove"),
    path("<int:pk>/needs/", changes.add_need, name="customer-need"),
    path("needs/<int:pk>/withdraw/", changes.withdraw_need, name="customer-need-withdraw"),
    path("<int:pk>/represented/", changes.add_representative, name="customer-representative"),
    path(
        "represented/<int:pk>/end/", changes.end_representation, name="customer-representation-end"
    ),
    path("<int:pk>/merge/<int:other_pk>/", changes.merge, name="customer-merge"),
    path("merges/<int:pk>/undo/", changes.unmerge, name="customer-unmerge"),
]
