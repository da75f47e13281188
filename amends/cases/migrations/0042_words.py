import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

# Folded as `amends.people.rules.folding.plain` folds, so that what is typed and what was said
# meet; tests hold the two together. Nothing in it depends on a locale but the smallness of letters
# of other scripts.
FOLD = r"""
CREATE FUNCTION cases_plain(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$
SELECT replace(replace(replace(replace(replace(replace(replace(replace(
  translate(
    lower(regexp_replace(normalize(said, NFKD), '[\u0300-\u036f]', '', 'g')),
    'абвгґдежзиіклмнопрстуфхцчшыэєłđøðıьъ''’ʼ`',
    'abvggdezziiklmnoprstufhccsieeldodi'),
  'щ', 'sc'), 'ю', 'iu'), 'я', 'ia'), 'æ', 'ae'), 'œ', 'oe'), 'ß', 'ss'), 'ẞ', 'ss'), 'þ', 'th')
$$;
"""
# At most so many different words, so that no text, however long, is too much for a row.
VECTOR = r"""
CREATE FUNCTION cases_vector(said text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$
SELECT array_to_tsvector(ARRAY(
  SELECT DISTINCT left(word, 40)
  FROM string_to_table(regexp_replace(cases_plain(said),
    '[\u0001-\u002f\u003a-\u0060\u007b-\u00bf\u2000-\u2bff\u3000-\u303f\ufe00-\uffff\U0001f000-\U0001ffff]+',
    ' ', 'g'), ' ') AS word
  WHERE word <> ''
  LIMIT 6000))
$$;
"""
# What each colleague reads in every list, and of cases that are not sensitive what was said.
GATHER = """
CREATE FUNCTION cases_words_of(of_case bigint, gist text, is_open_to_all boolean) RETURNS tsvector
LANGUAGE sql STABLE AS
$$
SELECT cases_vector(concat_ws(' ', gist, CASE WHEN is_open_to_all THEN (
  SELECT left(string_agg(left(said, 20000), ' '), 200000) FROM (
    SELECT concat_ws(' ', contact.subject, words.text) AS said
    FROM cases_casecontact link
    JOIN contacts_contact contact ON contact.id = link.contact_id
    JOIN contacts_words words ON words.contact_id = contact.id
    WHERE link.case_id = of_case AND (contact.direction = 'in' OR words.source <> 'written')
    UNION ALL
    SELECT note.text FROM cases_casecontact link
    JOIN contacts_note note ON note.contact_id = link.contact_id WHERE link.case_id = of_case
    UNION ALL
    SELECT concat_ws(' ', statement, what_happened, should_have_happened)
    FROM cases_issue WHERE case_id = of_case
    UNION ALL
    SELECT text FROM cases_casenote WHERE case_id = of_case
  ) each_of_them
) END))
$$;
CREATE FUNCTION cases_gather_words(of_cases bigint[]) RETURNS void LANGUAGE sql AS
$$
UPDATE cases_casewords SET words = fresh.words FROM (
  SELECT id, cases_words_of(id, gist, sensitive_since IS NULL) AS words
  FROM cases_case WHERE id = ANY (of_cases)
) fresh
WHERE case_id = fresh.id AND cases_casewords.words <> fresh.words
$$;
"""
KEEP = """
CREATE FUNCTION cases_keep_words() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  INSERT INTO cases_casewords (case_id, words)
  VALUES (NEW.id, cases_words_of(NEW.id, NEW.gist, NEW.sensitive_since IS NULL))
  ON CONFLICT (case_id) DO UPDATE SET words = EXCLUDED.words
  WHERE cases_casewords.words <> EXCLUDED.words;
  RETURN NULL;
END $$;
CREATE TRIGGER cases_words_begun AFTER INSERT ON cases_case
FOR EACH ROW EXECUTE FUNCTION cases_keep_words();
CREATE TRIGGER cases_words_kept AFTER UPDATE ON cases_case FOR EACH ROW
WHEN (OLD.gist <> NEW.gist OR (OLD.sensitive_since IS NULL) <> (NEW.sensitive_since IS NULL))
EXECUTE FUNCTION cases_keep_words();

CREATE FUNCTION cases_keep_words_of_part() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM cases_gather_words(ARRAY[OLD.case_id]);
  END IF;
  IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.case_id <> OLD.case_id) THEN
    PERFORM cases_gather_words(ARRAY[NEW.case_id]);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER cases_words_kept AFTER INSERT OR DELETE OR UPDATE OF case_id, contact_id
ON cases_casecontact FOR EACH ROW EXECUTE FUNCTION cases_keep_words_of_part();
CREATE TRIGGER cases_words_kept AFTER INSERT OR DELETE OR UPDATE OF case_id, text
ON cases_casenote FOR EACH ROW EXECUTE FUNCTION cases_keep_words_of_part();
CREATE TRIGGER cases_words_kept AFTER INSERT OR DELETE
OR UPDATE OF case_id, statement, what_happened, should_have_happened
ON cases_issue FOR EACH ROW EXECUTE FUNCTION cases_keep_words_of_part();

CREATE FUNCTION cases_keep_words_of_contact() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE
  changed bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.contact_id ELSE NEW.contact_id END;
BEGIN
  PERFORM cases_gather_words(
    ARRAY(SELECT case_id FROM cases_casecontact WHERE contact_id = changed));
  RETURN NULL;
END $$;
CREATE TRIGGER cases_words_kept AFTER INSERT OR DELETE ON contacts_words
FOR EACH ROW EXECUTE FUNCTION cases_keep_words_of_contact();
CREATE TRIGGER cases_words_kept AFTER INSERT OR DELETE OR UPDATE OF text ON contacts_note
FOR EACH ROW EXECUTE FUNCTION cases_keep_words_of_contact();
"""
FORGET = """
DROP FUNCTION cases_keep_words_of_contact CASCADE;
DROP FUNCTION cases_keep_words_of_part CASCADE;
DROP FUNCTION cases_keep_words CASCADE;
DROP FUNCTION cases_gather_words;
DROP FUNCTION cases_words_of;
DROP FUNCTION cases_vector;
DROP FUNCTION cases_plain;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0041_rulings"), ("contacts", "0016_sending_identities")]

    operations = [
        migrations.CreateModel(
            name="CaseWords",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={"verbose_name_plural": "words of cases"},
        ),
        migrations.RunSQL(FOLD + VECTOR + GATHER + KEEP, FORGET),
    ]
