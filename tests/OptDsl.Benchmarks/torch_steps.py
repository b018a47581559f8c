"""The workloads of OptDsl.Benchmarks in PyTorch, timed on request, so that both sides alternate in one run.

usage: torch_steps.py THREADS
Requests and answers are those of torch_timing.py. The forms of the same step:

eager        modules, autograd, torch.optim with one loop over the parameters
foreach      the same with torch.optim's fused lists
traced       network and loss traced to TorchScript
flat         all parameters in one buffer, which the optimizer sees as one tensor
traced-flat  both
whole        forward, backward and update traced into one graph that runs without autograd
"""
import math

import torch
import torch.nn.functional as F

from torch_timing import serve

# name: (sizes, hidden function, classes, batch, rule)
WORKLOADS = {
    "W1-sgd": ([2, 16, 1], torch.tanh, False, 4, "sgd"),
    "W1-adam": ([2, 16, 1], torch.tanh, False, 4, "adam"),
    "W2-adam": ([784, 128, 10], torch.relu, True, 64, "adam"),
    "W3-sgdm": ([784, 512, 512, 10], torch.relu, True, 128, "sgdm"),
    "W3-adamw": ([784, 512, 512, 10], torch.relu, True, 128, "adamw"),
    "W4-adamw": ([1024, 1024, 1024, 1024, 10], torch.relu, True, 256, "adamw"),
    "W5-adam": ([64] * 101 + [10], torch.tanh, True, 64, "adam"),
}
RATE, MOMENTUM, B1, B2, EPS, DECAY = {"sgd": 1e-2, "sgdm": 1e-2, "adam": 1e-3, "adamw": 1e-3}, 0.9, 0.9, 0.999, 1e-8, 1e-2


class Net(torch.nn.Module):
    """The network and its loss, as one module from a batch to a number."""

    def __init__(self, sizes, hidden, classes):
        super().__init__()
        self.layers = torch.nn.ModuleList(torch.nn.Linear(i, o) for i, o in zip(sizes, sizes[1:]))
        self.hidden, self.loss = hidden, F.cross_entropy if classes else F.mse_loss

    def forward(self, x, target):
        for layer in self.layers[:-1]:
            x = self.hidden(layer(x))
        return self.loss(self.layers[-1](x), target)


def optimizer(rule, parameters, foreach):
    if rule in ("sgd", "sgdm"):
        return torch.optim.SGD(parameters, RATE[rule], momentum=MOMENTUM if rule == "sgdm" else 0, foreach=foreach)
    kind = torch.optim.Adam if rule == "adam" else torch.optim.AdamW
    return kind(parameters, RATE[rule], foreach=foreach)


def one_buffer(net):
    """Moves all parameters into one tensor; they become views of it."""
    parameters = list(net.parameters())
    flat = torch.nn.Parameter(torch.cat([p.detach().flatten() for p in parameters]))
    for p, view in zip(parameters, flat.detach().split([p.numel() for p in parameters])):
        p.data = view.view_as(p)
    flat.grad = torch.zeros_like(flat)
    return parameters, flat


def separate(net, rule, batch, foreach):
    update = optimizer(rule, net.parameters(), foreach)

    def step():
        update.zero_grad(set_to_none=True)
        net(*batch).backward()
        update.step()
    return step


def flat(net, parameters, buffer, rule, batch):
    update = optimizer(rule, [buffer], False)

    def step():
        gradients = torch.autograd.grad(net(*batch), parameters)
        torch.cat([g.flatten() for g in gradients], out=buffer.grad)
        update.step()
    return step


def whole(net, rule, batch):
    """One graph of plain tensor operations: the parameters and moments are buffers that it changes in place."""
    from torch.fx.experimental.proxy_tensor import make_fx
    parameters, buffer = one_buffer(net)
    p, shapes = buffer.detach(), [q.shape for q in parameters]
    m, v, scales = torch.zeros_like(p), torch.zeros_like(p), torch.ones(2)

    def learn(p, m, v, scales, x, target):
        views = [w.view(s).detach().requires_grad_() for w, s in zip(p.split([s.numel() for s in shapes]), shapes)]
        h = x
        for i in range(0, len(views), 2):
            h = F.linear(h, views[i], views[i + 1])
            h = net.hidden(h) if i + 2 < len(views) else h
        loss = net.loss(h, target)
        g = torch.cat([d.flatten() for d in torch.autograd.grad(loss, views)])
        if rule == "sgd":
            p.sub_(g, alpha=RATE[rule])
        elif rule == "sgdm":
            m.mul_(MOMENTUM).add_(g)
            p.sub_(m, alpha=RATE[rule])
        else:
            if rule == "adamw":
                p.mul_(1 - RATE[rule] * DECAY)
            m.mul_(B1).add_(g, alpha=1 - B1)
            v.mul_(B2).addcmul_(g, g, value=1 - B2)
            p.addcdiv_(m * scales[0], (v.sqrt() * scales[1]).add_(EPS), value=-1.0)
        return loss.detach()

    start = p.clone()
    graph = make_fx(learn)(p, m, v, scales, *batch)
    with torch.no_grad():
        graph = torch.jit.trace(graph, (p, m, v, scales, *batch), check_trace=False)
    p.copy_(start), m.zero_(), v.zero_()  # tracing made steps
    count = 0

    def step():
        nonlocal count
        count += 1
        with torch.inference_mode():
            scales[0], scales[1] = RATE[rule] / (1 - B1 ** count), 1 / math.sqrt(1 - B2 ** count)
            graph(p, m, v, scales, *batch)

    def plain():
        with torch.inference_mode():
            graph(p, m, v, scales, *batch)
    return step if rule.startswith("adam") else plain


def build(name, form):
    sizes, hidden, classes, examples, rule = WORKLOADS[name]
    torch.manual_seed(0)
    net = Net(sizes, hidden, classes)
    batch = (torch.rand(examples, sizes[0]), torch.randint(sizes[-1], (examples,)) if classes else torch.rand(examples, sizes[-1]))
    if form == "whole":
        return whole(net, rule, batch)
    if form.endswith("flat"):
        parameters, buffer = one_buffer(net)
        return flat(torch.jit.trace(net, batch) if form == "traced-flat" else net, parameters, buffer, rule, batch)
    return separate(torch.jit.trace(net, batch) if form == "traced" else net, rule, batch, form != "eager")


serve(build, WORKLOADS)
