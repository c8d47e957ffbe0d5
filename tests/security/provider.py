"""A small OpenID Connect provider on loopback: discovery, authorize, token and keys; whoever asks is who the test says.

python -m tests.security.provider PORT
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "borderlines", "PLANTED-CLIENT-SECRET"
"""What the tests look for in every output."""


class Provider(BaseHTTPRequestHandler):
    """Answers as a provider would; the address to sign in as is the answer to /as?address=..."""

    key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
    address = "nobody@a.example"
    verified = True
    codes: ClassVar[dict[str, dict[str, str]]] = {}

    def do_GET(self) -> None:
        """Discovery, keys, authorize, and the test's own word."""
        asked = urlsplit(self.path)
        given = {key: values[0] for key, values in parse_qs(asked.query).items()}
        here = f"http://127.0.0.1:{self.server.server_port}"
        if asked.path == "/.well-known/openid-configuration":
            ends = {name: f"{here}/{name}" for name in ("authorize", "token", "keys")}
            self._json({
                "issuer": here, "authorization_endpoint": ends["authorize"], "token_endpoint": ends["token"],
                "jwks_uri": ends["keys"], "response_types_supported": ["code"], "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"], "code_challenge_methods_supported": ["S256"],
            })  # fmt: skip
        elif asked.path == "/keys":
            self._json({"keys": [self.key.as_dict(private=False)]})
        elif asked.path == "/authorize":
            code = secrets.token_urlsafe(16)
            self.codes[code] = given
            self.send_response(302)
            self.send_header(
                "Location", f"{given['redirect_uri']}?{urlencode({'code': code, 'state': given['state']})}"
            )
            self.end_headers()
        elif asked.path == "/as":
            Provider.address, Provider.verified = given["address"], given.get("verified", "yes") == "yes"
            self._json({})
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        """Give a token for a code, once, to whoever knows the secret and the verifier."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        given = {key: values[0] for key, values in parse_qs(body).items()}
        asked = self.codes.pop(given.get("code", ""), None)
        basic = base64.b64decode(self.headers.get("Authorization", "Basic ").partition(" ")[2]).decode()
        known = basic == f"{CLIENT}:{SECRET}" or given.get("client_secret") == SECRET
        challenge = base64.urlsafe_b64encode(hashlib.sha256(given.get("code_verifier", "").encode()).digest())
        if asked is None or not known or asked.get("code_challenge", "") not in ("", challenge.decode().rstrip("=")):
            self.send_error(400)
            return
        now = int(time.time())
        claims = {
            "iss": f"http://127.0.0.1:{self.server.server_port}", "sub": self.address, "aud": CLIENT, "iat": now,
            "exp": now + 600, "email": self.address, "email_verified": self.verified, "nonce": asked.get("nonce", ""),
        }  # fmt: skip
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        self._json(
            {"access_token": "PLANTED-ACCESS-TOKEN", "token_type": "Bearer", "expires_in": 600, "id_token": token}
        )

    def _json(self, value: object) -> None:
        content = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Provider).serve_forever()
