"""Prints medians and ratios of the measurements that compare.sh took.

usage: report.py RESULTS [--json FILE]; RESULTS has lines of: case, tool, work of one call, seconds, peak memory in KiB or '-', between tabs.
"""
import argparse
import json
import statistics
from dataclasses import dataclass, field

OURS = "OctoWorkers"


@dataclass(frozen=True)
class Case:
    """What a case is called, in what it is measured, and what is to be reached: OctoWorkers against a tool, or against a bound (tool None)."""

    title: str
    unit: str
    targets: tuple = ()

    def convert(self, work, seconds):
        return {"ms": 1000 * seconds / work, "runs/s": work / seconds, "MB/s": work / seconds / 1e6}[self.unit]


CASES = {
    "a": Case("one trivial step, connected", "ms", (("<=", 1.0, "ssh over ControlMaster"),)),
    "b": Case("a runbook of 20 such steps on one host, each step", "ms", (("<=", 1.0, "ssh loop"), ("<=", 1 / 15, "ansible-playbook shell"))),
    "c": Case("one such step on many hosts at once, connected", "ms", (("<=", 0.7, "xargs -P ssh"),)),
    "c-cold": Case("the same, not connected", "ms", (("<=", 1.1, "pdsh"),)),
    "d": Case("many runs of one such step over 8 hosts, 16 at a time", "runs/s", ((">=", 1.5, "xargs -P16 ssh"),)),
    "e": Case("a step that prints much, to the log", "MB/s", ((">=", 0.4, "ssh to a file"),)),
    "e-large": Case("the same, ten times as much", "MB/s", ((">=", 0.4, "ssh to a file"),)),
    "g": Case("start-up; OctoWorkers lists runs of a full store", "ms", (("<=", 150, None),)),
}
PEAK_BOUND_MB = 200


@dataclass
class Series:
    values: list = field(default_factory=list)
    peaks_mb: list = field(default_factory=list)
    missing: str = ""


def read(path):
    """The series of each tool of each case, in the order in which they were first measured."""
    found = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            case, tool, work, seconds, *peak = line.rstrip("\n").split("\t")
            series = found.setdefault(case, {}).setdefault(tool, Series())
            if work == "missing":
                series.missing = seconds
                continue
            series.values.append(CASES[case].convert(float(work), float(seconds)))
            if peak != ["-"]:
                series.peaks_mb.append(float(peak[0]) * 1024 / 1e6)
    # OctoWorkers last, also where it is missing and so was noted before the others.
    return {case: dict(sorted(tools.items(), key=lambda pair: pair[0] == OURS)) for case, tools in found.items()}


def number(value):
    return f"{value:.1f}" if value < 1000 else f"{value:,.0f}"


def verdicts(case, tools):
    """Whether each number to reach was reached, in words."""
    ours = tools.get(OURS)
    for sign, factor, tool in case.targets:
        bound = f"{factor:g} {case.unit}" if tool is None else f"{factor:.3g} x {tool}"
        if ours is None or not ours.values:
            yield f"to reach {sign} {bound}"
            continue
        median = statistics.median(ours.values)
        limit = factor if tool is None else factor * statistics.median(tools[tool].values)
        reached = median <= limit if sign == "<=" else median >= limit
        yield f"to reach {sign} {bound} = {number(limit)} {case.unit}: {number(median)}, {'reached' if reached else 'NOT reached'}"
    if ours is not None and ours.peaks_mb:
        peak = max(ours.peaks_mb)
        yield f"to reach a peak <= {PEAK_BOUND_MB} MB: {number(peak)}, {'reached' if peak <= PEAK_BOUND_MB else 'NOT reached'}"


def rows(tools):
    ours = statistics.median(tools[OURS].values) if OURS in tools and tools[OURS].values else None
    for tool, series in tools.items():
        if not series.values:
            yield [tool, series.missing, "", "", "", "", ""]
            continue
        median = statistics.median(series.values)
        peak = number(max(series.peaks_mb)) if series.peaks_mb else ""
        ratio = "" if ours is None else f"{ours / median:.2f}"
        yield [tool, number(median), number(min(series.values)), number(max(series.values)), str(len(series.values)), ratio, peak]


def table(head, body):
    widths = [max(len(row[column]) for row in [head, *body]) for column in range(len(head))]
    for row in [head, *body]:
        yield "  " + "  ".join(cell.ljust(width) if column == 0 else cell.rjust(width) for column, (cell, width) in enumerate(zip(row, widths))).rstrip()


def as_json(found):
    return {
        name: {
            "title": CASES[name].title,
            "unit": CASES[name].unit,
            "verdicts": list(verdicts(CASES[name], tools)),
            "tools": {
                tool: {"missing": series.missing}
                if not series.values
                else {"median": statistics.median(series.values), "values": series.values, "peaksMegabytes": series.peaks_mb}
                for tool, series in tools.items()
            },
        }
        for name, tools in found.items()
    }


def main():
    options = argparse.ArgumentParser()
    options.add_argument("results")
    options.add_argument("--json")
    chosen = options.parse_args()
    found = read(chosen.results)
    for name, tools in found.items():
        case = CASES[name]
        print(f"({name}) {case.title}, {case.unit}")
        head = ["", "median", "min", "max", "n", "ratio"] + (["peak MB"] if any(series.peaks_mb for series in tools.values()) else [])
        for line in table(head, [row[: len(head)] for row in rows(tools)]):
            print(line)
        for verdict in verdicts(case, tools):
            print(f"  {verdict}")
        print()
    print(f"ratio: the median of {OURS} divided by the tool's")
    if chosen.json:
        with open(chosen.json, "w", encoding="utf-8") as out:
            json.dump(as_json(found), out, indent=2)


main()
