"""Thinkia: open calls end to end. ``create_app`` is the whole wiring, in reading order."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader

if TYPE_CHECKING:
    from config import Settings

HERE = Path(__file__).parent
FEATURES = (
    "journal",
    "accounts",
    "organisations",
    "calls",
    "agreements",
    "registration",
    "teams",
    "submissions",
    "jury",
    "metrics",
    "results",
    "feedback",
    "appeals",
    "certificates",
    "exports",
    "home",
    "operations",
)
ROUTES = (
    "accounts.routes",
    "organisations.routes",
    "calls.routes.public",
    "calls.routes.manage",
    "agreements.routes.deciding",
    "agreements.routes.manage",
    "registration.routes",
    "teams.routes.public",
    "teams.routes.manage",
    "submissions.routes.team",
    "submissions.routes.manage",
    "jury.routes.juror",
    "jury.routes.manage",
    "metrics.routes",
    "results.routes.public",
    "results.routes.manage",
    "feedback.routes.team",
    "feedback.routes.manage",
    "appeals.routes.team",
    "appeals.routes.manage",
    "certificates.routes.public",
    "certificates.routes.manage",
    "exports.routes",
    "home.routes",
    "operations.routes",
)


def create_app(settings: "Settings") -> Flask:
    """The application for these settings. Starts no thread and opens no connection."""
    app = Flask("thinkia", static_folder=None)
    _configure(app, settings)
    _wire_database(app)
    _wire_web(app)
    _register_features(app)
    return app


def _configure(app: Flask, settings: "Settings") -> None:
    secure = settings.production and settings.base_url.startswith("https://")
    app.config.update(
        SETTINGS=settings,
        TESTING=settings.env == "test",
        SECRET_KEY=settings.secret,
        SQLALCHEMY_DATABASE_URI=settings.sqlalchemy_url,
        BABEL_TRANSLATION_DIRECTORIES=str(HERE.parent / "translations"),
        BABEL_DEFAULT_LOCALE="es",
        BABEL_DEFAULT_TIMEZONE="America/Guayaquil",
        SESSION_COOKIE_NAME="__Host-thinkia" if secure else "thinkia",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=64 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=2000,
        COMPRESS_MIMETYPES=["text/html", "text/css", "application/javascript", "image/svg+xml", "text/csv"],
        RATELIMIT_STORAGE_URI=settings.limits_storage or settings.redis_url or "memory://",
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=True,  # without Redis each process counts alone
        RATELIMIT_HEADERS_ENABLED=False,
    )
    folders = {name: FileSystemLoader(HERE / name / "templates") for name in FEATURES}
    app.jinja_loader = ChoiceLoader([FileSystemLoader(HERE / "templates"), PrefixLoader(folders)])
    app.jinja_env.add_extension("jinja2.ext.do")


def _wire_database(app: Flask) -> None:
    from thinkia.db import db, migrate  # noqa: PLC0415 - create_app is the one place that knows everything
    from thinkia.db.transaction import use_explicit_begin  # noqa: PLC0415
    from thinkia.outside.storage import storage_of  # noqa: PLC0415

    settings: Settings = app.config["SETTINGS"]
    db.init_app(app)
    migrate.init_app(app, db, directory=str(HERE.parent / "migrations"), render_as_batch=True)
    app.extensions["storage"] = storage_of(settings)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            use_explicit_begin(db.engine)


def _wire_web(app: Flask) -> None:
    from flask_compress import Compress  # noqa: PLC0415
    from werkzeug.middleware.proxy_fix import ProxyFix  # noqa: PLC0415

    from thinkia.accounts.queries import signed_in_by_token  # noqa: PLC0415
    from thinkia.web import (  # noqa: PLC0415
        assets,
        design,
        development,
        errors,
        locale,
        navigation,
        pages,
        passwords,
        security,
    )

    proxies = app.config["SETTINGS"].trusted_proxies
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    security.init_security(app, signed_in_by_token)
    passwords.init_passwords(app)
    locale.init_locale(app)
    pages.init_pages(app)
    navigation.init_navigation(app)
    errors.init_errors(app)
    assets.init_assets(app)
    design.init_design(app)
    development.init_development(app)
    Compress(app)


def _register_features(app: Flask) -> None:
    import_module("thinkia.outside.mail")  # its tables and its task are there whoever writes letters
    for feature in FEATURES:
        for name in ("queries", "wording", "tasks", "reactions"):
            part = HERE / feature / name
            if part.with_suffix(".py").exists() or part.is_dir():
                import_module(f"thinkia.{feature}.{name}")
    for module in ROUTES:
        app.register_blueprint(import_module(f"thinkia.{module}").bp)
    from thinkia.cli import COMMANDS  # noqa: PLC0415

    for commands in COMMANDS:
        app.cli.add_command(commands)
