# ruleid: crypto-elsewhere
import hashlib

# ruleid: crypto-elsewhere
import hmac
import random
import secrets
import uuid

# ruleid: crypto-elsewhere
from cryptography.hazmat.primitives.asymmetric import ed25519

# ok: crypto-elsewhere
from core.rules import chain

# ruleid: weak-chance
token = random.choice("abc")
# ruleid: weak-chance
token = uuid.uuid4()
# ok: weak-chance
token = secrets.token_urlsafe(32)
# ruleid: weak-hash
digest = hashlib.md5(b"")
# ruleid: weak-hash
digest = hashlib.new("sha1", b"")
# ok: weak-hash
digest = hashlib.sha256(b"")
# ruleid: debug-on
DEBUG = True
# ok: debug-on
DEBUG = environment.yes_no("FOLKMOOT_DEBUG", default=False)
