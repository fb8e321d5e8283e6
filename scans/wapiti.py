"""wapiti: a crawl through all pages, as a member and as nobody, with attacks on what it finds."""

import json
from pathlib import Path

from scans.environments import python_environment
from scans.houses import Ground, filled_house
from scans.reports import Finding, Report, report_file, run

MODULES = "cookieflags,csp,csrf,crlf,exec,file,htaccess,http_headers,methods,permanentxss,redirect,sql,timesql,xss"
"""All that need nothing but the house: no lists to download, no host elsewhere that waits for a call. Not `ldap`:
nothing here asks a directory, and it takes the limit of tries at sign-in for an answer of one."""

GRAVITIES = {1: "low", 2: "medium", 3: "high", 4: "critical"}
NOWHERE = "http://127.0.0.1:9"
LEFT_OUT = ("/account/logout/", "/account/sessions/", "/b/*/leave/")
"""What would end the member's session or membership amid the crawl."""


def scan(*, quick: bool = False) -> Report:
    """Both crawls over https, each in a house of its own."""
    seen, findings = [], []
    for name in ("member", "nobody"):
        with filled_house(secure=True) as ground:
            told = ask(ground, name, quick=quick)
        seen.append(f"{told['infos']['crawled_pages_nbr']} requests found as {name}")
        findings += found_in(told, name)
    return Report("wapiti", ", ".join(seen), findings)


def ask(ground: Ground, name: str, *, quick: bool) -> dict[str, dict[str, list[dict[str, str | int]]]]:
    """What one crawl reports."""
    out = report_file(f"wapiti-{name}.json")
    out.unlink(missing_ok=True)
    command: list[str | Path] = [
        python_environment("wapiti") / "wapiti", "-u", f"{ground.address}/", "--scope=domain", "--verify-ssl=0",
        "-m", MODULES, f"--endpoint={NOWHERE}", "--level=1", "--depth=5", "--max-links-per-page=60",
        "--max-files-per-dir=60", f"--max-scan-time={30 if quick else 150}", f"--max-attack-time={5 if quick else 20}",
        "--no-bugreport", "--flush-session", f"--store-session={ground.folder}", f"--store-config={ground.folder}",
        "-v", "2", "-f", "json", "-o", out,
    ]  # fmt: skip
    for path in LEFT_OUT:
        command += ["-x", f"{ground.address}{path}"]
    if name == "member":
        command += ["-c", cookie_file(ground)]
    said = run(command, seconds=540, log=f"wapiti-{name}.log", cwd=ground.folder).stdout
    if (f"[+] GET {ground.address}/settings/ " in said) != (name == "member"):
        raise RuntimeError(f"the crawl as {name} was not what it should be: see wapiti-{name}.log")
    told: dict[str, dict[str, list[dict[str, str | int]]]] = json.loads(out.read_text())
    return told


def cookie_file(ground: Ground) -> Path:
    """The member's session as wapiti reads it; in a header it is dropped as soon as the house sets another cookie."""
    session = {"value": ground.session, "expires": None, "secure": True, "port": None, "version": 0}
    path = ground.folder / "cookies.json"
    path.write_text(json.dumps({".localhost.local": {"/": {ground.cookie: session}}}))
    return path


def found_in(told: dict[str, dict[str, list[dict[str, str | int]]]], name: str) -> list[Finding]:
    """Weak spots count as graded; answers that broke off or failed count as grave."""
    weak = [
        Finding(
            GRAVITIES.get(int(each["level"]), "high"), f"{name}: {each['method']} {each['path']}", str(each["info"])
        )
        for found in told["vulnerabilities"].values()
        for each in found
    ]
    broken = [
        Finding("error", f"{name}: {each['method']} {each['path']}", str(each["info"]))
        for found in told["anomalies"].values()
        for each in found
    ]
    return weak + broken
