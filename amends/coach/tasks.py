from amends.base.due import Due, sweep
from amends.coach.actions import forget_card
from amends.coach.queries import expired_cards

sweep(
    Due(
        name="coach.card_is_forgotten",
        rows=expired_cards,
        act=forget_card,
    )
)
