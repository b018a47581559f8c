"""Answers requests for times on standard input: the part that torch_steps.py and torch_rules.py share.

The first line of the output describes this PyTorch. Then each line of the input, "NAME FORM MILLISECONDS", is answered by one line
of JSON: {"us": the median step in microseconds} or {"error": why there is none}.
"""
import json
import os
import statistics
import sys
import time
import warnings

import torch


def median(step, milliseconds):
    times, end = [], time.perf_counter_ns() + milliseconds * 1e6
    while len(times) < 5 or time.perf_counter_ns() < end:
        start = time.perf_counter_ns()
        step()
        times.append(time.perf_counter_ns() - start)
    return statistics.median(times) / 1e3


def blas():
    with open("/proc/self/maps") as maps:
        return sorted({os.path.realpath(line.split()[-1]) for line in maps if "blas" in line})


def serve(build, names):
    """build(name, form) makes a step, a function without arguments."""
    warnings.filterwarnings("ignore")
    torch.set_num_threads(int(sys.argv[1]))
    print(json.dumps({"torch": torch.__version__, "blas": blas(), "names": sorted(names)}), flush=True)
    steps = {}
    for line in sys.stdin:
        name, form, milliseconds = line.split()
        try:
            if (name, form) not in steps:
                steps[name, form] = build(name, form)
                for _ in range(8):  # past RAdam's warm-up of five steps
                    steps[name, form]()
            answer = {"us": median(steps[name, form], float(milliseconds))}
        except Exception as error:  # the caller prints it
            answer = {"error": str(error).split("\n")[0]}
        print(json.dumps(answer), flush=True)
