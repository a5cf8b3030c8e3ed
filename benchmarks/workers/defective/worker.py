#!/usr/bin/env python3
"""The worker of ../python with one of the known defects, which the environment variable DEFECT names.

For the tests of `bench conformance`: each defect is one that real consumers were found to have.
"""

import json
import os
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "python"))
from worker import FIELD, GROUP, RESULTS, TASKS, Worker  # noqa: E402


class CapabilityList(Worker):
    """Compares the list of a task with the set of the worker."""

    def can_do(self, task):
        return task["requires"] <= self.caps


class ReclaimUnpack(Worker):
    """Knows XAUTOCLAIM as Redis 6.2 answered it: without the deleted ids."""

    def reclaim(self):
        _cursor, entries = self.redis.xautoclaim(TASKS, GROUP, self.consumer, self.idle_ms, "0-0", count=50)
        for entry, fields in entries:
            self.give_back(entry, fields)


class BlockZero(Worker):
    """Means 'do not wait' and says 'wait for ever'."""

    def claim(self):
        streams = self.redis.xreadgroup(GROUP, self.consumer, {TASKS: ">"}, count=1, block=0)
        return streams[0][1][0] if streams else None


class NoRenewal(Worker):
    """Leaves long tasks to whoever looks for orphans."""

    def renew(self):
        pass


class ResultRescan(Worker):
    """Looks through all results, one at a time, and starts again at the first."""

    def await_result(self, task_id):
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            position = "0-0"
            while streams := self.redis.xread({RESULTS: position}, count=1):
                position, fields = streams[0][1][0]
                result = json.loads(fields[FIELD])
                if result["task_id"] == task_id:
                    return result
        raise RuntimeError(f"no result of task {task_id}")


class AckWithoutDelete(Worker):
    def close(self, pipe, entry):
        pipe.xack(TASKS, GROUP, entry)


class DeleteWithoutAck(Worker):
    def close(self, pipe, entry):
        pipe.xdel(TASKS, entry)


DEFECTS = {
    "capability-list": CapabilityList,
    "reclaim-unpack": ReclaimUnpack,
    "block-zero": BlockZero,
    "no-renewal": NoRenewal,
    "result-rescan": ResultRescan,
    "ack-without-delete": AckWithoutDelete,
    "delete-without-ack": DeleteWithoutAck,
}

if __name__ == "__main__":
    name = os.environ.get("DEFECT", "")
    if name not in DEFECTS:
        sys.exit(f"DEFECT: got '{name}', expected one of {', '.join(DEFECTS)}")
    DEFECTS[name](os.environ).run()
