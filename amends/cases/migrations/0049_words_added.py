"""What is new adds its words to those of its case; all of them are gathered only after a change.

To gather anew for a case, its issue, its mail, its letter and their links cost more than all else
that PostgreSQL does to take a mail in. New rows are looked at once a statement, however many it
has, and a row of words is written only where a word is new. Who adds or gathers takes the row of
words first and looks then, so that of two at once neither loses the words of the other.
"""

from importlib import import_module

from django.db import migrations

before = import_module("amends.cases.migrations.0042_words")

# Plain letters are most of what is written, and need no more than to be made small.
FOLD = r"""
CREATE OR REPLACE FUNCTION cases_plain(said text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$
SELECT CASE WHEN octet_length(said) = char_length(said)
  THEN replace(replace(lower(said COLLATE "C"), '''', ''), '`', '')
  ELSE replace(replace(replace(replace(replace(replace(replace(replace(
    translate(
      lower(regexp_replace(normalize(said, NFKD), '[\u0300-\u036f]', '', 'g')),
      'абвгґдежзиіклмнопрстуфхцчшыэєłđøðıьъ''’ʼ`',
      'abvggdezziiklmnoprstufhccsieeldodi'),
    'щ', 'sc'), 'ю', 'iu'), 'я', 'ia'), 'æ', 'ae'), 'œ', 'oe'), 'ß', 'ss'), 'ẞ', 'ss'), 'þ', 'th')
  END
$$;
"""
# A statement sees what others committed before it began: the rows are held by one of their own.
# Materialized, because a function in a subquery may be called for the comparison and again to set.
HOLD = """
CREATE FUNCTION cases_hold_words(of_cases bigint[]) RETURNS void LANGUAGE sql AS
$$
SELECT FROM cases_casewords WHERE case_id = ANY (of_cases) ORDER BY case_id FOR NO KEY UPDATE
$$;
CREATE OR REPLACE FUNCTION cases_gather_words(of_cases bigint[]) RETURNS void LANGUAGE plpgsql AS
$$ BEGIN
  PERFORM cases_hold_words(of_cases);
  WITH fresh AS MATERIALIZED (
    SELECT id, cases_words_of(id, gist, sensitive_since IS NULL) AS words
    FROM cases_case WHERE id = ANY (of_cases)
  )
  UPDATE cases_casewords SET words = fresh.words FROM fresh
  WHERE case_id = fresh.id AND cases_casewords.words <> fresh.words;
END $$;
CREATE OR REPLACE FUNCTION cases_keep_words() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  PERFORM cases_hold_words(ARRAY[NEW.id]);
  INSERT INTO cases_casewords (case_id, words)
  VALUES (NEW.id, cases_words_of(NEW.id, NEW.gist, NEW.sensitive_since IS NULL))
  ON CONFLICT (case_id) DO UPDATE SET words = EXCLUDED.words
  WHERE cases_casewords.words <> EXCLUDED.words;
  RETURN NULL;
END $$;
"""
# Nothing was said in a new case yet: what is said refers to it. The first issue most often says
# what the case is about and no word more. A case of too many words is gathered as a whole, because
# that keeps to their number.
ADD = """
CREATE FUNCTION cases_begin_words() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  INSERT INTO cases_casewords (case_id, words) SELECT id, cases_vector(gist) FROM fresh;
  RETURN NULL;
END $$;
CREATE FUNCTION cases_add_words(of_cases bigint[], said text[]) RETURNS void LANGUAGE plpgsql AS
$$ BEGIN
  IF of_cases IS NULL THEN
    RETURN;
  END IF;
  PERFORM cases_hold_words(of_cases);
  UPDATE cases_casewords kept SET words = CASE
    WHEN length(kept.words) + length(added.words) > 6000
    THEN cases_words_of(kept.case_id, added.gist, true) ELSE kept.words || added.words END
  FROM (
    SELECT file.id, file.gist, cases_vector(string_agg(part.text, ' ')) AS words
    FROM unnest(of_cases, said) AS part (case_id, text)
    JOIN cases_case file ON file.id = part.case_id
    WHERE file.sensitive_since IS NULL AND part.text <> file.gist
    GROUP BY file.id
  ) added
  WHERE kept.case_id = added.id AND (
    length(kept.words) + length(added.words) > 6000 OR kept.words <> kept.words || added.words);
END $$;
CREATE FUNCTION cases_add_words_of_parts() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE
  of_cases bigint[];
  said text[];
BEGIN
  IF TG_TABLE_NAME = 'cases_issue' THEN
    SELECT array_agg(case_id),
      array_agg(rtrim(left(concat_ws(' ', statement, what_happened, should_have_happened), 20000)))
    INTO of_cases, said FROM fresh;
  ELSE
    SELECT array_agg(case_id), array_agg(left(text, 20000)) INTO of_cases, said FROM fresh;
  END IF;
  PERFORM cases_add_words(of_cases, said);
  RETURN NULL;
END $$;
CREATE FUNCTION cases_add_words_of_contacts() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE
  of_cases bigint[];
  said text[];
BEGIN
  SELECT array_agg(link.case_id), array_agg(left(each_of_them.said, 20000))
  INTO of_cases, said
  FROM fresh
  JOIN cases_casecontact link ON link.contact_id = fresh.contact_id
  CROSS JOIN LATERAL (
    SELECT concat_ws(' ', contact.subject, words.text) AS said
    FROM contacts_contact contact JOIN contacts_words words ON words.contact_id = contact.id
    WHERE contact.id = link.contact_id AND (contact.direction = 'in' OR words.source <> 'written')
    UNION ALL
    SELECT text FROM contacts_note WHERE contact_id = link.contact_id
  ) each_of_them;
  PERFORM cases_add_words(of_cases, said);
  RETURN NULL;
END $$;
"""
# Several events, or some columns, and the rows of a statement do not go together in one trigger.
KEEP = """
DROP TRIGGER cases_words_begun ON cases_case;
CREATE TRIGGER cases_words_begun AFTER INSERT ON cases_case
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION cases_begin_words();

DROP TRIGGER cases_words_kept ON cases_casecontact;
CREATE TRIGGER cases_words_kept AFTER DELETE OR UPDATE OF case_id, contact_id
ON cases_casecontact FOR EACH ROW EXECUTE FUNCTION cases_keep_words_of_part();
DROP TRIGGER cases_words_kept ON cases_casenote;
CREATE TRIGGER cases_words_kept AFTER DELETE OR UPDATE OF case_id, text
ON cases_casenote FOR EACH ROW EXECUTE FUNCTION cases_keep_words_of_part();
DROP TRIGGER cases_words_kept ON cases_issue;
CREATE TRIGGER cases_words_kept AFTER DELETE
OR UPDATE OF case_id, statement, what_happened, should_have_happened
ON cases_issue FOR EACH ROW EXECUTE FUNCTION cases_keep_words_of_part();
DROP TRIGGER cases_words_kept ON contacts_words;
CREATE TRIGGER cases_words_kept AFTER DELETE ON contacts_words
FOR EACH ROW EXECUTE FUNCTION cases_keep_words_of_contact();
DROP TRIGGER cases_words_kept ON contacts_note;
CREATE TRIGGER cases_words_kept AFTER DELETE OR UPDATE OF text ON contacts_note
FOR EACH ROW EXECUTE FUNCTION cases_keep_words_of_contact();

CREATE TRIGGER cases_words_added AFTER INSERT ON cases_casenote
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION cases_add_words_of_parts();
CREATE TRIGGER cases_words_added AFTER INSERT ON cases_issue
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION cases_add_words_of_parts();
CREATE TRIGGER cases_words_added AFTER INSERT ON cases_casecontact
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION cases_add_words_of_contacts();
CREATE TRIGGER cases_words_added AFTER INSERT ON contacts_words
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION cases_add_words_of_contacts();
CREATE TRIGGER cases_words_added AFTER INSERT ON contacts_note
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION cases_add_words_of_contacts();
"""
FORGET = """
DROP FUNCTION cases_add_words_of_contacts CASCADE;
DROP FUNCTION cases_add_words_of_parts CASCADE;
DROP FUNCTION cases_begin_words CASCADE;
DROP FUNCTION cases_add_words;
DROP FUNCTION cases_hold_words;
"""
AS_BEFORE = before.FORGET + before.FOLD + before.VECTOR + before.GATHER + before.KEEP


class Migration(migrations.Migration):
    dependencies = [("cases", "0048_erasing"), ("contacts", "0018_holding_rules")]

    operations = [migrations.RunSQL(FOLD + HOLD + ADD + KEEP, FORGET + AS_BEFORE)]
