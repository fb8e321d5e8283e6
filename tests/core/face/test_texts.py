"""What people write becomes paragraphs and links, and nothing else."""

import pytest

from core.face.texts import marked_up

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](https://elsewhere.example/pixel.png)",
    "[here](javascript:alert(1))",
    "[here](JaVaScRiPt:alert(1))",
    "[here](data:text/html;base64,PHNjcmlwdD4=)",
    "[here](vbscript:x)",
    "<javascript:alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<svg/onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<style>body{display:none}</style>",
    "<form action=/account/logout/><button>win</button></form>",
    "<base href=//elsewhere.example/>",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    '[x](https://a.example "onmouseover=alert(1)")',
    '[x](https://a.example/"onmouseover="alert(1))',
    "<p style='position:fixed'>x</p>",
    "<!--<script>-->",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<math><mtext></mtext><script>alert(1)</script></math>",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_written_can_run(attack: str) -> None:
    html = marked_up(attack).lower()

    for live in ("<script", "<img", "<svg", "<iframe", "<style", "<form", "<base", "<math", "<p style"):
        assert live not in html
    assert 'href="javascript' not in html
    assert 'href="data' not in html
    assert 'href="vbscript' not in html
    assert " onmouseover=" not in html
    assert " title=" not in html


def test_marks_become_paragraphs_lists_and_links() -> None:
    html = marked_up("One **strong** word\nand a line.\n\n- a\n- b\n\n[the law](https://law.example/1)")

    assert "<strong>strong</strong> word<br>" in html
    assert "<li>a</li>" in html
    assert '<a href="https://law.example/1" rel="noopener noreferrer nofollow ugc">the law</a>' in html


def test_a_heading_does_not_break_the_order_of_headings() -> None:
    html = marked_up("# Big\n\nText")

    assert "<h1" not in html
    assert "<strong>Big</strong>" in html
