"""Records losses and gradients of PyTorch's layers, functions and losses, in double: python3 torch_values.py > torch_values.txt

A case is a row below: its name, of which the first word is that of the library; what PyTorch computes; the tensors whose gradients are taken, "rows" with
an example in each, "parameters" by the library's paths; and the data. Where the result is no number per example, it is weighted by drawn numbers c and
summed. The loss is the mean over the examples. A case's numbers are drawn from its name alone, so a new row leaves the others as they were.

Where PyTorch and the library differ by convention, and no case asks: at a tie, Max and Min give the first operand all of the gradient, PyTorch each a half;
at 0, Norm and Sqrt have no derivative, PyTorch's norm has 0; F.softplus is x itself beyond a threshold, which is set out of reach here; margin losses clamp,
whose derivative at the edge is 1 there and 0 here; Triplet squares its distances, PyTorch's by default does not; CosineDistance bounds norms at 1e-8,
cosine_embedding_loss adds 1e-12 to their squares; the sixth in the gradient of F.hardsigmoid is a float's, so
its definition by relu6 stands here.
"""
import zlib
import numpy
import torch
from torch.nn import functional as F

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)

# What overflows, saturates, cancels or stands on a kink.
EDGES = [[0.0, -0.0, 700, -700], [1, -1, 1e-3, -1e-3], [20, -20, 3, -3], [40, -40, 5.5, -5.5]]
LOGITS = [[700.0, -700, 0, 699], [2, 2, 2, 2], [0, 0, 0, 0], [-700, -700, -700.5, -701], [0.25, -1.5, 3, 1]]
LABELS = [0, 3, 1, 2, 2]
SIGNS = [[1.0, -1, 1, -1], [-1, -1, 1, 1], [1, 1, 1, -1], [-1, 1, -1, 1]]

CASES = {}


def case(name, f, rows={}, parameters={}, data={}):
    """A tuple is a shape to be drawn, all else are the numbers themselves."""
    chance = numpy.random.RandomState(zlib.crc32(name.encode()))

    def made(x):
        x = numpy.round(chance.standard_normal(x), 3) if isinstance(x, tuple) else numpy.array(x)
        return torch.tensor(x)

    trained = {kind: {k: made(x).requires_grad_() for k, x in of.items()} for kind, of in (("rows", rows), ("parameter", parameters))}
    given = {k: made(x) for k, x in data.items()}
    leaves = {**trained["rows"], **trained["parameter"]}
    y = f(*leaves.values(), *given.values())
    loss = y
    if y.dim() > 0:
        given["c"] = made(tuple(y.shape))
        loss = (given["c"] * y).sum() / y.shape[0]
    loss.backward()
    print("case", name)
    for kind, of in (*trained.items(), ("data", given)):
        for k, x in of.items():
            show(kind if x.is_floating_point() else "integers", k, x)
    show("loss", "", loss)
    for k, x in leaves.items():
        show("gradient", k, x.grad)


def show(kind, name, x):
    numbers = " ".join(repr(n).removesuffix(".0") for n in x.detach().flatten().tolist())
    print(kind, name or "-", *x.shape, "|", numbers)


def kl(y, t):
    return F.kl_div(y, t, reduction="batchmean")


def squared_distance(a, b):
    return (a - b).square().sum(-1)


def gru(x, w, b, u, c):
    """Of two biases that are added, the library has one."""
    own = torch.cat([torch.zeros(2 * len(c)), c])
    return torch._VF.gru(x, torch.zeros(1, len(x), len(c)), (w.T, u.T, b, own), True, 1, 0.0, True, False, True)[0]


def lstm(x, w, b, u):
    zero = torch.zeros(1, len(x), len(u))
    return torch._VF.lstm(x, (zero, zero), (w.T, u.T, b, torch.zeros_like(b)), True, 1, 0.0, True, False, True)[0]


print(f"# PyTorch {torch.__version__}, double: torch_values.py says how. A line is what it is, its name, its shape | its numbers.")

# Layers
case("Dense", lambda x, w, b: F.linear(x, w.T, b), {"x": (3, 4)}, {"dense1.weights": (4, 5), "dense1.bias": (5,)})
case("Dense rows", lambda x, w, b: F.linear(x, w.T, b), {"x": (2, 3, 4)}, {"dense1.weights": (4, 5), "dense1.bias": (5,)})
case("Dense 17 of 33", lambda x, w, b: F.linear(x, w.T, b), {"x": (2, 33)}, {"dense1.weights": (33, 17), "dense1.bias": (17,)})
case("Embedding", lambda w, i: F.embedding(i, w), {}, {"embedding1.weights": (5, 3)}, {"i": [[0, 4, 4], [2, 0, 1]]})
case("LayerNorm", lambda x, g, b: F.layer_norm(x, (5,), g, b), {"x": (3, 5)}, {"layerNorm1.gain": (5,), "layerNorm1.bias": (5,)})
case("LayerNorm rows eps=0.1", lambda x, g, b: F.layer_norm(x, (5,), g, b, 0.1), {"x": (2, 3, 5)}, {"layerNorm1.gain": (5,), "layerNorm1.bias": (5,)})
case("LayerNorm equal", lambda x, g, b: F.layer_norm(x, (4,), g, b), {"x": [[2.0, 2, 2, 2], [0, 0, 0, 0], [700, -700, 0, 1]]}, {"layerNorm1.gain": (4,), "layerNorm1.bias": (4,)})
case("PRelu", lambda x, a: F.prelu(x, a.reshape(1)), {"x": EDGES}, {"prelu1.slope": -0.375})
case("Gru", gru, {"x": (2, 5, 3)}, {"gru1.weights": (3, 12), "gru1.bias": (12,), "gru1.recurrent": (4, 12), "gru1.recurrentBias": (4,)})
case("Gru last of 17 units", lambda *a: gru(*a)[:, -1], {"x": (2, 4, 2)}, {"gru1.weights": (2, 51), "gru1.bias": (51,), "gru1.recurrent": (17, 51), "gru1.recurrentBias": (17,)})
case("Lstm", lstm, {"x": (2, 5, 3)}, {"lstm1.weights": (3, 16), "lstm1.bias": (16,), "lstm1.recurrent": (4, 16)})
case("Lstm last of 17 units", lambda *a: lstm(*a)[:, -1], {"x": (2, 4, 2)}, {"lstm1.weights": (2, 68), "lstm1.bias": (68,), "lstm1.recurrent": (17, 68)})

# Functions, element by element
case("Relu", F.relu, {"x": EDGES})
case("LeakyRelu", F.leaky_relu, {"x": EDGES})
case("LeakyRelu slope=0.2", lambda x: F.leaky_relu(x, 0.2), {"x": EDGES})
case("Elu", F.elu, {"x": EDGES})
case("Elu alpha=1.5", lambda x: F.elu(x, 1.5), {"x": (3, 4)})
case("Selu", F.selu, {"x": (3, 4)})
case("Silu", F.silu, {"x": EDGES})
case("Mish", F.mish, {"x": EDGES})
case("Gelu", F.gelu, {"x": EDGES})
case("Gelu near 0", F.gelu, {"x": (3, 4)})
case("GeluTanh", lambda x: F.gelu(x, approximate="tanh"), {"x": EDGES})
case("NormalCdf", torch.special.ndtr, {"x": EDGES})
case("Sigmoid", torch.sigmoid, {"x": EDGES})
case("HardSigmoid", lambda x: F.relu6(x + 3) / 6, {"x": EDGES})
case("Tanh", torch.tanh, {"x": EDGES})
case("Softplus", lambda x: F.softplus(x, threshold=1e4), {"x": EDGES})
case("SquarePlus", lambda x: (x + (x * x + 4).sqrt()) / 2, {"x": EDGES})
case("Abs", torch.abs, {"x": EDGES})
case("Square", torch.square, {"x": EDGES})
case("Sqrt", torch.sqrt, {"x": [[0.25, 1e-3, 700, 2], [1, 3, 1e10, 1e-10]]})
case("Exp", torch.exp, {"x": [[0.0, -700, 20, 1], [-0.0, -1, 1e-3, -20]]})
case("Log", torch.log, {"x": [[1.0, 0.999, 700, 2], [1e-3, 3, 1e-300, 1e300]]})
case("Sin", torch.sin, {"x": EDGES})
case("Cos", torch.cos, {"x": EDGES})
case("Floor", lambda x: torch.floor(x) + x, {"x": EDGES})
case("Sign", lambda x: torch.sign(x) + x, {"x": EDGES})
case("Pow 3", lambda x: x ** 3, {"x": EDGES})
case("Pow -2", lambda x: x ** -2, {"x": (3, 4)})
case("Pow 0.7", lambda x: x ** 0.7, {"x": [[0.25, 1e-3, 700, 2]]})
case("Max", torch.maximum, {"x": (3, 4), "y": (3, 4)})
case("Min", torch.minimum, {"x": (3, 4), "y": (3, 4)})
case("Where", lambda x, y: torch.where(x <= y, x * 2, y * y), {"x": (3, 4), "y": (3, 4)})
case("Less", lambda x, y: (x < y) * x, {"x": (3, 4)}, {}, {"y": (3, 4)})
case("Divide", lambda x, y: x / y, {"x": (3, 4), "y": (3, 4)})

# Along rows, and to other shapes
case("Softmax", lambda x: F.softmax(x, -1), {"x": LOGITS})
case("Softmax rows", lambda x: F.softmax(x, -1), {"x": (2, 3, 5)})
case("LogSoftmax", lambda x: F.log_softmax(x, -1), {"x": LOGITS})
case("LogSumExp", lambda x: torch.logsumexp(x, -1), {"x": LOGITS})
case("Sum", lambda x: x.sum((1, 2)), {"x": (2, 3, 4)})
case("Sum 0", lambda x: x.sum(1), {"x": (2, 3, 4)})
case("Mean", lambda x: x.mean((1, 2)), {"x": (2, 3, 4)})
case("Mean -1", lambda x: x.mean(-1), {"x": (2, 3, 4)})
case("Max of equal elements", lambda x: torch.amax(x, -1), {"x": LOGITS})
case("Max of rows", lambda x: torch.amax(x, (1, 2)), {"x": (2, 3, 4)})
case("Norm", lambda x: torch.linalg.vector_norm(x, dim=1), {"x": (3, 4)})
case("BatchMean", lambda x: x - x.mean(0, keepdim=True), {"x": (3, 4)})
case("MatMul", lambda x, w: x @ w, {"x": (2, 3, 4)}, {"w": (4, 5)})
case("MatMul transposed", lambda x, w: x @ w.T, {"x": (2, 3, 4)}, {"w": (5, 4)})
case("Transpose", lambda w, x: x @ w.T @ w, {}, {"w": (5, 4)}, {"x": (3, 4)})
case("Reshape", lambda x: x.reshape(2, 4, 3).cumsum(-1)[:, :, -1], {"x": (2, 3, 4)})
case("Flatten", lambda x: F.softmax(x.flatten(1), -1), {"x": (2, 3, 4)})
case("Slice", lambda x: x[:, 1:3], {"x": (2, 4, 3)})
case("OneHot", lambda x, i: x * F.one_hot(i, 4), {"x": (3, 4)}, {}, {"i": [0, 3, 1]})

# Losses
case("SquaredError", F.mse_loss, {"y": EDGES}, {}, {"t": (4, 4)})
case("AbsoluteError", F.l1_loss, {"y": EDGES}, {}, {"t": [[0.0, 0, 1, 1], [1, -1, 0, 0], [2, 3, 4, 5], [40, 40, 40, 40]]})
case("Huber", F.huber_loss, {"y": EDGES}, {}, {"t": [[0.0, 0, 1, 1], [0, 0, 0, 0], [2, 3, 4, 5], [40, 40, 40, 40]]})
case("Huber delta=0.5", lambda y, t: F.huber_loss(y, t, delta=0.5), {"y": (3, 4)}, {}, {"t": (3, 4)})
case("Huber smooth L1 beta=0.3", lambda y, t: F.smooth_l1_loss(y, t, beta=0.3), {"y": (3, 4)}, {}, {"t": (3, 4)})
case("SoftmaxCrossEntropy", F.cross_entropy, {"z": LOGITS}, {}, {"label": LABELS})
case("SoftmaxCrossEntropy rows", lambda z, i: F.cross_entropy(z.transpose(1, 2), i), {"z": (2, 3, 5)}, {}, {"label": [[0, 4, 2], [1, 1, 3]]})
case("SmoothedCrossEntropy", lambda z, i: F.cross_entropy(z, i, label_smoothing=0.1), {"z": LOGITS}, {}, {"label": LABELS})
case("SmoothedCrossEntropy 0.25 rows", lambda z, i: F.cross_entropy(z.transpose(1, 2), i, label_smoothing=0.25), {"z": (2, 3, 5)}, {}, {"label": [[0, 4, 2], [1, 1, 3]]})
case("NegativeLogLikelihood", lambda z, i: F.nll_loss(F.log_softmax(z, -1), i), {"z": LOGITS}, {}, {"label": LABELS})
case("NegativeLogLikelihood given", F.nll_loss, {"z": (3, 4)}, {}, {"label": [3, 0, 1]})
case("KullbackLeibler", kl, {"y": (3, 4)}, {}, {"t": [[0.25, 0.25, 0.25, 0.25], [1, 0, 0, 0], [0.5, 0.125, 0, 0.375]]})
case("SigmoidCrossEntropy", F.binary_cross_entropy_with_logits, {"z": EDGES}, {}, {"t": [[0.0, 1, 1, 0], [0, 1, 0.5, 0.25], [1, 0, 0, 1], [1, 0, 0.125, 0.75]]})
case("Hinge", lambda y, t: F.margin_ranking_loss(y, torch.zeros_like(y), t, margin=1), {"y": (4, 4)}, {}, {"t": SIGNS})
case("Hinge edges", lambda y, t: F.relu(1 - t * y).mean(), {"y": EDGES}, {}, {"t": SIGNS})
case("SquaredHinge", lambda y, t: F.relu(1 - t * y).square().mean(), {"y": EDGES}, {}, {"t": SIGNS})
case("LogCosh", lambda y, t: torch.log(torch.cosh(y - t)).mean(), {"y": [[0.0, 1, -1, 20], [700, -700, 0.5, 3]]}, {}, {"t": [[0.0, 0, 0, 1], [0, 0, 0, -3]]})
case("CosineDistance", lambda y, t: (1 - F.cosine_similarity(y, t, -1)).mean(), {"y": (3, 4)}, {}, {"t": (3, 4)})
case("CosineDistance 700", lambda y, t: (1 - F.cosine_similarity(y, t, -1)).mean(), {"y": [[700.0, -700, 1, 0], [1e-3, 0, 0, 0]]}, {}, {"t": (2, 4)})
case("Triplet", lambda a, p, n: F.triplet_margin_with_distance_loss(a, p, n, distance_function=squared_distance), {"a": (4, 3), "p": (4, 3), "n": (4, 3)})
