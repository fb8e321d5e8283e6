"""sqlmap: tries to talk to the database through every parameter of pages and API."""

import re
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from scans.environments import python_environment
from scans.houses import Ground, filled_house
from scans.reports import Finding, Report, report_file, run

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
    "councils:item-list": "q=drill&page=1",
    "councils:assembly-run": "q=ana",
    "councils:charter-compare": "size=30",
    "core:amendment-new": "passage=lot&paragraph=1",
    "core:proposal-print": "size=a4&print=large",
    "api:item-list": "page=1",
    "api:merging-list": "page=1",
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
    "core:ballot-enter": "vote=1&person=1&way=desk&number=1&position=agree&reason=a&once=k",
    "core:ballot-confirm": "vote=1&number=1&position=agree&said=agree&once=k",
    "core:amendment-new": "passage=a&words=b&reason=c&seen=1&once=k",
    "core:affected-name": "body=1&why=a&once=k",
    "core:desk-welcome": "display_name=a&sign_in_name=b&words=c&language=en&once=k",
    "core:back-in": "sign_in_name=a&password=a+long+way+round",
    "core:way-back": "first=1&second=2&third=3&once=k",
    "councils:board-hear": "theme=a&doors=1&in_all=2&once=k",
    "councils:assembly-arrive": "membership=1&noted=2026-01-01T00:00:00Z&once=k",
    "councils:assembly-mark": "date_1=yes&once=k",
    "councils:item-add": "title=a&proposal=1&box=10&once=k",
}
CALLS = {
    "api:comments": '{"text": "hello", "parent": 1}',
    "api:ballot-cast": '{"vote": 1, "position": "agree", "reason": "yes"}',
    "api:proposal-create": '{"title": "a", "text": "b", "sum": 1, "replaces": 1, "member": 1}',
    "api:secret-ballot-cast": f'{{"vote": 1, "position": "yes", "code": "{CODE}"}}',
    "api:invitation-make": '{"note": "a", "uses": 1, "days": 14}',
    "api:entered": '{"vote": 1, "person": 1, "way": "desk", "number": "1", "position": "agree", "reason": "a"}',
    "api:amendments": '{"passage": "a", "words": "b", "reason": "c", "seen": 1}',
    "api:board-attendance": '{"came": [1], "others": 2}',
    "api:item-lend": '{"borrower": 1, "due_on": "2027-01-01"}',
}
INJECTABLE = re.compile(r"^Parameter: (.+)$|parameter '(.+)' is vulnerable", re.M)
CSRF = "c" * 32
EACH, ALL = 150, 840  # seconds
TRIED = "sqlmap-tried.txt"


def scan(*, quick: bool = False) -> Report:
    """As a member, in turn: a run begins with what the runs before did not come to. What was not tried is told."""
    findings, tried, cut, end = [], [], 0, time.monotonic() + ALL
    with filled_house() as ground:
        asked = in_turn(requests_of(ground), tried_before())
        for name, words in asked:
            left = min(10 if quick else EACH, end - time.monotonic())
            if left <= 0:
                break
            done = run([*command(ground), *words], seconds=left, log=f"sqlmap-{re.sub('[: ]', '-', name)}.log")
            tried.append(name)
            cut += done.returncode == 124
            findings += [Finding("critical", name, "".join(found)) for found in INJECTABLE.findall(done.stdout)]
            if "all tested parameters do not appear" not in done.stdout and done.returncode != 124:
                findings.append(Finding("error", name, f"not judged: {done.stdout.strip()[-160:]}"))
    report_file(TRIED).write_text("\n".join([*tried_before(), *tried]))
    return Report("sqlmap", f"{len(tried)} of {len(asked)} requests, {cut} of them not to the end", findings)


def tried_before() -> list[str]:
    """The requests that earlier runs have tried, each time it was tried."""
    path = report_file(TRIED)
    return path.read_text().split("\n") if path.exists() else []


def in_turn(asked: Iterable[tuple[str, list[str]]], before: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Those first that were tried the fewest times."""
    return sorted(asked, key=lambda each: before.count(each[0]))


def command(ground: Ground) -> list[str | Path]:
    """What all tries have in common: level 2, risk 1, PostgreSQL, no questions."""
    program = python_environment("sqlmap") / "sqlmap"
    return [
        program, "--batch", "--level=2", "--risk=1", "--dbms=postgresql",
        "--flush-session", "--disable-coloring", "--timeout=10", "--retries=0", "--threads=4", "--time-sec=2",
        "--ignore-code=*", "--ignore-redirects",
        f"--output-dir={ground.folder / 'sqlmap'}", f"--cookie={ground.signed_in}; csrf={CSRF}",
    ]  # fmt: skip


def requests_of(ground: Ground) -> list[tuple[str, list[str]]]:
    """Each request to try: a name, and the words for it."""

    def url(name: str) -> str:
        return ground.address + ground.addresses[name]

    of_program = f"Content-Type: application/json\\nAuthorization: Bearer {ground.token}"
    of_page = f"X-CSRFToken: {CSRF}"
    asked = [(f"{name} get", ["-u", f"{url(name)}?{query}"]) for name, query in PAGES.items()]
    sent = [(f"{name} post", sending(url(name), data, of_page)) for name, data in FORMS.items()]
    called = [(f"{name} call", sending(url(name), data, of_program)) for name, data in CALLS.items()]
    session = ("the session", ["-u", url("core:notice-list"), "-p", ground.cookie])
    left_out = f"--skip=User-Agent,Referer,Host,csrf,once,{ground.cookie}"  # the session is read everywhere alike
    return [session, *((name, [*words, left_out]) for name, words in [*asked, *sent, *called])]


def sending(address: str, data: str, header: str) -> list[str]:
    """The words for a request that sends something."""
    return ["-u", address, f"--data={data}", f"--headers={header}"]
