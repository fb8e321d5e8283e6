"""The record in a real browser: taken away and checked elsewhere by the one file; its checkpoint on paper."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from core.signer import votes
from core.signer.folder import SignerFolder
from tests import village
from tests.browser.test_every_page import findings
from tests.browser.walking import sign_in
from tests.core.secret.scene import Court, make_court, recall
from tests.core.signer.conftest import TestSigner
from tests.verify.test_one_file import run

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

A4: ViewportSize = {"width": 794, "height": 1123}
"""In the points of a screen."""
FIVE_CENTIMETRES = 189


@pytest.fixture
def court(transactional_db: None, signer_folder: SignerFolder) -> Court:
    """A council that has granted a mandate openly and kept its delegate secretly; all of it is signed."""
    court = make_court()
    vote = recall(court)
    for person in court.people[:6]:
        village.cast_secretly(vote, person, "no")
    village.close(vote)
    votes.destroy_counted()
    TestSigner(signer_folder).one_pass()
    return court


def take(page: Page, name: str, folder: Path) -> Path:
    """Press what downloads a file, and keep it under the name it comes with."""
    with page.expect_download() as coming:
        page.get_by_role("link", name=name, exact=True).click()
    target = folder / coming.value.suggested_filename
    coming.value.save_as(target)
    return target


def test_a_member_takes_all_of_it_and_reads_elsewhere_what_holds(
    browser: Browser, live_server: LiveServer, court: Court, tmp_path: Path
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    sign_in(context, live_server.url, court.eva)
    page = context.new_page()

    page.goto(f"{live_server.url}/b/{court.body.slug}/record/")
    checkpoint = take(page, "Take the checkpoint", tmp_path)
    page.get_by_role("link", name="How to check the record").click()
    record, verifier = take(page, "Take the members’ file", tmp_path), take(page, "Take the verifier", tmp_path)
    expect(page.get_by_role("main")).to_contain_text(f"python3 {verifier.name} {record.name}")
    context.close()
    code, said = run(verifier, record.name, "--checkpoint", checkpoint.name, "--language", "en")

    assert code == 0, said
    assert "Everything that was checked holds." in said
    assert "Decisions that follow from their counts: 2." in said
    assert "Nothing before them was changed since." in said


def test_somebody_without_an_account_takes_the_public_file_and_finds_a_changed_line(
    browser: Browser, live_server: LiveServer, court: Court, tmp_path: Path
) -> None:
    page = browser.new_page(java_script_enabled=False)

    page.goto(f"{live_server.url}/b/{court.body.slug}/")
    page.get_by_role("link", name="How to check the record").click()
    record, verifier = take(page, "Take the public file", tmp_path), take(page, "Take the verifier", tmp_path)
    checkpoint = take(page, "Take the checkpoint", tmp_path)
    page.close()
    assert run(verifier, record.name, "--checkpoint", checkpoint.name, "--language", "es")[0] == 0
    text = record.read_text("utf-8")
    record.write_text(text.replace('"outcome":"not_adopted"', '"outcome":"adopted"', 1), "utf-8")
    code, said = run(verifier, record.name, "--language", "en")

    assert '"outcome":"not_adopted"' in text
    assert code == 1
    assert "Everything that was checked holds." not in said


def test_a_checkpoint_is_one_sheet_of_paper_with_a_code_large_enough_to_read(
    browser: Browser, live_server: LiveServer, court: Court
) -> None:
    context = browser.new_context(viewport=A4)
    sign_in(context, live_server.url, court.eva)
    page = context.new_page()

    page.goto(f"{live_server.url}/b/{court.body.slug}/record/")
    page.get_by_role("link", name="Print it").click()
    assert findings(page) == []
    page.emulate_media(media="print")

    code = page.get_by_role("img", name="QR code with the checkpoint").bounding_box()
    assert code is not None
    assert code["width"] >= FIVE_CENTIMETRES
    expect(page.get_by_role("link", name="Take the checkpoint")).to_be_hidden()
    expect(page.get_by_role("heading", name="Cedar Court")).to_be_visible()
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1
    context.close()
