"""Two processes write; some are killed. Nothing acknowledged is lost, nothing is unrecorded."""

from collections.abc import Iterator
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.db import Database
from app.ledger import verify
from tests.all_databases import new_database as new_database
from tests.ledger_writer import write_on

PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.ledger_writer"])
KILLS = 10


def started(url: str, name: str, count: int) -> tuple[Any, Connection]:
    here, there = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=write_on, args=(url, name, count, there))
    process.start()
    there.close()
    return process, here


def acknowledged(pipe: Connection) -> Iterator[str]:
    """Until the writer has said all, or died in the middle of a word."""
    with suppress(EOFError, ConnectionResetError):
        while True:
            yield pipe.recv()


def written(url: str) -> tuple[set[str], set[str], list[int], list[str]]:
    """The changes, their entries, the numbers of all entries, and what is wrong with the chain."""
    database = Database(url)
    with database.writer.connect() as connection:
        rows = connection.execute(text("select code from administrative_division"))
        told = connection.execute(
            text("select subject_key from ledger_entry where act = 'division.entered'")
        )
        seqs = connection.execute(text("select seq from ledger_entry order by seq"))
        found = set(rows.scalars()), set(told.scalars()), list(seqs.scalars())
        faults: list[str] = list(verify(connection))
    database.close()
    return *found, faults


def test_two_processes_of_writers_make_one_chain_without_a_gap(configured: str) -> None:
    before = len(written(configured)[2])
    some = [started(configured, name, 25) for name in "abcdefgh"]
    said = [code for _, pipe in some for code in acknowledged(pipe)]
    for process, _ in some:
        process.join()
    changes, told, seqs, faults = written(configured)
    assert len(said) == 8 * 25
    assert set(said) <= changes == told
    assert seqs == list(range(1, before + len(said) + 1))
    assert faults == []


def test_what_was_acknowledged_outlives_the_writer(configured: str) -> None:
    other, its_pipe = started(configured, "steady", 10_000)
    said: set[str] = set()
    for kill in range(KILLS):
        process, pipe = started(configured, f"k{kill}-", 10_000)
        told = acknowledged(pipe)
        said |= {next(told) for _ in range(1 + kill % 3)}  # it is in the middle of writing
        process.kill()
        process.join()
        said |= set(told)
    other.kill()
    other.join()
    said |= set(acknowledged(its_pipe))
    changes, told_of, seqs, faults = written(configured)
    assert len(said) > KILLS
    assert said <= changes
    assert changes == told_of
    assert seqs == list(range(1, len(seqs) + 1))
    assert faults == []


def test_who_reads_cannot_write_past_the_ledger(configured: str) -> None:
    database = Database(configured)
    with (
        database.reader.connect() as connection,
        pytest.raises(DBAPIError, match=r"read-?only"),
    ):
        connection.execute(text("update credential set issuer = 'x'"))
    database.close()
