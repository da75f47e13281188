from tests import proofs


def test_every_mark_names_a_row_there_is():
    assert sorted(set(proofs.proofs()) - set(proofs.rows())) == []


def test_the_page_has_every_row_once():
    text = proofs.page()
    assert [n for n in proofs.rows() if text.count(f"| {n} |") != 1] == []
