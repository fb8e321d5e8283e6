import datetime
import http.client
import smtplib
import urllib.request

from django.db import models
# ruleid: signal
from django.db.models.signals import post_save
from django.utils import timezone

# ok: signal
from core.actions import proposals

# ruleid: wrong-clock
at = datetime.datetime.now(datetime.UTC)
# ruleid: wrong-clock
at = timezone.now()
# ok: wrong-clock
at = folkmoot_now()
# ruleid: outbound, no-timeout
urllib.request.urlopen("https://example.org")
# ruleid: outbound
http.client.HTTPSConnection("example.org", timeout=3)
# ok: outbound
mails.send("Hello")
# ruleid: no-timeout
smtplib.SMTP("localhost")
# ok: no-timeout
smtplib.SMTP("localhost", timeout=3)
# ruleid: print-in-core
print("done")
# ok: print-in-core
log.info("done")


class Street(models.Model):
    # ok: save-override
    def rename(self):
        self.save(update_fields=["name"])


# ruleid: save-override
class House(models.Model):
    def save(self, *args):
        super().save(*args)
