"""Password hashes that a small machine can bear: 46 MiB instead of 100, one lane, about a fifth of a second."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class HouseArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id with m=47104 KiB, t=2, p=1: above OWASP's floor of m=47104, t=1, p=1."""

    memory_cost = 47_104
    time_cost = 2
    parallelism = 1
