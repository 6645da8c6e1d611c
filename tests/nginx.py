"""nginx with the configuration that operators are given, and nothing else of it but ports and paths."""

import getpass
import shutil
from pathlib import Path

CONFIGURATION = Path(__file__).parent.parent / "docs" / "nginx.conf"
# From Debian's libnginx-mod-http-cache-purge.
MODULE = Path("/usr/lib/nginx/modules/ngx_http_cache_purge_module.so")

# What Debian's own nginx.conf stands for.
_AROUND = """
daemon off;
user {user};
load_module {module};
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    client_body_temp_path {folder}/received;
    fastcgi_temp_path {folder}/fastcgi;
    proxy_temp_path {folder}/proxy;
    scgi_temp_path {folder}/scgi;
    uwsgi_temp_path {folder}/uwsgi;
    {site}
}}
"""


def program() -> str | None:
    """Return where nginx is; `None` without it, or without the module that it needs to be told of changes."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    return found if MODULE.exists() else None


def configured(
    folder: Path,
    *,
    port: int,
    purges: int,
    upstream: int,
    files: Path | None = None,
    more: str = "",
) -> Path:
    """Write the configuration for servers of this machine without TLS, and return where it is.

    `files` holds the folder `media` of uploaded files; `more` is put into the server. What answers says in
    `X-Proxy` where it had it from.
    """
    site = CONFIGURATION.read_text(encoding="utf-8")
    shown = "add_header X-Proxy $upstream_cache_status;"
    for written, here in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{port};"),
        ("listen 127.0.0.1:6081;", f"listen 127.0.0.1:{purges};"),
        ("server_name stories.example.org;", more),
        ("ssl_certificate /etc/ssl/stories.example.org.pem;", ""),
        ("ssl_certificate_key /etc/ssl/private/stories.example.org.key;", ""),
        ("/srv/impact/var/maintenance", f"{folder}/maintenance"),
        ("/srv/impact/var/static", f"{folder}/static"),
        ("/var/cache/nginx/impact", f"{folder}/cache"),
        ("root /srv/impact/var;", f"root {files or folder};"),
        ("http://127.0.0.1:8000;", f"http://127.0.0.1:{upstream};"),
        ("X-Forwarded-Proto https;", "X-Forwarded-Proto http;"),
        ("proxy_cache impact;", f"proxy_cache impact; {shown}"),
    ):
        if written not in site:
            raise ValueError(f"{CONFIGURATION.name} does not say {written!r}")
        site = site.replace(written, here)
    path = folder / "nginx.conf"
    path.write_text(
        _AROUND.format(user=getpass.getuser(), folder=folder, module=MODULE, site=site),
        encoding="utf-8",
    )
    return path
