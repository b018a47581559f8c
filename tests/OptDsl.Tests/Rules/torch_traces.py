"""Records what PyTorch's optimizers do, in double: python3 torch_traces.py > torch_traces.txt

Every option of every rule that PyTorch 1.13 has, 1,000 steps on four problems, every 50th iterate. Each run is repeated with
gradients taken up to one ulp beside the weights, by chance at each step. Where that alone moves an iterate by more than LIMIT of the largest weight so far, no
comparison can ask for more, and the trace ends before; its heading tells the effect.
"""
import torch
from torch import optim

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)      # NAdam and ASGD keep their products and rates in the default type
STEPS, EVERY, LIMIT = 1000, 50, 1e-12


def rosenbrock(w):
    return (1 - w[0]) ** 2 + 100 * (w[1] - w[0] ** 2) ** 2


def beale(w):
    x, y = w[0], w[1]
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y ** 2) ** 2 + (2.625 - x + x * y ** 3) ** 2


def quadratic(w):
    """Curvatures 1 and 1000, turned by the angle whose cosine is 0.6."""
    return 0.5 * (640.36 * w[0] ** 2 + 360.64 * w[1] ** 2) - 479.52 * w[0] * w[1]


EXAMPLES, TARGETS = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), torch.tensor([0.0, 1.0, 1.0, 0.0])


def network(w):
    """2-3-1 with tanh, squared error on the four examples of exclusive or; w is weights, biases, weights, bias."""
    hidden = torch.tanh(EXAMPLES @ w[0:6].view(3, 2).T + w[6:9])
    return ((hidden @ w[9:12] + w[12] - TARGETS) ** 2).mean()


PROBLEMS = {
    "rosenbrock": (rosenbrock, (-1.5, 2.0)),
    "beale": (beale, (1.0, 1.5)),
    "quadratic": (quadratic, (1.0, -2.0)),
    "network": (network, (0.75, -0.5, 0.25, 1.0, -1.0, 0.5, 0.125, -0.25, 0.375, 0.5, -0.75, 1.0, 0.25)),
}

# Rates: on rosenbrock, beale, quadratic, network.
PLAIN, HEAVY, SMALL, LARGE = (2e-4, 1e-3, 5e-4, 1e-1), (2e-5, 2e-4, 1e-4, 2e-2), (1e-2,) * 4, (1e-1,) * 4
RULES = {
    "sgd": (optim.SGD, {}, PLAIN),
    "sgd weight_decay=0.1": (optim.SGD, dict(weight_decay=0.1), PLAIN),
    "sgd momentum=0.9": (optim.SGD, dict(momentum=0.9), HEAVY),
    "sgd momentum=0.9 dampening=0.3": (optim.SGD, dict(momentum=0.9, dampening=0.3), HEAVY),
    "sgd momentum=0.9 nesterov": (optim.SGD, dict(momentum=0.9, nesterov=True), HEAVY),
    "sgd momentum=0.5 dampening=0.5 weight_decay=0.1": (optim.SGD, dict(momentum=0.5, dampening=0.5, weight_decay=0.1), HEAVY),
    "asgd": (optim.ASGD, {}, PLAIN),
    "asgd lambd=0.1 alpha=0.5": (optim.ASGD, dict(lambd=0.1, alpha=0.5), PLAIN),
    "adagrad": (optim.Adagrad, {}, LARGE),
    "adagrad lr_decay=0.01 weight_decay=0.1": (optim.Adagrad, dict(lr_decay=0.01, weight_decay=0.1), LARGE),
    "adagrad initial=0.1 eps=1e-3": (optim.Adagrad, dict(initial_accumulator_value=0.1, eps=1e-3), LARGE),
    "adadelta": (optim.Adadelta, {}, (1.0,) * 4),
    "adadelta rho=0.95 eps=1e-4 weight_decay=0.1": (optim.Adadelta, dict(rho=0.95, eps=1e-4, weight_decay=0.1), (0.5,) * 4),
    "rmsprop": (optim.RMSprop, {}, SMALL),
    "rmsprop alpha=0.9 weight_decay=0.1": (optim.RMSprop, dict(alpha=0.9, weight_decay=0.1), (1e-3,) * 4),
    "rmsprop momentum=0.9": (optim.RMSprop, dict(momentum=0.9), (1e-3,) * 4),
    "rmsprop centered eps=1e-2": (optim.RMSprop, dict(centered=True, eps=1e-2), SMALL),
    "rmsprop centered momentum=0.5 eps=1e-2": (optim.RMSprop, dict(centered=True, momentum=0.5, eps=1e-2), (1e-3,) * 4),
    "adam": (optim.Adam, {}, SMALL),
    "adam betas=0.8,0.99 eps=1e-3 weight_decay=0.1": (optim.Adam, dict(betas=(0.8, 0.99), eps=1e-3, weight_decay=0.1), SMALL),
    "adam amsgrad": (optim.Adam, dict(amsgrad=True), SMALL),
    "adamw": (optim.AdamW, {}, SMALL),
    "adamw weight_decay=0.1 amsgrad": (optim.AdamW, dict(weight_decay=0.1, amsgrad=True), SMALL),
    "adamax": (optim.Adamax, {}, SMALL),
    "adamax betas=0.8,0.9 weight_decay=0.1": (optim.Adamax, dict(betas=(0.8, 0.9), weight_decay=0.1), SMALL),
    "nadam": (optim.NAdam, {}, SMALL),
    "nadam momentum_decay=0.1 weight_decay=0.1": (optim.NAdam, dict(momentum_decay=0.1, weight_decay=0.1), SMALL),
    "radam": (optim.RAdam, {}, (1e-3,) * 4),
    "radam betas=0.8,0.9 weight_decay=0.1": (optim.RAdam, dict(betas=(0.8, 0.9), weight_decay=0.1), (1e-3,) * 4),
    "rprop": (optim.Rprop, {}, SMALL),
    "rprop etas=0.7,1.1 sizes=1e-4,0.1": (optim.Rprop, dict(etas=(0.7, 1.1), step_sizes=(1e-4, 0.1)), SMALL),
}


def run(rule, options, rate, loss, start, seed=None):
    w = torch.tensor(start, requires_grad=True)
    optimizer = rule([w], lr=rate, **options)
    chance = torch.Generator()
    chance.manual_seed(seed or 0)
    iterates = [tuple(start)]
    for _ in range(STEPS):
        optimizer.zero_grad()
        ulps = torch.randint(-1, 2, w.shape, generator=chance) * 2.0 ** -52 if seed else torch.zeros(w.shape)
        loss(w * (1 + ulps)).backward()
        optimizer.step()
        iterates.append(tuple(w.tolist()))
    return iterates


print(f"# PyTorch {torch.__version__}, double, every {EVERY}th iterate of {STEPS}: torch_traces.py says how. A heading is rule | problem | rate.")
for name, (rule, options, rates) in RULES.items():
    for (problem, (loss, start)), rate in zip(PROBLEMS.items(), rates):
        trace = run(rule, options, rate, loss, start)
        twins = [run(rule, options, rate, loss, start, seed) for seed in (1, 2, 3)]
        largest, effect, rows, short = 0.0, 0.0, [], ""
        for k, (a, *others) in enumerate(zip(trace, *twins)):
            largest = max(largest, *map(abs, a))
            effect = max(effect, max(abs(x - y) for b in others for x, y in zip(a, b)) / largest)
            if not effect <= LIMIT:
                short = f" | chaotic: one ulp moves step {k} by {effect:.1g}"
                break
            if k > 0 and k % EVERY == 0:
                rows.append(f"{k} " + " ".join("%.17g" % x for x in a))
        print(f"{name} | {problem} | {rate:.17g}{short}")
        print(*rows, sep="\n")
