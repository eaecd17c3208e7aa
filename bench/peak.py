"""Plan the bench's year once and print the peak of memory, in MiB: a process of its own."""

import os
import re
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from bench import plans  # noqa: E402 - after setup
from bench.measure import at  # noqa: E402

if __name__ == "__main__":
    with at(plans.DATABASE):
        plans.plan()
    # Not getrusage: that counts what the process this one was made from had.
    status = Path("/proc/self/status").read_text()
    print(int(re.findall(r"VmHWM:\s+([0-9]+) kB", status)[0]) // 1024)
