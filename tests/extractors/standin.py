"""A stand-in for an OpenAI-compatible service, on this machine, speaking the real protocol."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEYLESS = {
    "actor1": None,
    "actor1_type": None,
    "actor2": None,
    "actor2_type": None,
    "place": None,
    "time": None,
    "day_start": None,
    "day_end": None,
    "deaths_low": None,
    "deaths_high": None,
    "deaths": None,
    "injured_low": None,
    "injured_high": None,
    "injured": None,
    "asserted_by": None,
    "status": "reported",
}


def event(quote, sub="Shelling/artillery/missile attack", **more):
    """One event of an answer, unknown but for what is given."""
    return {"quote": quote, "sub_event_type": sub, **KEYLESS, **more}


def completion(content, *, finish="stop", usage=True, refusal=None):
    """A chat completion around a content."""
    words = content if isinstance(content, str | type(None)) else json.dumps(content)
    answer = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "stand-in",
        "choices": [
            {
                "index": 0,
                "finish_reason": finish,
                "message": {"role": "assistant", "content": words, "refusal": refusal},
            }
        ],
    }
    if usage:
        answer["usage"] = {"prompt_tokens": 1000, "completion_tokens": 200, "total_tokens": 1200}
    return answer


class Service:
    """Answers what a test tells it to, one thing after the other, the last one for ever."""

    def __init__(self):
        self.asked, self.headers, self.script = [], [], []
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                length = int(self.headers["Content-Length"])
                body = json.loads(self.rfile.read(length))
                service.headers.append(dict(self.headers))
                service.asked.append(body)
                step = service.script[0] if len(service.script) == 1 else service.script.pop(0)
                step = step(body) if callable(step) else step
                status, headers, data = (200, {}, step) if not isinstance(step, tuple) else step
                raw = data if isinstance(data, bytes) else json.dumps(data).encode()
                slow = headers.pop("drip", None)
                self.send_response(status if self.path == "/v1/chat/completions" else 404)
                for name, value in {"Content-Type": "application/json", **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                try:
                    for piece in [raw] if slow is None else (raw[n : n + 1] for n in range(len(raw))):
                        self.wfile.write(piece)
                        self.wfile.flush()
                        time.sleep(slow or 0)
                except OSError:
                    pass  # Whoever asked has gone.

            def log_message(self, *_):
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def says(self, *script):
        """Set what it answers from now on: an answer, (status, headers, answer), or a function of the question."""
        self.script = list(script)
        return self

    def close(self):
        self._server.shutdown()
        self._server.server_close()
