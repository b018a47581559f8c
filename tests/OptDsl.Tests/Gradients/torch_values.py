"""Records losses and gradients of PyTorch's layers, functions and losses, in double: python3 torch_values.py > torch_values.txt

A case is a row below: its name, of which the first word is that of the library; what PyTorch computes; the tensors whose gradients are taken, "rows" with
an example in each, "parameters" by the library's paths; and the data. Where the result is no number per example, it is weighted by drawn numbers c and
summed. The loss is the mean over the examples. A case's numbers are drawn from its name alone, so a new row leaves the others as they were.

Images here are planes, [channels, rows, columns], the library's are pixels, [rows, columns, channels]; a window's weights are here [filters, channels, rows,
columns], there a row for each channel of each cell and a column for each filter.

Where PyTorch and the library differ by convention, and no case asks: at a tie, Max and Min give the first operand all of the gradient, PyTorch each a half;
at 0, Norm and Sqrt have no derivative, PyTorch's norm has 0; F.softplus is x itself beyond a threshold, which is set out of reach here; margin losses clamp,
whose derivative at the edge is 1 there and 0 here; Triplet squares its distances, PyTorch's by default does not; CosineDistance bounds norms at 1e-8,
cosine_embedding_loss adds 1e-12 to their squares; the sixth in the gradient of F.hardsigmoid is a float's, so
its definition by relu6 stands here; equal pixels share the gradient of GlobalMaxPool as that of torch.amax, while adaptive_max_pool2d gives it to the first;
Attention has no bias of the keys, which is 0 here, and where nothing may be looked at it looks at all alike, PyTorch's is NaN.
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


def planes(pixels):
    return pixels.permute(0, 3, 1, 2)


def pixels(planes):
    return planes.permute(0, 2, 3, 1)


def filters(w, size):
    return w.reshape(size, size, -1, w.shape[1]).permute(3, 2, 0, 1)


def convolved(size, **settings):
    return lambda x, w, b: pixels(F.conv2d(planes(x), filters(w, size), b, **settings))


def convolved_along(size, **settings):
    return lambda x, w, b: F.conv1d(x.transpose(1, 2), w.reshape(size, -1, w.shape[1]).permute(2, 1, 0), b, **settings).transpose(1, 2)


def convolved_apart(size, **settings):
    return lambda x, w, b: pixels(F.conv2d(planes(x), filters(w, size), b, groups=x.shape[-1], **settings))


def painted(size, **settings):
    return lambda x, w, b: pixels(F.conv_transpose2d(planes(x), w.reshape(x.shape[-1], size, size, -1).permute(0, 3, 1, 2), b, **settings))


def pooled(pool, *settings, **named):
    return lambda x: pixels(pool(planes(x), *settings, **named))


def unfolded(size, down, across, **settings):
    return lambda x: F.unfold(planes(x), size, **settings).unflatten(1, (x.shape[-1], -1)).permute(0, 3, 2, 1).reshape(len(x), down, across, -1)


def folded(image, size, **settings):
    return lambda x: pixels(F.fold(x.flatten(1, 2).unflatten(2, (size[0] * size[1], -1)).permute(0, 3, 2, 1).flatten(1, 2), image, size, **settings))


def attended(heads, x, memory, q, qb, k, v, vb, o, ob, **masks):
    y, _ = F.multi_head_attention_forward(
        x.transpose(0, 1), memory.transpose(0, 1), memory.transpose(0, 1), x.shape[-1], heads, None, torch.cat([qb, torch.zeros_like(qb), vb]), None, None, False, 0.0, o.T, ob,
        use_separate_proj_weight=True, q_proj_weight=q.T, k_proj_weight=k.T, v_proj_weight=v.T, **masks)
    return y.transpose(0, 1)


def attending(columns, memory=None):
    shapes = {"query": (columns, columns), "queryBias": (columns,), "key": (memory or columns, columns), "value": (memory or columns, columns), "valueBias": (columns,), "output": (columns, columns), "outputBias": (columns,)}
    return {"attention1." + name: shape for name, shape in shapes.items()}


def windowed(kind, weights, bias):
    return {kind + "1.weights": weights, kind + "1.bias": (bias,)}


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
case("BatchNorm", lambda x, g, b: F.batch_norm(x, None, None, g, b, True), {"x": (5, 3)}, {"batchNorm1.gain": (3,), "batchNorm1.bias": (3,)})
case("BatchNorm pixels eps=0.1", lambda x, g, b: pixels(F.batch_norm(planes(x), None, None, g, b, True, eps=0.1)), {"x": (3, 2, 4, 3)}, {"batchNorm1.gain": (3,), "batchNorm1.bias": (3,)})
case("GroupNorm", lambda x, g, b: F.group_norm(x, 2, g, b), {"x": (3, 6)}, {"groupNorm1.gain": (6,), "groupNorm1.bias": (6,)})
case("GroupNorm pixels", lambda x, g, b: pixels(F.group_norm(planes(x), 2, g, b)), {"x": (2, 2, 3, 4)}, {"groupNorm1.gain": (4,), "groupNorm1.bias": (4,)})
case("Gru", gru, {"x": (2, 5, 3)}, {"gru1.weights": (3, 12), "gru1.bias": (12,), "gru1.recurrent": (4, 12), "gru1.recurrentBias": (4,)})
case("Gru last of 17 units", lambda *a: gru(*a)[:, -1], {"x": (2, 4, 2)}, {"gru1.weights": (2, 51), "gru1.bias": (51,), "gru1.recurrent": (17, 51), "gru1.recurrentBias": (17,)})
case("Lstm", lstm, {"x": (2, 5, 3)}, {"lstm1.weights": (3, 16), "lstm1.bias": (16,), "lstm1.recurrent": (4, 16)})
case("Lstm last of 17 units", lambda *a: lstm(*a)[:, -1], {"x": (2, 4, 2)}, {"lstm1.weights": (2, 68), "lstm1.bias": (68,), "lstm1.recurrent": (17, 68)})

# Images and sequences
case("Conv2D", convolved(3), {"x": (2, 4, 5, 2)}, windowed("conv", (18, 3), 3))
case("Conv2D stride=2 padding=1", convolved(3, stride=2, padding=1), {"x": (2, 5, 4, 2)}, windowed("conv", (18, 3), 3))
case("Conv2D padding=2 dilation=2", convolved(3, padding=2, dilation=2), {"x": (2, 4, 5, 1)}, windowed("conv", (9, 2), 2))
case("Conv2D groups=2", convolved(2, groups=2), {"x": (2, 3, 4, 4)}, windowed("conv", (8, 6), 6))
case("Conv2D stride=3 padding=1 dilation=2 groups=3", convolved(2, stride=3, padding=1, dilation=2, groups=3), {"x": (2, 5, 6, 3)}, windowed("conv", (4, 6), 6))
case("Conv1D", convolved_along(3), {"x": (2, 6, 2)}, windowed("conv", (6, 4), 4))
case("Conv1D stride=2 padding=2 dilation=2 groups=2", convolved_along(3, stride=2, padding=2, dilation=2, groups=2), {"x": (2, 7, 4)}, windowed("conv", (6, 2), 2))
case("DepthwiseConv2D", convolved_apart(3), {"x": (2, 4, 3, 3)}, windowed("depthwise", (9, 3), 3))
case("DepthwiseConv2D stride=2 padding=1 dilation=2", convolved_apart(2, stride=2, padding=1, dilation=2), {"x": (2, 5, 4, 2)}, windowed("depthwise", (4, 2), 2))
case("ConvTranspose2D", painted(3), {"x": (2, 2, 3, 2)}, windowed("transposed", (2, 27), 3))
case("ConvTranspose2D stride=2 padding=1", painted(3, stride=2, padding=1), {"x": (2, 3, 2, 3)}, windowed("transposed", (3, 18), 2))
case("MaxPool2D", pooled(F.max_pool2d, 2), {"x": (2, 4, 5, 3)})
case("MaxPool2D stride=2 padding=1", pooled(F.max_pool2d, 3, 2, 1), {"x": (2, 5, 4, 2)})
case("MaxPool2D stride=1 padding=1 dilation=2", pooled(F.max_pool2d, 3, 1, 1, 2), {"x": (2, 5, 4, 2)})
case("MaxPool2D of equal pixels", pooled(F.max_pool2d, 3, 2, 1), {"x": numpy.ones((1, 5, 5, 2))})
case("AveragePool2D", pooled(F.avg_pool2d, 2), {"x": (2, 4, 5, 3)})
case("AveragePool2D stride=2 padding=1", pooled(F.avg_pool2d, 3, 2, 1, count_include_pad=True), {"x": (2, 5, 4, 2)})
case("GlobalAveragePool", lambda x: F.adaptive_avg_pool2d(planes(x), 1).flatten(1), {"x": (2, 3, 4, 2)})
case("GlobalMaxPool", lambda x: F.adaptive_max_pool2d(planes(x), 1).flatten(1), {"x": (2, 3, 4, 2)})
case("GlobalMaxPool of equal pixels", lambda x: torch.amax(x, (1, 2)), {"x": [[[[0.0], [1]], [[1], [-1]]], [[[2], [2]], [[2], [2]]]]})
case("Unfold", unfolded((2, 3), 3, 2), {"x": (2, 4, 4, 2)})
case("Unfold stride=2 padding=1 dilation=2", unfolded((3, 2), 2, 3, stride=2, padding=1, dilation=2), {"x": (2, 5, 6, 2)})
case("Fold", folded((4, 4), (2, 3)), {"x": (2, 3, 2, 12)})
case("Fold stride=2 padding=1 dilation=2", folded((5, 6), (3, 2), stride=2, padding=1, dilation=2), {"x": (2, 2, 3, 12)})
case("Attention", lambda x, *p: attended(2, x, x, *p), {"x": (2, 3, 4)}, attending(4))
case("Attention causal", lambda x, *p: attended(1, x, x, *p, attn_mask=torch.ones(4, 4).triu(1).bool()), {"x": (2, 4, 3)}, attending(3))
case("Attention mask", lambda x, *p: attended(2, x, x, *p[:-1], key_padding_mask=p[-1] == 0), {"x": (2, 3, 4)}, attending(4), {"mask": [[1.0, 0, 2], [0, 0, -1]]})
case("Attention memory", lambda x, y, *p: attended(3, x, y, *p), {"x": (2, 3, 6), "y": (2, 5, 2)}, attending(6, 2))

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
case("MatMul batched", torch.matmul, {"x": (2, 3, 4, 5), "y": (2, 3, 5, 2)})
case("MatMul batched by one", torch.matmul, {"x": (2, 3, 4, 5), "y": (2, 1, 5, 2)})
case("MatMul batched by parameters", torch.matmul, {"x": (2, 3, 1, 5)}, {"w": (3, 5, 2)})
case("Transpose", lambda w, x: x @ w.T @ w, {}, {"w": (5, 4)}, {"x": (3, 4)})
case("Transpose batched", lambda x, y: x @ y.transpose(-1, -2), {"x": (2, 3, 4, 5), "y": (2, 3, 2, 5)})
case("Permute", lambda x: F.softmax(x.permute(0, 3, 1, 2), -1), {"x": (2, 3, 4, 5)})
case("Reshape", lambda x: x.reshape(2, 4, 3).cumsum(-1)[:, :, -1], {"x": (2, 3, 4)})
case("Flatten", lambda x: F.softmax(x.flatten(1), -1), {"x": (2, 3, 4)})
case("Slice", lambda x: x[:, 1:3], {"x": (2, 4, 3)})
case("Slice axis=-1", lambda x: x[:, :, 1:3], {"x": (2, 3, 4)})
case("Concat", lambda x, y, z: torch.cat([x, y, z], 1), {"x": (2, 1, 3), "y": (2, 4, 3), "z": (2, 2, 3)})
case("Concat -1", lambda x, w: torch.cat([x, w.expand(2, 3, 1)], -1), {"x": (2, 3, 4)}, {"w": (3, 1)})
case("Pad", lambda x: F.pad(x, (0, 0, 1, 2)), {"x": (2, 3, 4)})
case("Pad -1", lambda x: F.pad(x, (2, 0)), {"x": (2, 3, 4)})
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

# Penalties, the gradient of a squared sum beside them
case("L1", lambda w, b, x: F.linear(x, w.T, b).square().sum(-1).mean() + 0.25 * (w.abs().sum() + b.abs().sum()), {}, {"dense1.weights": [[0.0, 1.5], [-2, 0.25], [-0.0, 3]], "dense1.bias": [-1.0, 0]}, {"x": (4, 3)})
case("L2", lambda w, b, x: F.linear(x, w.T, b).square().sum(-1).mean() + 0.125 * (w.square().sum() + b.square().sum()), {}, {"dense1.weights": (3, 2), "dense1.bias": (2,)}, {"x": (4, 3)})
case("L2 of matrices", lambda w, b, x: F.linear(x, w.T, b).square().sum(-1).mean() + 0.125 * w.square().sum(), {}, {"dense1.weights": (3, 2), "dense1.bias": (2,)}, {"x": (4, 3)})
