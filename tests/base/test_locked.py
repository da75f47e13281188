import pytest

from amends.base.locked import CannotOpen, lock, locked_anew, unlock


def test_what_is_locked_says_nothing_and_opens_again():
    locked = lock("пароль 1")
    assert unlock(lock("")) == ""
    assert unlock(locked) == "пароль 1"
    assert lock("пароль 1") != locked


def test_a_new_key_opens_what_the_one_before_locked_as_long_as_both_are_known(settings):
    locked = lock("sesame")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, of forty characters or more"
    anew = locked_anew(locked)
    settings.SECRET_KEY_FALLBACKS = []
    assert unlock(anew) == "sesame"
    with pytest.raises(CannotOpen):
        unlock(locked)
