"""docs/workflow.md shows the transition table."""

import io

import pytest
from django.core.management import CommandError, call_command

from incidents.workflow import diagram


def test_the_docs_show_the_table_as_it_is():
    call_command("workflow_diagram", check=True, stdout=io.StringIO())


def test_a_page_that_differs_from_the_table_is_named(tmp_path, monkeypatch):
    page = tmp_path / "workflow.md"
    page.write_text(f"x\n{diagram.BEGIN}\nold\n{diagram.END}\n", encoding="utf-8")
    monkeypatch.setattr("incidents.management.commands.workflow_diagram.PAGE", page)

    with pytest.raises(CommandError, match=r"run `manage\.py workflow_diagram`"):
        call_command("workflow_diagram", check=True)
    call_command("workflow_diagram", stdout=io.StringIO())

    assert "| `publish` | verified | published | reviewer | never |" in page.read_text("utf-8")
    assert "verified --> published: publish" in page.read_text("utf-8")
