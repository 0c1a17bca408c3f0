"""The plugin in a real WordPress: what readers see, what is sent, a server that is away."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.cli.program import ROOT
from tests.clients.conftest import Server
from tests.clients.test_python import answering

divedeeper_client = pytest.importorskip("divedeeper_client")
PHP = shutil.which("php")
DATABASE = shutil.which("mariadbd", path="/usr/sbin:/usr/bin")
INSTALL_DATABASE = shutil.which("mariadb-install-db")
WORDPRESS = Path("/usr/share/wordpress")
PLUGIN = ROOT / "clients" / "wordpress" / "divedeeper"

needs_php = pytest.mark.skipif(not PHP, reason="php is not installed")
pytestmark = pytest.mark.slow

CONFIG = """<?php
define('DB_NAME', 'press'); define('DB_USER', 'root'); define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:%(socket)s'); define('DB_CHARSET', 'utf8mb4');
define('WP_HOME', '%(address)s'); define('WP_SITEURL', '%(address)s');
define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_DEBUG', true); define('WP_DEBUG_DISPLAY', true);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
INSTALL = """define('WP_INSTALLING', true);
require 'wp-load.php'; require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';
function wp_mail() { return true; }
wp_install('Desk', 'chief', 'chief@desk.example', true, '', 'a long password');
update_option('permalink_structure', '/%postname%/');
$failed = activate_plugin('divedeeper/divedeeper.php');
echo json_encode(is_wp_error($failed) ? $failed->get_error_message() : 'installed');"""
BODY = (
    "<!-- wp:paragraph --><p>Lanterns do not blind bats &amp; owls.</p><!-- /wp:paragraph -->"
    "<h2>What lanterns do</h2><p>Bats steer by echo.</p>"
    "<ul><li>They hear.</li><li>They see.</li></ul>"
    "<script>alert(1)</script>[divedeeper]"
)


class Site:
    """A WordPress with its database and its web server."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.address = folder, address

    def run(self, code: str, load: bool = True) -> Any:
        """Run PHP within WordPress; return the JSON that it prints last."""
        start = "require 'wp-load.php'; wp_set_current_user(1);\n" if load else ""
        file = self.folder / "task.php"
        file.write_text(f"<?php {start}{code}", encoding="utf-8")
        ran = subprocess.run(
            [str(PHP), "-d", "display_errors=stderr", str(file)],
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        assert "divedeeper" not in ran.stderr, ran.stderr  # no warning of ours
        return json.loads(ran.stdout.strip().splitlines()[-1])

    def settings(self, **values: object) -> None:
        """Store settings as the form does, and forget what was kept."""
        given = json.dumps({"post_types": ["post"], **values})
        code = f"""$given = json_decode(<<<'X'\n{given}\nX\n, true);
            update_option('divedeeper', DiveDeeper\\Settings::sanitize($given));
            $GLOBALS['wpdb']->query("DELETE FROM wp_options WHERE option_name LIKE '%transient%'");
            echo json_encode(get_option('divedeeper'));"""
        self.run(code)

    def post(self, **fields: object) -> int:
        """Insert or update a post; return its number."""
        given = json.dumps({"post_status": "publish", "post_author": 1, **fields})
        code = f"""$given = json_decode(<<<'X'\n{given}\nX\n, true);
            kses_remove_filters(); echo json_encode(wp_insert_post(wp_slash($given)));"""
        return int(self.run(code))

    def send(self) -> int:
        """Do what the clock would do; return how many changes wait then."""
        return int(
            self.run("do_action('divedeeper_send'); echo count(DiveDeeper\\Changes::waiting());")
        )

    def page(self, path: str) -> str:
        """Return a page as a reader gets it."""
        with urllib.request.urlopen(self.address + path, timeout=30) as answer:
            return str(answer.read().decode())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    if not (PHP and DATABASE and INSTALL_DATABASE and WORDPRESS.is_dir()):
        pytest.skip("wordpress, php or mariadb is not installed")
    if "mysqli" not in subprocess.run([PHP, "-m"], capture_output=True, text=True).stdout:
        pytest.skip("php has no mysqli")
    folder = tmp_path_factory.mktemp("wordpress")
    data, place = folder / "data", folder / "site"
    sock = Path(f"/tmp/divedeeper-{os.getpid()}.sock")  # a path of a socket is short
    subprocess.run(
        [INSTALL_DATABASE, f"--datadir={data}", "--auth-root-authentication-method=normal"],
        check=True,
        capture_output=True,
    )
    database = subprocess.Popen(
        [DATABASE, "--no-defaults", f"--datadir={data}", f"--socket={sock}", "--skip-networking"]
        + ["--user=root"] * (os.getuid() == 0),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    ignored = shutil.ignore_patterns("wp-config.php", "wp-content")
    shutil.copytree(WORDPRESS, place, ignore=ignored)
    for kind in ("plugins", "themes", "uploads", "languages"):
        (place / "wp-content" / kind).mkdir(parents=True)
    shutil.copytree(PLUGIN, place / "wp-content" / "plugins" / "divedeeper")
    theme = place / "wp-content" / "themes" / "plain"
    theme.mkdir()
    (theme / "style.css").write_text("/* Theme Name: Plain */")
    (theme / "index.php").write_text(
        "<!doctype html><title>t</title><?php wp_head(); while (have_posts()) { the_post();"
        " the_content(); } echo '<p>end of page</p>'; wp_footer();"
    )
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    (place / "wp-config.php").write_text(CONFIG % {"socket": sock, "address": address})
    web = subprocess.Popen(
        [PHP, "-S", f"127.0.0.1:{port}", "-t", str(place)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PHP_CLI_SERVER_WORKERS": "2"},
    )
    try:
        found = Site(place, address)
        make = f"""for ($n = 0; $n < 200; $n++) {{
            try {{ $db = new mysqli('localhost', 'root', '', '', 0, '{sock}'); break; }}
            catch (mysqli_sql_exception $e) {{ usleep(100000); }} }}
            $db->query('CREATE DATABASE press'); echo json_encode('made');"""
        assert found.run(make, load=False) == "made"
        assert found.run(INSTALL, load=False) == "installed"
        found.run("switch_theme('plain'); flush_rewrite_rules(); echo json_encode(1);")
        yield found
    finally:
        for process in (web, database):
            process.terminate()
            process.wait(30)


@needs_php
def test_every_file_is_php_and_closed_to_the_web() -> None:
    for file in PLUGIN.rglob("*.php"):
        subprocess.run([str(PHP), "-l", str(file)], check=True, capture_output=True)
        text = file.read_text(encoding="utf-8")
        assert "defined( 'ABSPATH' ) || exit" in text or "'WP_UNINSTALL_PLUGIN' ) || exit" in text


def page_with_box(site: Site, path: str) -> str:
    """Return a page when it has a box: on a busy machine the plugin may not wait for the first."""
    for _ in range(5):
        if "dive-deeper" in (page := site.page(path)):
            break
        site.run("delete_transient('divedeeper_away'); echo json_encode(1);")
    return page


def test_a_post_is_found_shown_changed_and_withdrawn(site: Site, server: Server) -> None:
    site.settings(server=server.address, key=server.write_key)
    number = site.post(post_title="Are bats blind by lantern light?", post_content=BODY)
    assert site.send() == 0
    with divedeeper_client.DiveDeeper(server.address) as client:
        id = "are-bats-blind-by-lantern-light"
        article = client.article(id)
        assert article["headline"] == "Are bats blind by lantern light?"
        assert article["summary"] == "Lanterns do not blind bats & owls."
        assert [(s["heading"], s["text"]) for s in article["sections"]] == [
            ("What lanterns do", "Bats steer by echo.\n- They hear.\n- They see.")
        ]
        assert article["url"] == f"{site.address}/{id}/"
        assert article["publisher"] == "Desk"
        assert client.search("bats lantern light")["hits"][0]["id"] == id

        assert client.fragment(url=article["url"])  # computed now: a busy machine takes its time
        page = page_with_box(site, f"/{id}/")
        assert page.count('<section class="dive-deeper"') == 1
        assert "/checks/articles/" in page
        assert "dive-deeper url=" not in page  # no widget was asked for

        site.post(
            ID=number, post_title="Are bats blind by lamp light?", post_name=id, post_content=BODY
        )
        assert site.send() == 0
        assert client.article(id)["headline"] == "Are bats blind by lamp light?"
        site.post(ID=number, post_title="Bats", post_content=BODY, post_status="draft")
        assert site.send() == 0
        with pytest.raises(divedeeper_client.DiveDeeperError, match="No published article"):
            client.article(id)
        site.post(ID=number, post_title="Bats again?", post_content=BODY, post_name=id)
        assert site.send() == 0
        assert client.article(id)["headline"] == "Bats again?"
        site.run(f"wp_delete_post({number}, true); echo json_encode(1);")
        assert site.send() == 0
        with pytest.raises(divedeeper_client.DiveDeeperError, match="No published article"):
            client.article(id)


def test_what_is_not_public_is_not_sent(site: Site) -> None:
    with answering((404, {}, b"{}")) as (address, asked):
        site.settings(server=address, key="k")
        site.post(post_title="Draft?", post_content="x", post_status="draft")
        site.post(post_title="Private?", post_content="x", post_status="private")
        site.post(
            post_title="Later?",
            post_content="x",
            post_status="future",
            post_date="2099-01-01 00:00:00",
        )
        site.post(post_title="Secret?", post_content="x", post_password="p")
        site.post(post_title="Page?", post_content="x", post_type="page")
        assert site.send() == 0
        assert asked == []


def test_an_article_of_another_address_is_never_overwritten(site: Site) -> None:
    with answering((404, {}, b"{}"), (200, {}, b"{}"), (200, {}, b"{}")) as (address, asked):
        site.settings(server=address, key="k")
        number = site.post(post_title="Taken?", post_content="x")
        assert site.send() == 0
        assert asked[2] == f"PUT /v1/articles/taken-{number} k"
        assert all(line.endswith("None") for line in asked[:2])  # who reads needs no key


def test_a_server_that_is_away_costs_nothing_and_hears_all_later(site: Site) -> None:
    site.settings(server="", key="")
    start = time.monotonic()
    site.page("/")
    without_server = time.monotonic() - start
    site.settings(server="http://127.0.0.1:9", key="k")
    site.post(post_title="Unheard?", post_content="All of it.")
    assert site.send() == 1
    start = time.monotonic()
    page = site.page("/unheard/")
    assert time.monotonic() - start < 3 * without_server + 3
    assert "All of it." in page
    assert "end of page" in page
    assert "dive-deeper" not in page
    with answering((503, {}, b""), (404, {}, b"{}"), (404, {}, b"{}"), (201, {}, b"{}")) as (
        address,
        asked,
    ):
        site.settings(server=address, key="k")
        assert site.send() == 1
        assert site.send() == 0
        assert asked[-1] == "PUT /v1/articles/unheard k"


def test_what_a_server_gives_is_not_trusted(site: Site) -> None:
    evil = (
        b'<section class="dive-deeper" onclick="x()"><script>hacked()</script>'
        b'<a href="javascript:hacked()" style="x">a</a><iframe src="//x"></iframe></section>'
    )
    with answering((200, {"Content-Type": "text/html"}, evil)) as (address, _):
        site.settings(server=address, widget=True)
        site.post(post_title="Evil?", post_content="Body.", post_name="evil")
        page = site.page("/evil/")
    assert '<section class="dive-deeper">' in page
    for bad in ("onclick", "hacked()</script>", "javascript:", "<iframe", 'style="x"'):
        assert bad not in page
    assert f'<dive-deeper url="{site.address}/evil/" questions="5" related="3">' in page
    assert f"async src='{address}/widget.js'" in page.replace('"', "'")


def test_settings_are_checked_and_the_key_is_never_shown(site: Site) -> None:
    site.settings(
        server="javascript:alert(1)", key="secret-key", questions=500, post_types=["post", "x"]
    )
    stored = site.run("echo json_encode(get_option('divedeeper'));")
    assert stored["server"] == ""
    assert (stored["questions"], stored["post_types"]) == (50, ["post"])
    site.settings(server="https://checks.example/", key="")
    code = """require_once ABSPATH . 'wp-admin/includes/admin.php';
        ob_start(); DiveDeeper\\Settings::show_page(); $page = ob_get_clean();
        echo json_encode([$page, get_option('divedeeper')['key']]);"""
    page, key = site.run(code)
    assert key == "secret-key"
    assert "secret-key" not in page
    assert 'value="https://checks.example"' in page
    site.settings(key="", forget_key=1)
    assert site.run("echo json_encode(get_option('divedeeper')['key']);") == ""


def test_uninstalling_leaves_nothing(site: Site) -> None:
    site.settings(server="http://127.0.0.1:9", key="k")
    site.post(post_title="Left?", post_content="x")
    code = """define('WP_UNINSTALL_PLUGIN', 'divedeeper');
        require WP_PLUGIN_DIR . '/divedeeper/uninstall.php';
        echo json_encode($GLOBALS['wpdb']->get_col("SELECT option_name FROM wp_options
            WHERE option_name LIKE 'divedeeper%' UNION SELECT meta_key FROM wp_postmeta
            WHERE meta_key LIKE '%divedeeper%'"));"""
    assert site.run(code) == []
