"""What a proxy says of a request is believed from a trusted one alone; arrival is noted before all else."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from flask import jsonify, request, session

import thinkia
from tests.browser import Browser
from tests.servers import databases
from thinkia import clock
from thinkia.web.security import now

FORWARDED = {
    "X-Forwarded-For": "203.0.113.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "thinkia.example.org",
}


@pytest.fixture
def an_app(tmp_path):
    made = []

    def an_app(**settings):
        app = thinkia.create_app(databases.settings("", tmp_path, **settings))
        app.add_url_rule("/seen", view_func=seen, methods=["GET"])
        made.append(app)
        return app

    yield an_app
    for app in made:
        databases.dispose(app)


def seen():
    session["touched"] = True
    return jsonify(address=request.remote_addr, scheme=request.scheme, host=request.host)


def test_a_trusted_proxy_says_who_asks(an_app):
    client = an_app(trusted_proxies=1).test_client()
    answer = client.get("/seen", headers=FORWARDED).json
    assert answer == {"address": "203.0.113.7", "scheme": "https", "host": "thinkia.example.org"}


def test_without_one_nobody_is_believed(an_app):
    answer = an_app().test_client().get("/seen", headers=FORWARDED).json
    assert answer == {"address": "127.0.0.1", "scheme": "http", "host": "localhost"}


def test_of_several_addresses_the_one_that_our_proxy_added_counts(an_app):
    client = an_app(trusted_proxies=1).test_client()
    headers = {"X-Forwarded-For": "198.51.100.1, 203.0.113.7"}
    assert client.get("/seen", headers=headers).json["address"] == "203.0.113.7"


@pytest.mark.parametrize("proxies", [0, 1])
def test_the_moment_of_arrival_is_noted_before_the_body_is_read(an_app, monkeypatch, proxies):
    app = an_app(trusted_proxies=proxies)
    moments = iter(datetime(2026, 3, 2, 17, minute, tzinfo=UTC) for minute in range(60))
    monkeypatch.setattr(clock, "now", lambda: next(moments))
    read = []

    class Body(BytesIO):
        def readinto(self, buffer):
            read.append(clock.now())
            return super().readinto(buffer)

        def read(self, *size):
            read.append(clock.now())
            return super().read(*size)

    def upload():
        assert request.get_data() == b"x" * 10
        return jsonify(arrived=now().isoformat())

    upload.__public__ = "for this test"
    app.add_url_rule("/upload", view_func=app.extensions["csrf"].exempt(upload), methods=["POST"])
    answer = app.test_client().post("/upload", input_stream=Body(b"x" * 10), content_length=10)
    assert datetime.fromisoformat(answer.json["arrived"]) < min(read)


SECURE = {"env": "production", "base_url": "https://thinkia.example.org", "trusted_proxies": 1}


def test_over_https_the_cookie_is_bound_to_the_host_and_browsers_stay_on_https(an_app):
    answer = an_app(**SECURE).test_client().get("/seen", headers=FORWARDED)

    name, *parts = answer.headers["Set-Cookie"].split("; ")
    assert name.startswith("__Host-thinkia=")
    assert set(parts) == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_on_this_machine_the_cookie_works_without_https(an_app):
    answer = an_app().test_client().get("/seen")

    name, *parts = answer.headers["Set-Cookie"].split("; ")
    assert name.startswith("thinkia=")
    assert set(parts) == {"HttpOnly", "Path=/", "SameSite=Lax"}
    assert "Strict-Transport-Security" not in answer.headers


@pytest.mark.database("sqlite")
def test_without_redis_each_process_counts_alone(another_app, redis_url):
    assert another_app(redis_url=redis_url).config["RATELIMIT_STORAGE_URI"] == redis_url
    browser = Browser(another_app(redis_url="redis://127.0.0.1:1"))
    browser.get("/reset")
    asked = {"email": "nobody@example.org"}
    statuses = [
        browser.client.post("/reset", data=asked | {"csrf_token": browser._token()}) for _ in range(21)
    ]
    assert [answer.status_code for answer in statuses] == [302] * 20 + [429]
