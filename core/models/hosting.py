"""What a host decides about a body that answers to it."""

from typing import ClassVar

import pgtrigger
from django.db import models

from .bodies import Body
from .proposals import Proposal

OF_ITS_HOST = """
    IF NOT EXISTS (
        SELECT 1 FROM core_proposal p JOIN core_body b ON b.host_id = p.body_id
        WHERE p.id = NEW.proposal_id AND b.id = NEW.body_id
    ) THEN RAISE EXCEPTION 'a host decides about a body that answers to it'; END IF;
    RETURN NEW;
"""


class HostedMatter(models.Model):
    """Which body a proposal of its host is about: its restructuring, or the end of its recognition."""

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="hosted_matter")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="hosted_matters")

    class Meta:
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="matter_of_its_host", operation=pgtrigger.Insert, when=pgtrigger.Before, func=OF_ITS_HOST
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} is about {self.body_id}"
