"""The pages branch, on a real bare repository: what is deployed is there, and nothing else changes."""

import base64
import subprocess
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from notebinder.base.git import GitError, Login
from notebinder.base.problems import NotebinderError
from notebinder.hosting.preview.branch import PagesBranch, push_change
from notebinder.hosting.preview.deploy import (
    Preview,
    deploy_preview,
    deploy_site,
    hidden_from_search,
    list_previews,
    remove_preview,
)
from notebinder.hosting.preview.layout import LISTING, with_preview


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.rstrip("\n")


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    folder = tmp_path / "remote.git"
    folder.mkdir()
    git(folder, "init", "--quiet", "--bare")
    return folder


@pytest.fixture
def branch(remote: Path, tmp_path: Path) -> PagesBranch:
    return clone_of(remote, tmp_path / "clone")


def clone_of(remote: Path, folder: Path) -> PagesBranch:
    folder.mkdir()
    git(folder, "init", "--quiet")
    git(folder, "remote", "add", "origin", str(remote))
    return PagesBranch(folder)


def a_site(folder: Path, **pages: str) -> Path:
    for name, text in pages.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "index.html").write_text(f"<html><head></head><body>{text}</body></html>")
    return folder


def published(remote: Path) -> dict[str, str]:
    """What the branch holds: path -> text, but for the list of what the last deploy wrote."""
    paths = git(remote, "ls-tree", "-r", "--name-only", "gh-pages").split("\n")
    return {path: git(remote, "show", f"gh-pages:{path}") for path in paths if path != LISTING}


def page(text: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body>{text}</body></html>"


def preview_page(text: str) -> str:
    return page(text, '<meta name="robots" content="noindex">')


def notice(number: int, commit: str, build: int = 0) -> str:
    return f'{{"number": {number}, "commit": "{commit}", "build": {build}}}'


def test_first_deploy_makes_the_branch_and_keeps_jekyll_off(
    remote: Path, branch: PagesBranch, tmp_path: Path
) -> None:
    """The first run on main makes the branch; the host serves its files as they are."""
    deploy_site(branch, a_site(tmp_path / "site", rds="RDS"))
    assert published(remote) == {".nojekyll": "", "rds/index.html": page("RDS")}


def test_life_of_two_previews(remote: Path, branch: PagesBranch, tmp_path: Path) -> None:
    """Deploy, two previews, an update, a close: each touches its own folder only."""
    deploy_site(branch, a_site(tmp_path / "live", rds="RDS"))
    deploy_preview(branch, Preview(3, "aaa"), a_site(tmp_path / "three", rds="RDS 3", old="old"))
    deploy_preview(branch, Preview(12, "bbb", 77), a_site(tmp_path / "twelve", rds="RDS 12"))
    deploy_preview(branch, Preview(3, "ccc"), a_site(tmp_path / "three again", rds="RDS 3, again"))
    live = {".nojekyll": "", "rds/index.html": page("RDS")}
    twelve = {
        "pr-preview/pr-12/preview.json": notice(12, "bbb", 77),
        "pr-preview/pr-12/rds/index.html": preview_page("RDS 12"),
    }
    three = {
        "pr-preview/pr-3/preview.json": notice(3, "ccc"),
        "pr-preview/pr-3/rds/index.html": preview_page("RDS 3, again"),
    }
    assert published(remote) == {**live, **twelve, **three}
    assert list_previews(branch) == (Preview(3, "ccc"), Preview(12, "bbb", 77))

    remove_preview(branch, 3)
    assert published(remote) == {**live, **twelve}
    deploy_site(branch, a_site(tmp_path / "live again", aurora="Aurora"))
    assert published(remote) == {".nojekyll": "", "aurora/index.html": page("Aurora"), **twelve}


def test_history_stays_one_commit_long(remote: Path, branch: PagesBranch, tmp_path: Path) -> None:
    """Images of all times would make every clone of the notes heavy."""
    for turn in range(3):
        deploy_site(branch, a_site(tmp_path / str(turn), rds=f"turn {turn}"))
    assert git(remote, "rev-list", "--count", "gh-pages") == "1"


def test_deploying_the_same_again_pushes_nothing(remote: Path, branch: PagesBranch, tmp_path: Path) -> None:
    site = a_site(tmp_path / "site", rds="RDS")
    deploy_site(branch, site)
    before = git(remote, "rev-parse", "gh-pages")
    deploy_site(branch, site)
    assert git(remote, "rev-parse", "gh-pages") == before


def test_custom_domain_survives_a_deploy(remote: Path, branch: PagesBranch, tmp_path: Path) -> None:
    """GitHub keeps the name of a custom domain in a file of the branch."""
    deploy_site(branch, a_site(tmp_path / "site", rds="RDS"))
    push_change(branch, lambda files: {**files, "CNAME": files[".nojekyll"]}, message="Set a domain")
    deploy_site(branch, a_site(tmp_path / "new", aurora="Aurora"))
    assert sorted(published(remote)) == [".nojekyll", "CNAME", "aurora/index.html"]


OTHERS = ("robots.txt", "google12ab.html", ".well-known/security.txt", "notes-of-jo/index.html")


def test_what_others_put_at_the_root_survives_a_deploy(
    remote: Path, branch: PagesBranch, tmp_path: Path
) -> None:
    """And what an earlier deploy wrote goes."""
    deploy_site(branch, a_site(tmp_path / "site", rds="RDS", old="Old"))
    push_change(
        branch,
        lambda files: {**files, **dict.fromkeys(OTHERS, files[".nojekyll"])},
        message="Verify the site",
    )
    deploy_site(branch, a_site(tmp_path / "new", rds="RDS"))
    assert sorted(published(remote)) == sorted((".nojekyll", *OTHERS, "rds/index.html"))


def test_without_a_list_only_what_is_known_to_be_of_others_stays(
    remote: Path, branch: PagesBranch, tmp_path: Path
) -> None:
    """A page that an older notebinder wrote must not stay for ever: its note may be private now."""
    deploy_site(branch, a_site(tmp_path / "site", old="Old"))
    push_change(
        branch,
        lambda files: {
            **{path: blob for path, blob in files.items() if path != LISTING},
            **dict.fromkeys(OTHERS, files[".nojekyll"]),
        },
        message="Verify the site",
    )
    deploy_site(branch, a_site(tmp_path / "new", rds="RDS"))
    assert sorted(published(remote)) == sorted((".nojekyll", *OTHERS[:3], "rds/index.html"))


def test_a_page_takes_the_place_of_what_others_put_there(
    remote: Path, branch: PagesBranch, tmp_path: Path
) -> None:
    deploy_site(branch, a_site(tmp_path / "site", old="Old"))
    push_change(branch, lambda files: {**files, "rds": files[".nojekyll"]}, message="In the way")
    deploy_site(branch, a_site(tmp_path / "new", rds="RDS"))
    assert sorted(published(remote)) == [".nojekyll", "rds/index.html"]


def test_files_arrive_byte_by_byte(remote: Path, branch: PagesBranch, tmp_path: Path) -> None:
    """No attribute file, line end setting or filter of the machine changes what is published."""
    site = a_site(tmp_path / "site", rds="RDS")
    (site / "crlf.txt").write_bytes(b"a\r\nb\r\n")
    git(branch.clone, "config", "core.autocrlf", "input")
    (branch.clone / ".gitattributes").write_text("* text=auto eol=lf\n")
    deploy_site(branch, site)
    blob = subprocess.run(["git", "show", "gh-pages:crlf.txt"], cwd=remote, check=True, capture_output=True)
    assert blob.stdout == b"a\r\nb\r\n"


def test_branch_made_by_another_tool_is_taken_over(remote: Path, branch: PagesBranch, tmp_path: Path) -> None:
    """A branch with a long history becomes one commit; its previews stay."""
    other = clone_of(remote, tmp_path / "other").clone
    for turn in range(2):
        a_site(other / "pr-preview" / "pr-5", rds=f"turn {turn}")
        git(other, "add", ".")
        git(other, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", str(turn))
    git(other, "push", "-q", "origin", "HEAD:gh-pages")
    deploy_site(branch, a_site(tmp_path / "site", rds="RDS"))
    assert sorted(published(remote)) == [".nojekyll", "pr-preview/pr-5/rds/index.html", "rds/index.html"]
    assert git(remote, "rev-list", "--count", "gh-pages") == "1"
    assert list_previews(branch) == (Preview(5),)


def test_push_race_loses_nothing(remote: Path, branch: PagesBranch, tmp_path: Path) -> None:
    """When somebody publishes between reading and pushing, the change is made again on theirs."""
    other = clone_of(remote, tmp_path / "other")
    deploy_site(branch, a_site(tmp_path / "live", rds="RDS"))
    racers = [1, 2, 3]

    def change(files: Mapping[str, str]) -> Mapping[str, str]:
        if racers:
            number = racers.pop()
            deploy_preview(other, Preview(number), a_site(tmp_path / str(number), rds=str(number)))
        return with_preview(files, 9, {"index.html": files[".nojekyll"]})

    push_change(branch, change, message="Publish", pause=lambda _: None)
    assert [preview.number for preview in list_previews(branch)] == [1, 2, 3, 9]
    assert "rds/index.html" in published(remote)


def test_publishers_at_once_lose_nothing(remote: Path, tmp_path: Path) -> None:
    """Four publishers in four clones, all at the same moment, on a branch that is not there yet."""
    clones = {number: clone_of(remote, tmp_path / f"clone {number}") for number in (1, 2, 3, 4)}
    start = threading.Barrier(len(clones))

    def run(number: int) -> None:
        site = a_site(tmp_path / f"site {number}", rds=str(number))
        start.wait()
        deploy_preview(clones[number], Preview(number), site)

    threads = [threading.Thread(target=run, args=(number,)) for number in clones]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [preview.number for preview in list_previews(clones[1])] == [1, 2, 3, 4]


def test_race_that_never_ends_says_so(branch: PagesBranch, tmp_path: Path, remote: Path) -> None:
    """After the last attempt git's own words are shown."""
    other = clone_of(remote, tmp_path / "other")
    turns = iter(range(100))

    def change(files: Mapping[str, str]) -> Mapping[str, str]:
        deploy_site(other, a_site(tmp_path / "other site", rds=str(next(turns))))
        return {**files, "mine": files.get(".nojekyll", "")} if files else files

    deploy_site(other, a_site(tmp_path / "first", rds="first"))
    with pytest.raises(GitError, match=r"git push failed: (?s:.*)stale info"):
        push_change(branch, change, message="Publish", attempts=3, pause=lambda _: None)
    assert next(turns) == 3


def test_unreachable_remote_says_so(tmp_path: Path) -> None:
    branch = clone_of(tmp_path / "nowhere.git", tmp_path / "clone")
    with pytest.raises(GitError, match=r"git ls-remote failed: .*nowhere\.git"):
        list_previews(branch)


def test_token_is_shown_to_its_server_alone(tmp_path: Path) -> None:
    """It travels in the environment of one command, to one server, and is in no message."""
    seen = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append((self.path.partition("/info")[0], self.headers["Authorization"]))
            self.send_error(404)

        def log_message(self, *_: int | str) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        login = Login(f"{address}/ours", "s3cret")
        git(tmp_path, "init", "--quiet")
        messages = []
        for name in ("ours", "theirs"):
            git(tmp_path, "remote", "add", name, f"{address}/{name}/notes.git")
            with pytest.raises(GitError) as raised:
                list_previews(PagesBranch(tmp_path, name, login=login))
            messages.append(str(raised.value))
        server.shutdown()
    basic = "Basic " + base64.b64encode(b"x-access-token:s3cret").decode()
    assert seen == [("/ours/notes.git", basic), ("/theirs/notes.git", None)]
    assert "s3cret" not in f"{messages}{login}"


def test_site_with_a_folder_of_previews_is_refused(branch: PagesBranch, tmp_path: Path) -> None:
    """A live site must not write where previews belong."""
    site = a_site(tmp_path / "site", **{"pr-preview/pr-3": "not mine"})
    with pytest.raises(NotebinderError, match="has a folder pr-preview/ of its own"):
        deploy_site(branch, site)


@pytest.mark.parametrize(
    ("html", "hidden"),
    [
        ("<head></head>", '<head><meta name="robots" content="noindex"></head>'),
        ('<HEAD lang="en"><p>', '<HEAD lang="en"><meta name="robots" content="noindex"><p>'),
        ("no head", '<meta name="robots" content="noindex">no head'),
        ("<header>", '<meta name="robots" content="noindex"><header>'),
        ('<head><meta name="robots" content="noindex">', None),
    ],
)
def test_previews_are_hidden_from_search_engines(html: str, hidden: str | None) -> None:
    """Also where the pull request's own build did not see to it."""
    assert hidden_from_search(html) == hidden
