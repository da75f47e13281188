from django.db import migrations, models

# What no action may do, nobody may: begin before the end of what must come first, or draw links of
# one kind in a circle. Links are drawn one after the other, so that no two meet unseen.
KEEP = """
CREATE FUNCTION cases_begin_in_turn() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF EXISTS (
    SELECT 1 FROM cases_caselink AS link
    JOIN cases_case AS other ON other.id = link.other_id
    LEFT JOIN cases_case AS whole ON whole.id = other.merged_into_id
    WHERE link.case_id = NEW.id AND link.kind = 'begins-after'
      AND (other.closed_at IS NULL OR (whole.id IS NOT NULL AND whole.closed_at IS NULL))
  ) THEN
    RAISE EXCEPTION 'case % begins before another has ended', NEW.reference
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_begun_in_turn BEFORE UPDATE OF state ON cases_case
FOR EACH ROW WHEN (
  OLD.state IN ('received', 'acknowledged', 'assessed')
  AND NEW.state NOT IN ('received', 'acknowledged', 'assessed', 'external',
    'closed', 'forwarded', 'merged', 'withdrawn', 'out-of-scope')
) EXECUTE FUNCTION cases_begin_in_turn();

CREATE FUNCTION cases_link_in_no_circle() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  PERFORM pg_advisory_xact_lock(hashtext(TG_TABLE_SCHEMA || '.cases_caselink'));
  IF EXISTS (
    WITH RECURSIVE ahead(id) AS (
      SELECT NEW.other_id
      UNION
      SELECT link.other_id FROM cases_caselink AS link JOIN ahead ON link.case_id = ahead.id
      WHERE link.kind = NEW.kind
    ) SELECT 1 FROM ahead WHERE id = NEW.case_id
  ) THEN
    RAISE EXCEPTION 'links of kind % lead in a circle', NEW.kind
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_linked_in_no_circle BEFORE INSERT OR UPDATE ON cases_caselink
FOR EACH ROW WHEN (NEW.kind <> 'related') EXECUTE FUNCTION cases_link_in_no_circle();
"""
KEEP_NOT = """
DROP TRIGGER cases_linked_in_no_circle ON cases_caselink;
DROP FUNCTION cases_link_in_no_circle;
DROP TRIGGER cases_begun_in_turn ON cases_case;
DROP FUNCTION cases_begin_in_turn;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0031_senior_calls")]
    operations = [
        migrations.RemoveConstraint(model_name="caselink", name="case_link_kind_known"),
        migrations.AddConstraint(
            model_name="caselink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "related",
                            "continues",
                            "cause-of",
                            "duplicate-of",
                            "belongs-to",
                            "not-before",
                            "begins-after",
                        ],
                    )
                ),
                name="case_link_kind_known",
            ),
        ),
        migrations.RunSQL(KEEP, KEEP_NOT),
    ]
