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


class Net(torch.nn.Module):
    """Dense layers with a function between them."""

    def __init__(self, sizes, hidden):
        super().__init__()
        self.layers = torch.nn.ModuleList(torch.nn.Linear(i, o) for i, o in zip(sizes, sizes[1:]))
        self.hidden = hidden

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.hidden(layer(x))
        return self.layers[-1](x)


class Block(torch.nn.Module):
    def __init__(self, width, heads, context):
        super().__init__()
        self.heads = heads
        self.before, self.between = torch.nn.LayerNorm(width), torch.nn.LayerNorm(width)
        self.qkv, self.out = torch.nn.Linear(width, 3 * width), torch.nn.Linear(width, width)
        self.up, self.down = torch.nn.Linear(width, 4 * width), torch.nn.Linear(4 * width, width)
        self.register_buffer("mask", torch.full((context, context), -math.inf).triu(1))

    def forward(self, x):
        b, t, c = x.shape
        q, k, v = (z.view(b, t, self.heads, -1).transpose(1, 2) for z in self.qkv(self.before(x)).split(c, 2))
        looks = (q @ k.transpose(2, 3) / math.sqrt(c // self.heads) + self.mask).softmax(-1)
        x = x + self.out((looks @ v).transpose(1, 2).reshape(b, t, c))
        return x + self.down(F.gelu(self.up(self.between(x))))


class Characters(torch.nn.Module):
    def __init__(self, letters=65, width=128, context=64):
        super().__init__()
        self.letters, self.positions = torch.nn.Embedding(letters, width), torch.nn.Parameter(torch.randn(context, width) * 0.02)
        self.blocks = torch.nn.Sequential(*(Block(width, 4, context) for _ in range(4)))
        self.norm, self.head = torch.nn.LayerNorm(width), torch.nn.Linear(width, letters, bias=False)

    def forward(self, text):
        return self.head(self.norm(self.blocks(self.letters(text) + self.positions))).flatten(0, 1)


def lenet():
    n = torch.nn
    return n.Sequential(
        n.Conv2d(1, 6, 5, padding=2), n.ReLU(), n.MaxPool2d(2), n.Conv2d(6, 16, 5), n.ReLU(), n.MaxPool2d(2), n.Flatten(),
        n.Linear(400, 120), n.ReLU(), n.Linear(120, 84), n.ReLU(), n.Linear(84, 10))


def dense(sizes, hidden, classes, examples, rule):
    return (lambda: Net(sizes, hidden), lambda: torch.rand(examples, sizes[0]),
            (lambda: torch.randint(sizes[-1], (examples,))) if classes else (lambda: torch.rand(examples, sizes[-1])), classes, rule)


# name: (network, input, target, classes, rule)
WORKLOADS = {
    "W1-sgd": dense([2, 16, 1], torch.tanh, False, 4, "sgd"),
    "W1-adam": dense([2, 16, 1], torch.tanh, False, 4, "adam"),
    "W2-adam": dense([784, 128, 10], torch.relu, True, 64, "adam"),
    "W3-sgdm": dense([784, 512, 512, 10], torch.relu, True, 128, "sgdm"),
    "W3-adamw": dense([784, 512, 512, 10], torch.relu, True, 128, "adamw"),
    "W4-adamw": dense([1024, 1024, 1024, 1024, 10], torch.relu, True, 256, "adamw"),
    "W5-adam": dense([64] * 101 + [10], torch.tanh, True, 64, "adam"),
    "W6-adam": (lenet, lambda: torch.rand(64, 1, 28, 28), lambda: torch.randint(10, (64,)), True, "adam"),
    "W7-adamw": (Characters, lambda: torch.randint(65, (16, 64)), lambda: torch.randint(65, (1024,)), True, "adamw"),
}
RATE, MOMENTUM, B1, B2, EPS, DECAY = {"sgd": 1e-2, "sgdm": 1e-2, "adam": 1e-3, "adamw": 1e-3}, 0.9, 0.9, 0.999, 1e-8, 1e-2


class WithLoss(torch.nn.Module):
    """A network and its loss, as one module from a batch to a number."""

    def __init__(self, net, classes):
        super().__init__()
        self.net, self.loss = net, F.cross_entropy if classes else F.mse_loss

    def forward(self, x, target):
        return self.loss(self.net(x), target)


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
    from torch.nn.utils.stateless import functional_call
    names = [name for name, _ in net.named_parameters()]
    parameters, buffer = one_buffer(net)
    p, shapes = buffer.detach(), [q.shape for q in parameters]
    m, v, scales = torch.zeros_like(p), torch.zeros_like(p), torch.ones(2)

    def learn(p, m, v, scales, x, target):
        views = [w.view(s).detach().requires_grad_() for w, s in zip(p.split([s.numel() for s in shapes]), shapes)]
        loss = functional_call(net, dict(zip(names, views)), (x, target))
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
    network, inputs, targets, classes, rule = WORKLOADS[name]
    torch.manual_seed(0)
    net, batch = WithLoss(network(), classes), (inputs(), targets())
    if form == "whole":
        return whole(net, rule, batch)
    if form.endswith("flat"):
        parameters, buffer = one_buffer(net)
        return flat(torch.jit.trace(net, batch) if form == "traced-flat" else net, parameters, buffer, rule, batch)
    return separate(torch.jit.trace(net, batch) if form == "traced" else net, rule, batch, form != "eager")


serve(build, WORKLOADS)
