from amends.web.spreadsheets import csv_file, csv_stream


def test_what_a_spreadsheet_would_run_is_read_by_it_as_words():
    text = csv_file([("What", "How many"), ("=1+1", -1), ("It is cold", 2)], name="a.csv")
    assert text.content.decode() == "\ufeffWhat,How many\r\n'=1+1,-1\r\nIt is cold,2\r\n"


def test_a_file_is_saved_under_its_name_and_kept_by_no_cache():
    for answer in (csv_file([], name="a.csv"), csv_stream([], name="a.csv")):
        assert answer["Content-Disposition"] == 'attachment; filename="a.csv"'
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
