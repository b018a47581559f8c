using OptDsl.Testing;
using static OptDsl.Dsl;

namespace OptDsl.Fuzz;

/// <summary>The declarations that mutants are tried on: small, and every word, shape and kind of kernel occurs.</summary>
static class Corpus
{
    static readonly Expr rate = 0.1;

    /// <summary>Small enough for arithmetic with 31 digits.</summary>
    public static IReadOnlyList<Subject> Small { get; } = Subjects(new()
    {
        ["classifier"] = Input(5).Dense(4).Relu().Dense(3).Loss(SoftmaxCrossEntropy).Minimize(ClipByGlobalNorm(0.1).Then(AdamW(lr: Warmup(2) * Cosine(0.1, steps: 7)))),
        ["smooth functions"] = SmoothFunctions(),
        ["kinks"] = Kinks(),
        ["shared weights"] = SharedWeights(),
        ["squares"] = Squares(),
        ["neutral elements"] = Neutral(),
        ["rows and columns"] = RowsAndColumns(),
        ["slices"] = Slices(),
        ["windows"] = Windows(),
        ["pools"] = Pools(),
        ["batch statistics"] = BatchStatistics(),
        ["largest"] = Largest(),
        ["logic"] = Logic(),
        ["stopped gradients"] = Stopped(),
        ["no data"] = NoData(),
        ["decaying slot"] = Square(Parameter(shape: [11], Init.Uniform(-1, 1))).Sum().Minimize(Rule.Of((g, m) => (0.1 * g, 0.5 * m)).Slots("m")),
        ["slots beside constants"] = Square(Parameter(shape: [11], Init.Uniform(-1, 1))).Sum().Minimize(Rule.Of((g, m, v) => (0.1 * (m - v), Max(0.5 * m + g, -0.25), Min(0.25, 0.5 * v + g)))),
        ["larger and smaller slots"] = Square(Parameter(shape: [11], Init.Uniform(-1, 1))).Sum().Minimize(Rule.Of((g, m, v) => (0.1 * (m - v), Max(g, 0.5 * m), Min(g, 0.5 * v)))),
        ["slots with starts"] = Input(3).Dense(2).Loss(SquaredError).Minimize(Rule.Of(init: p => (p, 0.5), step: (g, slow, v) => (0.1 * g + 0.01 * (Param - slow), 0.9 * slow + 0.1 * Param, 0.5 * v + 0.5 * Square(g)))),
        ["momentum"] = Input(3).Dense(3).Tanh().Dense(3).Loss(SquaredError).Minimize(Momentum(Exponential(0.1, 0.05)).Only(p => p.Rank > 1)),
        ["constants of the step"] = Input(4).Dense(2).Loss(SquaredError).Minimize(Rule.Of((g, m) => (g * InverseTime(0.1) - 0.3 * m * (1 - Step / 9), m * 0.9 - g / (Step + 3)))),
    });

    /// <summary>For generated code: awkward sizes, panels, products with all kinds of epilogues, updates beside the backward pass.</summary>
    public static IReadOnlyList<Subject> Emitted { get; } = Subjects(new()
    {
        ["wide classifier"] = Input(20).Dense(34).Relu().Dense(5).Loss(SoftmaxCrossEntropy).Minimize(ClipByGlobalNorm(0.1).Then(AdamW(lr: Warmup(2) * Cosine(0.1, steps: 4)))),
        ["wide momentum"] = Softmax(Input(7).Dense(17).Tanh()).Loss(SquaredError).Minimize(Momentum(0.1)),
        ["panels"] = Input(6).Dense(40).Sigmoid().Dense(33).Loss(SquaredError).Minimize(Adam(0.01)),
        ["one unit"] = Input(1).Dense(1).Loss((y, t) => Softplus(-y * t).Mean()).Minimize(Sgd(1 / (Step + 2))),
        ["large"] = Input(4).Dense(410).Relu().Dense(41).Loss(SquaredError).Minimize(Momentum(0.01)),
        ["tied"] = Tied(),
        ["tiny slots"] = Input(3).Dense(2).Loss(SquaredError).Minimize(Rule.Of(init: p => 3e-30 * p, step: (g, m) => (0.1 * g, 0.5 * m))),
        ["infinite loss"] = Exp(Square(12 * Input(3).Dense(2))).Mean().Minimize(Momentum(0.1)),
        ["dropped rows with a label each"] = IntegerInput("text", [3]).Embedding(5, 4).Dropout(0.3).Dense(5).Loss(SoftmaxCrossEntropy).Minimize(Momentum(0.1)),
        ["attention"] = Input([4, 4], "text").Attention(2, causal: true).Attention(1, mask: Indices(4) - 2).Dense(3).Loss(SoftmaxCrossEntropy).Minimize(Momentum(0.1)),
        ["cut, turned and joined"] = Cut(),
        ["consumed gradients"] = Input(18).Dense(34).Relu().Dense(40).Dense(5).Loss(SoftmaxCrossEntropy).Minimize(AdamW(lr: 0.1)).MemoryBudget(bytes: 18_000, examples: 17),
        ["in parts"] = Input([6, 6, 1]).Conv2D(3, 3).Relu().MaxPool2D(2).Flatten().Dense(2).Loss(SoftmaxCrossEntropy).Minimize(Momentum(0.1)).MemoryBudget(bytes: 24_000, examples: 17),
        ["of itself"] = OfItself(),
        ["logistic"] = (Input(9).Dense(3).Tanh() * Input(3)).Dense(2).Loss(SoftmaxCrossEntropy).Minimize(Adam(0.1)),
    }).Concat(Small).ToList();

    public static IReadOnlyList<Subject> All { get; } = Emitted;

    static List<Subject> Subjects(Dictionary<string, Model> models) => [.. models.Select((m, i) => new Subject(m.Key, m.Value, Pipeline.Right, 3 + i))];

    /// <summary>Whether the gradient is to be the derivative.</summary>
    public static bool IsDifferentiable(Subject subject) => subject.Name != "stopped gradients";

    // The product that makes the gradient reads what the rule changes.
    static Model OfItself()
    {
        var w = Parameter([19, 19], Init.Normal(0.1));
        return Square(MatMul(StopGradient(w), w)).Sum().Minimize(Momentum(0.01)).MemoryBudget(bytes: 0, examples: 1);
    }

    static Model Cut()
    {
        Expr x = Input([3, 3]), w = Parameter([3, 3], Init.Glorot, "w"), v = Parameter([3, 1, 2], Init.Glorot, "v");
        var joined = Concat(1, MatMul(x, x * w).Slice(1, 2, axis: 1), Transpose(x * w), Transpose(w).Pad(1, 1, 0));
        return Concat(-1, joined, v.Permute(0, 2, 1).Reshape(3, 2)).Dense(2).Tanh().Permute(1, 0).Dense(1).Flatten().Loss(SquaredError).Minimize(Sgd(0.1));
    }

    static Model SmoothFunctions()
    {
        Expr x = Input(4, "x"), y = x.Dense(3), z = x.Dense(3);
        var all = Tanh(y) + Sigmoid(z) * Softplus(y) - Sin(z) / (2 + Cos(y)) + Exp(-Square(z)) * Log(1 + Square(y)) + Sqrt(0.5 + Square(y - z)) + Pow(y, 3) / 8 - 0.5 * -z;
        return all.Loss((o, t) => Sqrt(1 + Square(o - t)).Sum()).Minimize(Adam(rate));
    }

    static Model Kinks()
    {
        Expr x = Input(6, "x"), w = Parameter(shape: [6], Init.Uniform(-1, 1), "w"), y = x * w + Parameter(shape: [6], Init.Uniform(-1, 1), "b");
        var all = Relu(y) + 0.3 * Abs(w) + Max(y, x) * Min(y, 0.4) + Where(Less(y, 0.2), y, 2 * y) + y * Sign(x) + y % 0.7 + 0.5 * Floor(y) + Where(Less(Floor(2 * y), 0), y, -y);
        return all.Loss((o, t) => Abs(o - t).Sum()).Minimize(Rule.Of((g, m) => (0.1 * Sign(0.9 * m + 0.1 * g), 0.99 * m + 0.01 * g)).Slots("m"));
    }

    static Model SharedWeights()
    {
        var w = Parameter(shape: [3, 4], Init.Glorot, "w");
        Expr x = Input(3, "x"), h = Tanh(MatMul(x, w)), back = MatMul(h, Transpose(w));
        return (back.Loss(SquaredError) + 0.01 * Square(w).Sum()).Minimize(Momentum(0.1, mu: 0.5));
    }

    static Model Squares()
    {
        Expr a = Parameter(shape: [3, 3], Init.Glorot, "a"), c = Parameter(shape: [3, 3], Init.Glorot, "c"), v = Parameter(shape: [3], Init.Uniform(-1, 1), "v"), u = Parameter(shape: [3], Init.Uniform(-1, 1), "u");
        Expr x = Input(3, "x"), y = MatMul(MatMul(x, a), Transpose(c)) + v, across = (a * v + Transpose(c)).Sum(0) + (c * u).Sum(1);
        return (y * across).Loss(SquaredError).Minimize(Rule.Of((g, m) => (0.1 * g / (1 + Norm(g)), 0.5 * m + g)).Slots("m"));
    }

    static Model Neutral()
    {
        Expr x = Input(3, "x").Dense(3), zero = x - x;
        var all = (x - 0) * 2 + (0 - x) + -(-x) * x + (x + 0) / 1 + 1 * x * 3 + (x + -Square(x)) + (x - -Tanh(x)) + -x * Sigmoid(x) + -x / (1 + Square(x)) + Where(Less(1, 2), x, zero) + 3 * (2 * x) / 5;
        return all.Loss(SquaredError).Minimize(Sgd(0.1));
    }

    static Model RowsAndColumns()
    {
        Expr x = Input([3, 5], "x"), row = Parameter(shape: [5], Init.Uniform(0.5, 1), "row"), column = Parameter(shape: [3, 1], Init.Uniform(0.5, 1), "column"), one = Parameter(0.05, "one");
        var y = x * row + column * one - x.Mean(0, keep: true) + (x * row).Sum(-1, keep: true) * 0.1 + one;
        return (y.Sum(0).Loss(SquaredError) + Tanh(y.Sum(-1)).Loss(SquaredError)).Minimize(Adam(0.05));
    }

    static Model Slices()
    {
        Expr x = Input([4, 3], "x"), w = Parameter(shape: [4, 3], Init.Uniform(-1, 1), "w");
        var y = (x * w)[1] + 0.5 * (x + w).Slice(2, 2).Sum(0) * w[3];
        return y.Loss(SquaredError).Minimize(Momentum(0.1));
    }

    static Model Windows()
    {
        var seen = Input([5, 4, 1]).Conv2D(2, 2, padding: 1).Tanh().MaxPool2D(2).DepthwiseConv2D(2, padding: 1, dilation: 2);
        return Tanh(seen).ConvTranspose2D(1, 2, stride: 2).AveragePool2D(3, stride: 2).Flatten().Loss(SquaredError).Minimize(Momentum(0.1));
    }

    // The second pool leaves a column of pixels out.
    static Model Pools() => Input([6, 8, 1]).Conv2D(2, 1, weights: Init.Normal(1)).Relu().MaxPool2D(2).Conv2D(3, 2).Relu().MaxPool2D(2).Flatten().Dense(2).Loss(SquaredError).Minimize(Momentum(0.1));

    static Model BatchStatistics()
    {
        Expr y = Input(4, "x").Dense(3), centred = y - BatchMean(y);
        return (centred / Sqrt(BatchMean(Square(centred)) + 0.2) * Parameter(shape: [3], Init.Uniform(0.5, 1), "gain")).Loss(SquaredError).Minimize(Adam(0.1));
    }

    static Model Largest()
    {
        Expr y = Input(4, "x").Dense(5), z = y - 0.5 * y.Max(-1, keep: true);
        return (Softmax(z) * 3 + LogSumExp(y) + y.Max()).Loss((o, t) => Square(o - t).Sum()).Minimize(Sgd(0.1));
    }

    static Model Logic()
    {
        Expr y = Input(5, "x").Dense(5), label = IntegerInput("kind");
        var all = Where(And(Less(-0.5, y), Not(Greater(y, 0.5))), y, Tanh(y)) + Where(Or(Less(y, -1), Equal(y, 0)), 0.25 * y, y) + Where(Not(Less(y, 0)), y, 3 * y) + y * GreaterEqual(y, 0.1) + OneHot(label, 5) * y;
        return all.Loss(SquaredError).Minimize(Rule.Of((g, m) => (Where(Equal((Step + 1) % 2, 0), 0.1 * g, m), 0.5 * m + 0.1 * g)).Slots("m"));
    }

    static Model Stopped()
    {
        Expr h = Input(3, "x").Dense(3), still = StopGradient(Tanh(h));
        return (h * still + still).Loss(SquaredError).Minimize(Sgd(0.1));
    }

    static Model NoData()
    {
        Expr a = Parameter(start: [-1.5, 2, 0.25], "a"), c = Parameter(0.75, "c");
        return (Square(a - 1).Sum() * c + 0.3 * (a + c).Sum() + Square(a).Mean() + Square(c) / (1 + Norm(a))).Minimize(AddDecayedWeights(0.1).Then(Momentum(0.01)));
    }

    static Model Tied()
    {
        var w = Parameter(shape: [17, 33], Init.Glorot, "w");
        Expr h = Relu(MatMul(Input(17, "x"), w));
        return (MatMul(h, Transpose(w)).Loss(SquaredError) + h.Dense(16).Loss(SquaredError)).Minimize(Momentum(0.1));
    }
}
