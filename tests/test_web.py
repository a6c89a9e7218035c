"""The page put together, and what the server lets in."""

import asyncio
import inspect

from browsing import NEWS, Scripted
from fake_embedder import FakeEmbedder
from made_archive import opened

from assistant import guard, web


def test_the_page_can_be_built_and_its_conversations_are_kept_in_the_archives_folder(tmp_path):
    with opened(tmp_path / "news.dateline", FakeEmbedder()) as archive:
        archive.add_articles(NEWS)
        assert web.build(web.answering_of(Scripted(archive))).title == "Dateline"
    assert (tmp_path / "news.dateline" / "conversations.sqlite").exists()
    with opened(tmp_path / "news.dateline", FakeEmbedder()) as archive:
        assert archive.counts()["articles"] == len(NEWS)


def test_watching_answers_leaves_threads_for_everything_else_and_additions_wait_for_each_other(tmp_path):
    with opened(tmp_path / "news.dateline", FakeEmbedder()) as archive:
        page = web.build(web.answering_of(Scripted(archive)))
    watching = [one for one in page.fns.values() if inspect.isgeneratorfunction(one.fn)]
    assert len(watching) == 6 and {one.concurrency_id for one in watching} == {"watching"}
    for one in page.fns.values():
        page._queue.create_event_queue_for_fn(one)  # as Gradio does when it starts
    queues = page._queue.event_queue_per_concurrency_id
    assert queues["watching"].concurrency_limit == 24 < page.max_threads
    assert queues["adding"].concurrency_limit == 1
    assert sum(one.concurrency_id == "adding" for one in page.fns.values()) == 4
    assert {queue.concurrency_limit for name, queue in queues.items() if name not in ("watching", "adding")} == {4}


def through_the_guard(path):
    sent = []

    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message):
        sent.append(message)

    asyncio.run(guard.Guard(app)({"type": "http", "path": path, "method": "GET"}, None, send))
    return sent[0]["status"], dict(sent[0]["headers"])


def test_gradios_fetch_proxy_is_shut():
    assert through_the_guard("/gradio_api/file=http://10.0.0.1/")[0] == 404
    assert through_the_guard("/gradio_api/proxy=https://x.hf.space/")[0] == 404


def test_every_response_forbids_other_origins():
    status, headers = through_the_guard("/")
    assert status == 200
    assert headers[b"content-security-policy"].startswith(b"default-src 'self'")
