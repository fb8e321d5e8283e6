"""The triggers of ballots and votes, and the kinds of news, with all that several changes at once added to them."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0017_affected"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="ballot",
            name="ballot_in_time",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="vote",
            name="vote_fixed",
        ),
        migrations.AlterField(
            model_name="cause",
            name="what",
            field=models.CharField(
                choices=[
                    ("proposal.discussion", "a proposal to talk over"),
                    ("vote.opened", "a vote has opened"),
                    ("vote.reminder", "a vote closes soon"),
                    ("vote.secret_reminder", "a secret vote closes soon"),
                    ("proposal.closed", "a proposal was decided"),
                    ("round.started", "a round of talks has begun"),
                    ("second.wanted", "an urgent proposal wants seconds"),
                    ("comment.reply", "somebody answered you"),
                    ("amendment.made", "somebody proposes other words"),
                    ("amendment.answered", "your words were answered"),
                    ("body.affected", "a proposal elsewhere affects your body"),
                    ("joint.asked", "a body asks to decide jointly"),
                    ("joint.answered", "your request to decide jointly was answered"),
                    ("election.put_up", "an election wants candidates"),
                    ("candidacy.proposed", "you are asked to stand"),
                    ("offer.made", "you are asked to take a mandate"),
                    ("mandate.granted", "a mandate was granted"),
                    ("mandate.ended", "a mandate has ended"),
                    ("recall.opened", "a recall was opened"),
                    ("report.given", "a delegate reported"),
                    ("report.due", "a report is due"),
                    ("task.given", "a task is yours"),
                    ("application.made", "somebody asks to join"),
                    ("application.objections", "an admission is open to objections"),
                    ("member.joined", "somebody joined"),
                    ("application.refused", "you were not admitted"),
                    ("member.removed", "a member was removed"),
                    ("removal.proposed", "your removal was proposed"),
                    ("merging.asked", "somebody says that two accounts are theirs"),
                    ("member.merged", "two accounts became one"),
                    ("recovery.waits", "a delegate's account is being recovered"),
                    ("recovery.stopped", "the recovery of a delegate's account was stopped"),
                    ("loan.due", "something borrowed is due back"),
                    ("study.announced", "a reading group or teach-in"),
                    ("study.called_off", "a reading group or teach-in was called off"),
                    ("effect.failed", "a decision could not be carried out"),
                    ("vote.void", "a vote begins anew"),
                    ("charter.objected", "somebody objects to a draft"),
                    ("founding.assembly", "a first assembly is called"),
                    ("founding.over", "a founding is over"),
                    ("body.ended", "a body has ended"),
                    ("house.restored", "a backup was restored"),
                    ("ballot.entered", "a vote was entered for you"),
                    ("ballot.overruled", "a vote that you entered does not count"),
                    ("card.given", "a new card was given to you"),
                    ("ballot.not_taken", "your own vote stands"),
                ],
                max_length=30,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ballot",
            trigger=pgtrigger.compiler.Trigger(
                name="ballot_in_time",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE others smallint;",
                    func="\n    IF TG_OP = 'UPDATE' AND NEW.nonce = ''::bytea AND to_jsonb(NEW) - 'nonce' = to_jsonb(OLD) - 'nonce' AND EXISTS (\n        SELECT 1 FROM core_rollentry r JOIN core_membership m ON m.id = r.membership_id\n        WHERE r.id = OLD.roll_id AND m.forgotten_at IS NOT NULL\n    ) THEN RETURN NEW; END IF;\n    PERFORM pg_advisory_xact_lock_shared(7001, NEW.vote_id::int);\n    SELECT other_texts INTO others FROM core_vote\n    WHERE id = NEW.vote_id AND NOT secret AND counted_at IS NULL AND closes_at > folkmoot_now();\n    IF NOT FOUND THEN RAISE EXCEPTION 'voting has closed' USING ERRCODE = 'FM001'; END IF;\n    IF (others > 0) <> (NEW.choice <> '' AND NEW.position <> 'chosen') THEN\n        RAISE EXCEPTION 'texts are marked where there are several'; END IF;\n    IF others > 0 AND NOT NEW.choice::jsonb <@ (SELECT jsonb_agg(n) FROM generate_series(1, others + 1) n) THEN\n        RAISE EXCEPTION 'a text that is not in this vote'; END IF;\n    IF NOT EXISTS (SELECT 1 FROM core_rollentry WHERE id = NEW.roll_id AND vote_id = NEW.vote_id) THEN\n        RAISE EXCEPTION 'not on the roll of this vote'; END IF;\n    IF TG_OP = 'UPDATE' AND (NEW.roll_id <> OLD.roll_id OR NEW.vote_id <> OLD.vote_id) THEN\n        RAISE EXCEPTION 'a ballot stays with its elector'; END IF;\n    IF NEW.way = 'entered' THEN\n        IF TG_OP = 'UPDATE' AND OLD.way <> 'entered' THEN\n            RAISE EXCEPTION 'what a person does themself stands'; END IF;\n        IF NOT EXISTS (\n            SELECT 1 FROM core_enteredballot e\n            WHERE e.roll_id = NEW.roll_id AND e.confirmed_at IS NOT NULL AND e.ended_at IS NULL\n            AND (e.position, e.choice) = (NEW.position, NEW.choice)\n        ) THEN RAISE EXCEPTION 'entered and confirmed by two'; END IF;\n    END IF;\n    RETURN NEW;\n",
                    hash="cd5fa9537b7c7a4d07698d9e3f62a7307d76ea05",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_ballot_in_time_5345a",
                    table="core_ballot",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="vote",
            trigger=pgtrigger.compiler.Trigger(
                name="vote_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF OLD.counted_at IS NOT NULL THEN RAISE EXCEPTION 'a counted vote never changes'; END IF; IF OLD.roll_size IS NOT NULL AND NEW.roll_size IS DISTINCT FROM OLD.roll_size THEN RAISE EXCEPTION 'a roll never changes'; END IF; IF OLD.roll_size IS NULL AND NEW.other_texts > 0 AND NEW.other_texts <> (SELECT count(*) FROM core_alternative WHERE vote_id = NEW.id) THEN RAISE EXCEPTION 'a vote has all its texts'; END IF; IF NEW.proposal_id IS DISTINCT FROM OLD.proposal_id THEN RAISE EXCEPTION 'a vote keeps its proposal_id'; END IF; IF NEW.number IS DISTINCT FROM OLD.number THEN RAISE EXCEPTION 'a vote keeps its number'; END IF; IF NEW.matter IS DISTINCT FROM OLD.matter THEN RAISE EXCEPTION 'a vote keeps its matter'; END IF; IF NEW.rule IS DISTINCT FROM OLD.rule THEN RAISE EXCEPTION 'a vote keeps its rule'; END IF; IF NEW.charter_id IS DISTINCT FROM OLD.charter_id THEN RAISE EXCEPTION 'a vote keeps its charter_id'; END IF; IF NEW.text_id IS DISTINCT FROM OLD.text_id THEN RAISE EXCEPTION 'a vote keeps its text_id'; END IF; IF NEW.second_call IS DISTINCT FROM OLD.second_call THEN RAISE EXCEPTION 'a vote keeps its second_call'; END IF; IF NEW.secret IS DISTINCT FROM OLD.secret THEN RAISE EXCEPTION 'a vote keeps its secret'; END IF; IF NEW.codes IS DISTINCT FROM OLD.codes THEN RAISE EXCEPTION 'a vote keeps its codes'; END IF; IF NEW.opened_at IS DISTINCT FROM OLD.opened_at THEN RAISE EXCEPTION 'a vote keeps its opened_at'; END IF; IF NEW.closes_at IS DISTINCT FROM OLD.closes_at THEN RAISE EXCEPTION 'a vote keeps its closes_at'; END IF; IF NEW.meets_until IS DISTINCT FROM OLD.meets_until THEN RAISE EXCEPTION 'a vote keeps its meets_until'; END IF; IF NEW.quorum_num IS DISTINCT FROM OLD.quorum_num THEN RAISE EXCEPTION 'a vote keeps its quorum_num'; END IF; IF NEW.quorum_den IS DISTINCT FROM OLD.quorum_den THEN RAISE EXCEPTION 'a vote keeps its quorum_den'; END IF; IF NEW.agreement_num IS DISTINCT FROM OLD.agreement_num THEN RAISE EXCEPTION 'a vote keeps its agreement_num'; END IF; IF NEW.agreement_den IS DISTINCT FROM OLD.agreement_den THEN RAISE EXCEPTION 'a vote keeps its agreement_den'; END IF; IF NEW.asides_num IS DISTINCT FROM OLD.asides_num THEN RAISE EXCEPTION 'a vote keeps its asides_num'; END IF; IF NEW.asides_den IS DISTINCT FROM OLD.asides_den THEN RAISE EXCEPTION 'a vote keeps its asides_den'; END IF; IF NEW.seats IS DISTINCT FROM OLD.seats THEN RAISE EXCEPTION 'a vote keeps its seats'; END IF; IF NEW.seed_hash IS DISTINCT FROM OLD.seed_hash THEN RAISE EXCEPTION 'a vote keeps its seed_hash'; END IF; IF NEW.seed IS DISTINCT FROM OLD.seed THEN RAISE EXCEPTION 'a vote keeps its seed'; END IF; IF NEW.other_texts IS DISTINCT FROM OLD.other_texts THEN RAISE EXCEPTION 'a vote keeps its other_texts'; END IF;IF NEW.secret AND NEW.counted_at IS NOT NULL AND NEW.outcome NOT IN ('overtaken', 'void') AND NOT EXISTS (SELECT 1 FROM core_openedballots WHERE vote_id = NEW.id) THEN RAISE EXCEPTION 'a secret vote is counted from what the signer opened'; END IF;  RETURN NEW;",
                    hash="977efd2e5154be34affab1e236ecdc139dfbd2aa",
                    operation="UPDATE",
                    pgid="pgtrigger_vote_fixed_f414c",
                    table="core_vote",
                    when="BEFORE",
                ),
            ),
        ),
    ]
