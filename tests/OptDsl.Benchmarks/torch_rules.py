"""The updates of OptDsl.Benchmarks' rules in PyTorch, of one vector whose gradient is there.

usage: torch_rules.py THREADS SIZE
Requests and answers are those of torch_timing.py. The forms of the same update:

eager    torch.optim with one loop over the parameters
foreach  the same with torch.optim's fused lists
"""
import sys

import torch
from torch import optim

from torch_timing import serve

RATE = 1e-3
RULES = {
    "Sgd": lambda p, f: optim.SGD(p, RATE, foreach=f),
    "Momentum": lambda p, f: optim.SGD(p, RATE, momentum=0.9, foreach=f),
    "Nesterov": lambda p, f: optim.SGD(p, RATE, momentum=0.9, nesterov=True, foreach=f),
    "Rprop": lambda p, f: optim.Rprop(p, RATE, foreach=f),
    "Adagrad": lambda p, f: optim.Adagrad(p, RATE, foreach=f),
    "Adadelta": lambda p, f: optim.Adadelta(p, foreach=f),
    "RmsProp": lambda p, f: optim.RMSprop(p, RATE, foreach=f),
    "RmsProp-centred": lambda p, f: optim.RMSprop(p, RATE, centered=True, foreach=f),
    "Adam": lambda p, f: optim.Adam(p, RATE, foreach=f),
    "AdamW": lambda p, f: optim.AdamW(p, RATE, foreach=f),
    "AdaMax": lambda p, f: optim.Adamax(p, RATE, foreach=f),
    "NAdam": lambda p, f: optim.NAdam(p, RATE, foreach=f),
    "RAdam": lambda p, f: optim.RAdam(p, RATE, foreach=f),
    "AmsGrad": lambda p, f: optim.Adam(p, RATE, amsgrad=True, foreach=f),
    "ClipByGlobalNorm-Adam": lambda p, f: optim.Adam(p, RATE, foreach=f),
}


def build(name, form):
    torch.manual_seed(0)
    w = torch.nn.Parameter(torch.rand(int(sys.argv[2])))
    w.grad = torch.rand_like(w) - 0.5
    update = RULES[name]([w], form == "foreach")

    def clipped():
        torch.nn.utils.clip_grad_norm_([w], 1.0)
        update.step()
    return clipped if name.startswith("Clip") else update.step


serve(build, RULES)
