#!/usr/bin/env python3
"""A worker of a Peagen farm: claims tasks, works on them, answers, acknowledges and deletes them.

Needs redis-py (Debian: python3-redis). Settings come from the environment: QUEUE_URL, WORKER_CAPS, WORKER_CONCURRENCY,
WORKER_IDLE_EXIT, PEAGEN__TASK_QUEUE__IDLE_MS, PEAGEN__TASK_QUEUE__MAX_RETRY. With WORKER_CONCURRENCY=1 it ends after one task.
SIGTERM lets it finish what it has in hand.
"""

import json
import os
import secrets
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import redis

TASKS, RESULTS, DEAD, GROUP = "peagen.tasks", "peagen.results", "peagen.dead", "peagen"
FIELD = b"data"
TASK_KEYS = {"kind", "id", "payload", "requires", "attempts", "created_at", "schema_v"}
KEPT = 10_000_000
DONE_SECONDS = 24 * 3600


def read_task(fields):
    """The task in an entry; raises ValueError where there is none."""
    task = json.loads(fields.get(FIELD, b""))
    if not isinstance(task, dict) or set(task) != TASK_KEYS:
        raise ValueError("not the keys of a task")
    return task


class Worker:
    def __init__(self, environment):
        self.redis = redis.Redis.from_url(environment["QUEUE_URL"])
        self.consumer = environment.get("HOSTNAME") or f"consumer-{secrets.token_hex(3)}"
        self.caps = set(environment.get("WORKER_CAPS", "cpu").split(","))
        self.concurrency = int(environment.get("WORKER_CONCURRENCY", "1"))
        self.idle_exit = float(environment.get("WORKER_IDLE_EXIT", "600"))
        self.idle_ms = int(environment.get("PEAGEN__TASK_QUEUE__IDLE_MS", "60000"))
        self.max_retry = int(environment.get("PEAGEN__TASK_QUEUE__MAX_RETRY", "3"))
        self.stopping = threading.Event()
        self.in_hand = set()

    def run(self):
        """Works until it is told to stop, or has nothing left to do."""
        signal.signal(signal.SIGTERM, lambda *_: self.stopping.set())
        try:
            self.redis.xgroup_create(TASKS, GROUP, "0-0", mkstream=True)
        except redis.ResponseError as problem:
            if "BUSYGROUP" not in str(problem):
                raise
        threading.Thread(target=self.patrol, daemon=True).start()
        with ThreadPoolExecutor(self.concurrency) as pool:
            for loop in [pool.submit(self.loop) for _ in range(self.concurrency)]:
                loop.result()

    def loop(self):
        try:
            last = time.monotonic()
            while not self.stopping.is_set() and time.monotonic() - last < self.idle_exit:
                claimed = self.claim()
                if claimed and self.handle(*claimed):
                    last = time.monotonic()
                    if self.concurrency == 1:
                        return
        except BaseException:
            self.stopping.set()
            raise

    def claim(self):
        """The next entry of the group, or None after a second without one."""
        streams = self.redis.xreadgroup(GROUP, self.consumer, {TASKS: ">"}, count=1, block=1000)
        return streams[0][1][0] if streams else None

    def handle(self, entry, fields):
        """Whether the entry held a task that was this worker's to do."""
        self.in_hand.add(entry)
        try:
            try:
                task = read_task(fields)
            except ValueError as problem:
                self.move(entry, DEAD, {**fields, "reason": str(problem)})
                return False
            if not self.can_do(task):
                self.move(entry, TASKS, fields)
                self.stopping.wait(0.1)
                return False
            status, data = ("skip", {}) if self.redis.exists(done_key(task)) else self.work(task)
            self.answer(entry, task, status, data)
            return True
        finally:
            self.in_hand.discard(entry)

    def can_do(self, task):
        return set(task["requires"]) <= self.caps

    def work(self, task):
        """Does what the check asks of a handler: takes a time, fails, or waits for the result of another task."""
        wish = task["payload"].get("conformance", {})
        try:
            time.sleep(wish.get("sleep_ms", 0) / 1000)
            if wish.get("fail"):
                raise RuntimeError("asked to fail")
            awaited = {"awaited": self.await_result(wish["await"])["status"]} if "await" in wish else {}
            return "ok", awaited
        except RuntimeError as problem:
            return "error", {"message": str(problem)}

    def await_result(self, task_id):
        """Reads the result stream once from its start, and from then on only what is new."""
        position, deadline = "0-0", time.monotonic() + 30
        while time.monotonic() < deadline:
            for _, entries in self.redis.xread({RESULTS: position}, count=500, block=1000):
                for position, fields in entries:
                    result = json.loads(fields[FIELD])
                    if result["task_id"] == task_id:
                        return result
        raise RuntimeError(f"no result of task {task_id}")

    def answer(self, entry, task, status, data):
        """Result, acknowledgement and deletion in one transaction; the result of a task only once, however often it came."""
        result = {
            "task_id": task["id"],
            "status": status,
            "data": {**data, "handler_version": "1", "image_tag": "", "worker_id": self.consumer},
            "created_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "attempts": task["attempts"] + 1,
        }
        with self.redis.pipeline() as pipe:
            while True:
                try:
                    pipe.watch(done_key(task))
                    repeated = pipe.exists(done_key(task))
                    pipe.multi()
                    if not repeated:
                        pipe.set(done_key(task), entry, ex=DONE_SECONDS)
                        pipe.xadd(RESULTS, {FIELD: json.dumps(result)}, maxlen=KEPT)
                    self.close(pipe, entry)
                    pipe.execute()
                    return
                except redis.WatchError:
                    continue

    def move(self, entry, stream, fields):
        """Puts what an entry holds into a stream and removes the entry, in one transaction."""
        with self.redis.pipeline() as pipe:
            pipe.xadd(stream, fields, maxlen=KEPT)
            self.close(pipe, entry)
            pipe.execute()

    def close(self, pipe, entry):
        pipe.xack(TASKS, GROUP, entry)
        pipe.xdel(TASKS, entry)

    def patrol(self):
        """Three times within the idle time: says that what is in hand is still worked on, and looks for orphans."""
        while True:
            time.sleep(self.idle_ms / 3000)
            try:
                self.renew()
                if not self.stopping.is_set():
                    self.reclaim()
            except (redis.RedisError, ValueError) as problem:
                print(f"patrol broken off: {problem}", file=sys.stderr, flush=True)

    def renew(self):
        for entry in list(self.in_hand):
            self.redis.xclaim(TASKS, GROUP, self.consumer, 0, [entry], justid=True)

    def reclaim(self):
        cursor = b"0-0"
        while True:
            cursor, entries, *_deleted = self.redis.xautoclaim(
                TASKS, GROUP, self.consumer, self.idle_ms, cursor, count=50)
            for entry, fields in entries:
                if entry not in self.in_hand:
                    self.give_back(entry, fields)
            if cursor == b"0-0":
                return

    def give_back(self, entry, fields):
        """An orphan gets a new entry with one attempt more, or goes to the dead letters."""
        try:
            task = read_task(fields)
        except ValueError as problem:
            self.move(entry, DEAD, {**fields, "reason": str(problem)})
            return
        task["attempts"] += 1
        stream = DEAD if task["attempts"] > self.max_retry else TASKS
        self.move(entry, stream, {FIELD: json.dumps(task)})


def done_key(task):
    return f"peagen.done:{task['id']}"


if __name__ == "__main__":
    Worker(os.environ).run()
