"""Articles over HTTP: what is added can be asked at once, and what is removed is gone."""

import json
from threading import current_thread

import pytest
from made_archive import ARTICLES
from made_server import client_of, made_assistant

from assistant.api.shapes import Pasted

BRIDGE = {"title": "Ferry late", "text": "The ferry was late on Monday. Its captain blamed the fog."}
CHINA = {
    "title": "China warned",
    "text": "NATO leaders warned China on Friday over its shipments of machine tools.",
    "url": "https://example.org/china",
    "published": "2024-07-12",
}


@pytest.fixture
def assistant(tmp_path, reader):
    with made_assistant(tmp_path / "a", reader) as made:
        yield made


@pytest.fixture
def client(assistant):
    with client_of(assistant) as one:
        yield one


def upload(client, *files):
    return client.post("/api/articles/files", files=[("files", file) for file in files])


def test_a_pasted_article_is_cited_by_the_next_answer(client):
    added = client.post("/api/articles", json=CHINA)
    assert (added.status_code, added.json()["added"]) == (201, 1)
    (cited,) = client.post("/api/ask", json={"question": "What did NATO leaders say about China?"}).json()["citations"]
    assert [cited["article_id"]] == added.json()["article_ids"]
    assert (cited["published"], cited["quote"]) == ("2024-07-12", CHINA["text"])


def test_articles_are_made_where_they_are_added_so_that_others_are_heard_meanwhile(client, monkeypatch):
    made_in, article = [], Pasted.article
    monkeypatch.setattr(Pasted, "article", lambda one: made_in.append(current_thread().name) or article(one))
    assert client.post("/api/articles", json=[CHINA, BRIDGE]).json()["added"] == 2
    assert [name.startswith("additions") for name in made_in] == [True, True]


def test_several_are_added_at_once_and_the_same_again_is_unchanged(client):
    assert client.post("/api/articles", json=[CHINA, BRIDGE]).json()["added"] == 2
    again = client.post("/api/articles", json=[CHINA, {**BRIDGE, "title": "Ferry later"}]).json()
    assert (again["added"], again["unchanged"]) == (1, 1)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"url": "javascript:alert(1)"}, "javascript:alert(1)"),
        ({"url": "file:///etc/passwd"}, "begin with https://"),
        ({"text": ""}, "text"),
        ({"published": "yesterday"}, "yesterday"),
        ({"headline": "x"}, "headline"),
    ],
)
def test_an_article_that_makes_no_sense_is_told_and_not_added(client, assistant, change, told):
    before = assistant.archive.counts()
    response = client.post("/api/articles", json={**CHINA, **change})
    assert response.status_code == 422
    assert told in response.json()["detail"]
    assert assistant.archive.counts() == before


def test_an_empty_list_of_articles_is_told(client):
    assert client.post("/api/articles", json=[]).status_code == 422


def test_text_that_cannot_be_stored_is_a_failure_with_its_remedy(client):
    report = client.post("/api/articles", json={**CHINA, "text": "A NUL \0 here."}).json()
    assert report["failed"] == 1
    assert "take the character out" in report["failures"][0]["remedy"]


def test_files_are_added_under_their_own_names(client, assistant):
    lines = "".join(json.dumps({"id": i, "title": f"No. {i}", "text": f"Item {i} was sold."}) + "\n" for i in (1, 2))
    report = upload(client, ("../../etc/ferry.txt", b"The ferry sank on Sunday."), ("two.jsonl", lines.encode())).json()
    assert (report["added"], report["failed"]) == (3, 0)
    paths = {assistant.archive.article(one).path for one in report["article_ids"]}
    assert paths == {"uploaded/ferry.txt", "uploaded/two.jsonl"}
    assert not list((assistant.archive.folder / "uploaded").iterdir())


def test_a_file_again_is_unchanged_and_a_new_one_of_its_name_replaces_it(client):
    first = upload(client, ("ferry.txt", b"The ferry sank on Sunday.")).json()
    assert upload(client, ("ferry.txt", b"The ferry sank on Sunday.")).json()["unchanged"] == 1
    changed = upload(client, ("ferry.txt", b"The ferry did not sink at all.")).json()
    assert changed["updated"] == 1
    assert changed["article_ids"] == first["article_ids"]


def test_a_file_that_cannot_be_read_is_named_as_its_owner_knows_it(client, assistant):
    (failure,) = upload(client, ("song.mp3", b"la la")).json()["failures"]
    assert failure["where"] == "song.mp3"
    assert str(assistant.archive.folder) not in json.dumps(failure)


@pytest.mark.parametrize("name", ["..", "a/..", "x" * 300 + ".txt"])
def test_a_file_without_a_usable_name_is_refused(client, name):
    assert "ferry.txt" in upload(client, (name, b"words")).json()["detail"]


def test_more_files_than_are_taken_at_a_time_are_refused(client, assistant):
    before = assistant.archive.counts()
    refused = upload(client, *[(f"{i}.txt", b"The ferry sank.") for i in range(201)])
    assert refused.status_code == 422
    assert "at most 200" in refused.json()["detail"]
    assert assistant.archive.counts() == before


def test_the_list_comes_in_pages_the_newest_first(client):
    first = client.get("/api/articles?limit=3").json()
    rest = client.get(f"/api/articles?limit=3&offset={first['next_offset']}").json()
    assert (len(first["articles"]), first["next_offset"], rest["next_offset"]) == (3, 3, None)
    titles = [one["title"] for one in first["articles"] + rest["articles"]]
    assert sorted(titles) == sorted(one.title for one in ARTICLES)
    assert titles[0] == "Cup final"
    assert "text" not in first["articles"][0]


def test_the_list_is_filtered_by_outlet_and_days(client):
    posts = client.get("/api/articles", params={"outlet": "Harbour Post"}).json()["articles"]
    assert {one["title"] for one in posts} == {"Bread becomes dearer", "Bridge closed"}
    july = client.get("/api/articles?published_from=2024-07-10&published_to=2024-07-31").json()["articles"]
    assert {one["title"] for one in july} == {"NATO summit in Washington", "Bread becomes dearer"}


def test_an_article_is_shown_with_its_text_and_gone_when_removed(client):
    one = client.get("/api/articles").json()["articles"][0]
    shown = client.get(f"/api/articles/{one['id']}").json()
    assert shown["text"] == ARTICLES[3].text
    assert client.delete(f"/api/articles/{one['id']}").status_code == 204
    assert client.get(f"/api/articles/{one['id']}").status_code == 404
    assert one["id"] not in [left["id"] for left in client.get("/api/articles").json()["articles"]]
