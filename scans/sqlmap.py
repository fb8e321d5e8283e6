"""sqlmap: tries to talk to the database through every parameter of pages and API."""

import re
import time
from pathlib import Path

from scans.environments import python_environment
from scans.houses import Ground, filled_house
from scans.reports import Finding, Report, run

PAGES = {  # route, and the parameters it reads
    "core:body-list": "q=alder&page=1",
    "core:proposal-list": "stage=discussion&q=lot&page=1",
    "core:proposal-new": "kind=decision&replaces=1",
    "core:decision-list": "q=lot&page=1",
    "core:record-list": "what=proposal.drafted&page=1",
    "core:member-list": "q=ana&page=1",
    "core:notice-list": "page=1",
    "api:proposal-list": "stage=discussion&kind=decision&urgent=true&page=1",
    "api:record-list": "what=proposal.drafted&page=1",
    "api:body-list": "page=1",
    "api:notice-list": "page=1",
}
CODE = "7Q2M4-ZX9RT-0KCVB-3HN5D"
FORMS = {
    "core:secret-ballot-cast": f"vote=1&position=1&code={CODE}",
    "core:election-new": "title=a&text=b&task=c&limits=d&seats=1&method=ranked&term_days=90&report_days=30&once=k",
    "core:candidacy-stand": "words=a&once=k",
    "core:proposal-comment": "text=hello&parent=1&once=k",
    "core:ballot-cast": "vote=1&position=agree&reason=yes&once=k",
    "core:proposal-new": "title=a&text=b&sum=1&review_on=2027-01-01&replaces=1&once=k",
    "core:invitation-list": "note=a&uses=1&days=14&once=k",
    "core:application-new": "words=a&once=k",
    "core:card-sign-in": "name=ana&pin=482913&code=a",
    "core:settings": "display_name=a&language=en&mail=each&theme=system&once=k",
    "core:face-set": "theme=dark&next=/",
}
CALLS = {
    "api:comments": '{"text": "hello", "parent": 1}',
    "api:ballot-cast": '{"vote": 1, "position": "agree", "reason": "yes"}',
    "api:proposal-create": '{"title": "a", "text": "b", "sum": 1, "replaces": 1, "member": 1}',
    "api:secret-ballot-cast": f'{{"vote": 1, "position": "yes", "code": "{CODE}"}}',
    "api:invitation-make": '{"note": "a", "uses": 1, "days": 14}',
}
INJECTABLE = re.compile(r"^Parameter: (.+)$|parameter '(.+)' is vulnerable", re.M)
CSRF = "c" * 32
EACH, ALL = 150, 840  # seconds


def scan(*, quick: bool = False) -> Report:
    """As a member; a request that was not tried to its end is told."""
    findings, tried, cut, end = [], 0, 0, time.monotonic() + ALL
    with filled_house() as ground:
        for name, words in requests_of(ground):
            left = min(10 if quick else EACH, end - time.monotonic())
            if left <= 0:
                cut += 1
                continue
            done = run([*command(ground), *words], seconds=left, log=f"sqlmap-{re.sub('[: ]', '-', name)}.log")
            tried, cut = tried + 1, cut + (done.returncode == 124)
            findings += [Finding("critical", name, "".join(found)) for found in INJECTABLE.findall(done.stdout)]
            if "all tested parameters do not appear" not in done.stdout and done.returncode != 124:
                findings.append(Finding("error", name, f"not judged: {done.stdout.strip()[-160:]}"))
    return Report("sqlmap", f"{tried} requests, {cut} of them not to the end", findings)


def command(ground: Ground) -> list[str | Path]:
    """What all tries have in common: level 2, risk 1, PostgreSQL, no questions."""
    program = python_environment("sqlmap") / "sqlmap"
    return [
        program, "--batch", "--level=2", "--risk=1", "--dbms=postgresql",
        "--flush-session", "--disable-coloring", "--timeout=10", "--retries=0", "--threads=4", "--time-sec=2",
        "--ignore-code=*", "--ignore-redirects", "--skip=User-Agent,Referer,Host,csrf",
        f"--output-dir={ground.folder / 'sqlmap'}", f"--cookie={ground.signed_in}; csrf={CSRF}",
    ]  # fmt: skip


def requests_of(ground: Ground) -> list[tuple[str, list[str]]]:
    """Each request to try: a name, and the words for it."""

    def url(name: str) -> str:
        return ground.address + ground.addresses[name]

    asked = [(f"{name} get", ["-u", f"{url(name)}?{query}"]) for name, query in PAGES.items()]
    sent = [
        (f"{name} post", ["-u", url(name), f"--data={data}", f"--headers=X-CSRFToken: {CSRF}"])
        for name, data in FORMS.items()
    ]
    of_program = f"Content-Type: application/json\\nAuthorization: Bearer {ground.token}"
    called = [
        (f"{name} call", ["-u", url(name), f"--data={data}", f"--headers={of_program}"]) for name, data in CALLS.items()
    ]
    return asked + sent + called
