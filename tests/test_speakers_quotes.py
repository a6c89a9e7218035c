"""Where quotations stand in a text, whatever marks they have."""

import pytest

from index.speech.quotes import quotations


def found(text):
    return [text[quote.start : quote.end] for quote in quotations(text)]


@pytest.mark.parametrize("quoted", ["“Yes, it is,”", '"Yes, it is,"', "‘Yes, it is,’", "'Yes, it is,'", "«Yes, it is»"])
def test_every_kind_of_mark_is_known(quoted):
    assert found(f"He sat. {quoted} she said.") == [quoted]


def test_the_outer_marks_count():
    assert found("“He said ‘no’ to me,” she said.") == ["“He said ‘no’ to me,”"]


def test_an_apostrophe_is_no_quotation():
    assert found("The players’ bus and Ann's car weren't there in the '90s.") == []


def test_inches_are_no_quotation():
    assert found('He is 6\'4" tall and "very fast," she said.') == ['"very fast,"']


def test_an_open_quotation_ends_with_its_paragraph():
    quotes = quotations("“We tried.\n\n“We failed.” He left.")
    assert [quote.closed for quote in quotes] == [False, True]


def test_a_quotation_broken_by_a_paragraph_goes_on_to_its_mark():
    assert found("“We will have\n\nthose talks.” He left.") == ["“We will have", "those talks.”"]


def test_mixed_marks_close_each_other():
    assert found('He said "yes” twice, and “no" once.') == ['"yes”', '“no"']
    assert found("“It was late,’’ he said.") == ["“It was late,’’"]
