"""Votes between several texts are entered for others too, and what was entered in them is struck out."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0019_accords"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="ballot",
            name="ballot_in_time",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="enteredballot",
            name="entered_by_two",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ballot",
            trigger=pgtrigger.compiler.Trigger(
                name="ballot_in_time",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE others smallint;",
                    func="\n    IF TG_OP = 'UPDATE' AND NEW.nonce = ''::bytea AND to_jsonb(NEW) - 'nonce' = to_jsonb(OLD) - 'nonce' AND EXISTS (\n        SELECT 1 FROM core_rollentry r JOIN core_membership m ON m.id = r.membership_id\n        WHERE r.id = OLD.roll_id AND m.forgotten_at IS NOT NULL\n    ) THEN RETURN NEW; END IF;\n    PERFORM pg_advisory_xact_lock_shared(7001, NEW.vote_id::int);\n    SELECT other_texts INTO others FROM core_vote\n    WHERE id = NEW.vote_id AND NOT secret AND counted_at IS NULL AND closes_at > folkmoot_now();\n    IF NOT FOUND THEN RAISE EXCEPTION 'voting has closed' USING ERRCODE = 'FM001'; END IF;\n    IF NEW.position = 'struck' THEN\n        IF NEW.choice <> '' THEN RAISE EXCEPTION 'struck out is struck out'; END IF;\n    ELSIF (others > 0) <> (NEW.choice <> '' AND NEW.position <> 'chosen') THEN\n        RAISE EXCEPTION 'texts are marked where there are several';\n    ELSIF others > 0 THEN\n        IF NOT NEW.choice::jsonb <@ (SELECT jsonb_agg(n) FROM generate_series(1, others + 1) n) THEN\n            RAISE EXCEPTION 'a text that is not in this vote'; END IF;\n    END IF;\n    IF NOT EXISTS (SELECT 1 FROM core_rollentry WHERE id = NEW.roll_id AND vote_id = NEW.vote_id) THEN\n        RAISE EXCEPTION 'not on the roll of this vote'; END IF;\n    IF TG_OP = 'UPDATE' AND (NEW.roll_id <> OLD.roll_id OR NEW.vote_id <> OLD.vote_id) THEN\n        RAISE EXCEPTION 'a ballot stays with its elector'; END IF;\n    IF NEW.way = 'entered' THEN\n        IF TG_OP = 'UPDATE' AND OLD.way <> 'entered' THEN\n            RAISE EXCEPTION 'what a person does themself stands'; END IF;\n        IF NOT EXISTS (\n            SELECT 1 FROM core_enteredballot e\n            WHERE e.roll_id = NEW.roll_id AND e.confirmed_at IS NOT NULL AND e.ended_at IS NULL\n            AND (e.position, e.choice) = (NEW.position, NEW.choice)\n        ) THEN RAISE EXCEPTION 'entered and confirmed by two'; END IF;\n    END IF;\n    RETURN NEW;\n",
                    hash="1c22508b0ac7d4ad8e811e16b22dc9547723bd48",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_ballot_in_time_5345a",
                    table="core_ballot",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enteredballot",
            trigger=pgtrigger.compiler.Trigger(
                name="entered_by_two",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE others smallint;",
                    func="\n    IF TG_OP = 'UPDATE' AND (\n        (NEW.vote_id, NEW.roll_id, NEW.way, NEW.position, NEW.choice, NEW.reason, NEW.number, NEW.paper_id, NEW.first_id, NEW.entered_at) IS DISTINCT FROM (OLD.vote_id, OLD.roll_id, OLD.way, OLD.position, OLD.choice, OLD.reason, OLD.number, OLD.paper_id, OLD.first_id, OLD.entered_at)\n        OR OLD.ended_at IS NOT NULL OR (OLD.confirmed_at IS NOT NULL\n            AND (NEW.confirmed_at, NEW.second_id) IS DISTINCT FROM (OLD.confirmed_at, OLD.second_id))\n    ) THEN RAISE EXCEPTION 'what was entered never changes'; END IF;\n    PERFORM pg_advisory_xact_lock_shared(7001, NEW.vote_id::int);\n    SELECT other_texts INTO others FROM core_vote\n    WHERE id = NEW.vote_id AND NOT secret AND counted_at IS NULL AND closes_at > folkmoot_now();\n    IF NOT FOUND THEN RAISE EXCEPTION 'voting has closed' USING ERRCODE = 'FM001'; END IF;\n    IF NEW.position = 'struck' THEN\n        IF NEW.choice <> '' THEN RAISE EXCEPTION 'struck out is struck out'; END IF;\n    ELSIF (others > 0) <> (NEW.choice <> '' AND NEW.position <> 'chosen') THEN\n        RAISE EXCEPTION 'texts are marked where there are several';\n    ELSIF others > 0 THEN\n        IF NOT NEW.choice::jsonb <@ (SELECT jsonb_agg(n) FROM generate_series(1, others + 1) n) THEN\n            RAISE EXCEPTION 'a text that is not in this vote'; END IF;\n    END IF;\n    IF NOT EXISTS (SELECT 1 FROM core_rollentry WHERE id = NEW.roll_id AND vote_id = NEW.vote_id) THEN\n        RAISE EXCEPTION 'not on the roll of this vote'; END IF;\n    IF NEW.paper_id IS NOT NULL AND NOT EXISTS (\n        SELECT 1 FROM core_paperballot WHERE id = NEW.paper_id AND vote_id = NEW.vote_id AND number = NEW.number\n    ) THEN RAISE EXCEPTION 'a paper of another vote'; END IF;\n    IF EXISTS (\n        SELECT 1 FROM core_membership m, core_rollentry r\n        JOIN core_vote v ON v.id = r.vote_id JOIN core_proposal p ON p.id = v.proposal_id\n        LEFT JOIN core_mandate d ON d.id = p.mandate_id\n        LEFT JOIN core_offer o ON o.proposal_id = p.id\n        LEFT JOIN core_membership s ON s.id = p.subject_id\n        WHERE r.id = NEW.roll_id AND m.id IN (NEW.first_id, NEW.second_id) AND (\n            m.body_id <> p.body_id OR m.person_id IN (r.person_id, d.person_id, o.person_id, s.person_id)\n            OR EXISTS (\n                SELECT 1 FROM core_candidacy c JOIN core_election e ON e.id = c.election_id\n                WHERE e.proposal_id = p.id AND c.person_id = m.person_id AND c.number IS NOT NULL\n            )\n        )\n    ) THEN RAISE EXCEPTION 'entered by two members with nothing at stake, not by the elector'; END IF;\n    IF NEW.way = 'desk' AND NEW.second_id IS NOT NULL AND NEW.confirmed_at IS NOT NULL AND (\n        SELECT count(*) FROM core_aid a JOIN core_membership m ON m.person_id = a.helper_id\n        WHERE a.roll_id = NEW.roll_id AND m.id IN (NEW.first_id, NEW.second_id)\n    ) <> 2 THEN RAISE EXCEPTION 'whom one helps is written down'; END IF;\n    RETURN NEW;\n",
                    hash="9886a33f7cda829fb35f35df18cc5d8d2caf30b3",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_entered_by_two_563ed",
                    table="core_enteredballot",
                    when="BEFORE",
                ),
            ),
        ),
    ]
