"""Compare `jinxun bench telemetry` with the parsers that the users of each log format have.

Rounds run the program and the peer of every log in turn, so that a slow minute of the machine meets both alike. Peers
read from memory or from the same file, whatever their interface takes, and reach every record. Small logs are repeated
where the format allows it. Needs the packages of requirements.txt: pyulog, pymavlink, gpxpy.
"""

import argparse
import csv
import gzip
import io
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("MAVLINK20", "1")
os.environ.setdefault("MAVLINK_DIALECT", "ardupilotmega")


def ulog(path: Path) -> int:
    from pyulog import ULog

    return sum(len(topic.data["timestamp"]) for topic in ULog(str(path)).data_list)


def messages(path: Path) -> int:
    from pymavlink import mavutil

    log, count = mavutil.mavlink_connection(str(path)), 0
    while log.recv_match() is not None:
        count += 1
    return count


def gpx(path: Path) -> int:
    import gpxpy

    with open(path, encoding="utf-8") as file:
        return sum(len(s.points) for t in gpxpy.parse(file).tracks for s in t.segments)


def subtitles(path: Path) -> int:
    """Every field of every block by regular expressions, as the common parsers of DJI's subtitles do."""
    count = 0
    for block in re.split(r"\r?\n\s*\r?\n", path.read_text(encoding="utf-8", errors="replace")):
        values = dict(re.findall(r"\[?(\w+)\s*:\s*([-+./\d]+)", block))
        groups = {name: numbers.split(",") for name, numbers in re.findall(r"([A-Z.]+)\s?\(([^)]*)\)", block)}
        date = re.search(r"\d{4}[.-]\d{1,2}[.-]\d{1,2} \d\d:\d\d:\d\d", block)
        count += bool(values or groups or date)
    return count


def klv(path: Path) -> int:
    try:
        import klvdata
    except ImportError:
        return misb(path.read_bytes())
    count = 0
    with open(path, "rb") as file:
        for packet in klvdata.StreamParser(file):
            count += len(packet.MetadataList())
    return count


def misb(data: bytes) -> int:
    """Tags of every packet in plain Python, less than klvdata does: for machines without it."""
    key, count, place = bytes.fromhex("060e2b34020b01010e01030101000000"), 0, 0
    while (place := data.find(key, place)) >= 0:
        place += 16
        length = data[place]
        place += 1
        if length & 0x80:
            size = length & 0x7F
            length = int.from_bytes(data[place:place + size], "big")
            place += size
        end = place + length
        while place < end:
            tag, size = data[place], data[place + 1]
            value = int.from_bytes(data[place + 2:place + 2 + size], "big") * 180 / 4294967295
            place += 2 + size
            count += tag > 0 and value >= 0
    return count


def table(path: Path) -> int:
    with open(path, newline="", encoding="utf-8") as file:
        return sum(1 for _ in csv.DictReader(file, skipinitialspace=True))


PEERS = {"ulog": ("pyulog", ulog), "dataFlash": ("pymavlink", messages), "mavlink": ("pymavlink", messages),
         "gpx": ("gpxpy", gpx), "djiSubtitles": ("regular expressions", subtitles), "klv": ("klvdata", klv),
         "airdata": ("csv", table)}


def unpacked(path: Path, folder: Path) -> Path:
    if path.suffix != ".gz":
        return path
    copy = folder / path.stem
    copy.write_bytes(gzip.decompress(path.read_bytes()))
    return copy


def program_times(program: str, files: list, seconds: float) -> dict:
    done = subprocess.run([program, "bench", "telemetry", *map(str, files), "--seconds", str(seconds)],
                          capture_output=True, text=True, check=True)
    return {entry["file"]: entry for entry in json.loads(done.stdout)["files"]}


def peer_time(format_: str, path: Path) -> float:
    # What a peer prints about damage is not measured.
    silent, sys.stdout = sys.stdout, io.StringIO()
    start = time.perf_counter()
    try:
        PEERS[format_][1](path)
    finally:
        sys.stdout = silent
    return time.perf_counter() - start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0, help="of the program in each round")
    parser.add_argument("logs", nargs="+", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = [unpacked(path, Path(folder)) for path in args.logs]
        ours, theirs, formats = {f: [] for f in files}, {f: [] for f in files}, {}
        for _ in range(args.rounds):
            told = program_times(args.program, files, args.seconds)
            for file in files:
                entry = told[str(file)]
                formats[file] = entry["format"]
                ours[file].append(entry["seconds"])
                if entry["format"] in PEERS:
                    theirs[file].append(peer_time(entry["format"], file))
        result = []
        for file in files:
            size = file.stat().st_size / 1e6
            row = {"log": file.name, "format": formats[file], "megabytes": round(size, 3),
                   "jinxun_mb_per_s": round(size / statistics.median(ours[file]), 1)}
            if theirs[file]:
                ratios = [b / a for a, b in zip(ours[file], theirs[file])]
                row |= {"peer": PEERS[formats[file]][0], "peer_mb_per_s": round(size / statistics.median(theirs[file]), 2),
                        "times_as_fast": round(statistics.median(ratios), 1),
                        "lowest": round(min(ratios), 1), "highest": round(max(ratios), 1)}
            result.append(row)
        print(json.dumps(result, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
