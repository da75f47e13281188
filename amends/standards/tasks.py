from django.utils import timezone
from procrastinate.contrib.django import app

from amends.staff.queries import is_set_up
from amends.standards.actions import ship_profiles


@app.periodic(cron="*/10 * * * *")
@app.task(name="standards.ship_profiles", queueing_lock="standards.ship_profiles")
def ship_the_profiles(timestamp: int) -> None:
    """Put the clock profiles that came with a newer Amends into their table."""
    if is_set_up():
        ship_profiles(at=timezone.now())
