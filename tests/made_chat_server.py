"""An OpenAI-compatible server on this machine that does what a test has planned."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def piece(text, end=None):
    chunk = {
        "id": "1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "m",
        "choices": [{"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": end}],
    }
    return f"data: {json.dumps(chunk)}\n\n".encode()


@contextmanager
def server(*plans):
    """An OpenAI-compatible server that answers each request by the next plan, the last one for ever after.

    A plan is a status to fail with, or a list of texts to stream; None in it stalls, an exception breaks off.
    """
    requests = []
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            plan = plans[min(len(requests), len(plans) - 1)]
            requests.append((self.headers, body))
            if isinstance(plan, int):
                self.send_response(plan)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            for text in plan:
                if text is None:
                    over.wait(30)
                elif isinstance(text, Exception):
                    self.connection.close()
                    return
                else:
                    self.wfile.write(piece(text))
                    self.wfile.flush()
            self.wfile.write(piece("", "stop") + b"data: [DONE]\n\n")

        def log_message(self, *_):
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{http.server_port}/v1", requests
    finally:
        over.set()
        http.shutdown()
        http.server_close()
