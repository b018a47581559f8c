using OptDsl.Compiler;
using static OptDsl.Dsl;

namespace OptDsl.Benchmarks;

/// <summary>A network, its batch and its rule; torch_steps.py trains the same ones under the same names.</summary>
/// <param name="Name">As in every table of results.</param>
/// <param name="Batch">Examples per step.</param>
/// <param name="Update">What the rule does to each parameter.</param>
/// <param name="Loss">What is minimised.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Columns">The data of one example, column by column: so many real numbers, or integers below a number of classes.</param>
sealed record Workload(string Name, int Batch, UpdateKind Update, Func<Expr> Loss, Rule Rule, params (int Numbers, int Classes)[] Columns)
{
    public static IReadOnlyList<Workload> All { get; } =
    [
        new("W1-sgd", 4, UpdateKind.Sgd, () => Layers([2, 16, 1], Tanh).Loss(SquaredError), Sgd(1e-2), (2, 0), (1, 0)),
        new("W1-adam", 4, UpdateKind.Adam, () => Layers([2, 16, 1], Tanh).Loss(SquaredError), Adam(1e-3), (2, 0), (1, 0)),
        new("W2-adam", 64, UpdateKind.Adam, () => Layers([784, 128, 10], Relu).Loss(SoftmaxCrossEntropy), Adam(1e-3), (784, 0), (1, 10)),
        new("W3-sgdm", 128, UpdateKind.Momentum, () => Layers([784, 512, 512, 10], Relu).Loss(SoftmaxCrossEntropy), Momentum(1e-2), (784, 0), (1, 10)),
        new("W3-adamw", 128, UpdateKind.Adam, () => Layers([784, 512, 512, 10], Relu).Loss(SoftmaxCrossEntropy), AdamW(1e-3), (784, 0), (1, 10)),
        new("W4-adamw", 256, UpdateKind.Adam, () => Layers([1024, 1024, 1024, 1024, 10], Relu).Loss(SoftmaxCrossEntropy), AdamW(1e-3), (1024, 0), (1, 10)),
        new("W5-adam", 64, UpdateKind.Adam, () => Layers([.. Enumerable.Repeat(64, 101), 10], Tanh).Loss(SoftmaxCrossEntropy), Adam(1e-3), (64, 0), (1, 10)),
        new("W6-adam", 64, UpdateKind.Adam, () => LeNet().Loss(SoftmaxCrossEntropy), Adam(1e-3), (784, 0), (1, 10)),
        new("W7-adamw", 16, UpdateKind.Adam, () => Characters().Loss(SoftmaxCrossEntropy), AdamW(1e-3), (Context, Letters), (Context, Letters)),
    ];

    /// <summary>Networks that nothing was tuned for: other widths, depths, batches, layers, and a rule of one's own.</summary>
    public static IReadOnlyList<Workload> Unseen { get; } =
    [
        new("U1-wide", 96, UpdateKind.Adam, () => Layers([300, 700, 700, 20], Relu).Loss(SoftmaxCrossEntropy), AdamW(1e-3), (300, 0), (1, 20)),
        new("U2-deep", 32, UpdateKind.Momentum, () => Layers([40, .. Enumerable.Repeat(96, 20), 5], Tanh).Loss(SoftmaxCrossEntropy), Momentum(1e-3), (40, 0), (1, 5)),
        new("U3-autoencoder", 100, UpdateKind.Adam, () => Layers([784, 256, 32, 256, 784], Relu).Loss(SquaredError), Adam(1e-3), (784, 0), (784, 0)),
        new("U4-images", 32, UpdateKind.Adam, () => Images().Loss(SoftmaxCrossEntropy), AdamW(1e-3), (16 * 16 * 3, 0), (1, 10)),
        new("U5-transformer", 8, UpdateKind.Adam, () => Characters(context: 32, letters: 40, width: 96, blocks: 2, heads: 3).Loss(SoftmaxCrossEntropy), Adam(1e-3), (32, 40), (32, 40)),
        new("U6-own-rule", 128, UpdateKind.Momentum, () => Layers([200, 500, 100, 10], Sigmoid).Loss(SoftmaxCrossEntropy),
            Rule.Of((g, m) => (1e-3 * Sign(0.9 * m + 0.1 * g) + 1e-5 * Param, 0.99 * m + 0.01 * g)).Slots("m"), (200, 0), (1, 10)),
    ];

    const int Context = 64, Letters = 65;

    public Model Model() => Loss().Minimize(Rule);

    /// <summary>One batch of random numbers, the same in each run.</summary>
    public Batch Data()
    {
        var random = new Random(1);
        return new(Batch, [.. Columns.Select(c => c.Classes > 0
            ? (BatchColumn)Enumerable.Range(0, Batch * c.Numbers).Select(_ => random.Next(c.Classes)).ToArray()
            : Enumerable.Range(0, Batch * c.Numbers).Select(_ => random.NextSingle()).ToArray())]);
    }

    /// <summary>What a step must compute at least.</summary>
    public Work Work()
    {
        var model = Model();
        var values = ModelCompiler.Schedule(ModelCompiler.Optimize(model)).Learn.Kernels.SelectMany(k => k.Values).ToList();
        var functions = values.Where(v => MachineLimits.Functions.Contains(v.Op)).GroupBy(v => v.Op);
        return new(model.Trained.Sum(p => p.Shape.Size), values.Sum(Flops), functions.ToDictionary(f => f.Key, f => f.Sum(v => (double)v.Extent.Dims.Size * (v.Extent.Batched ? Batch : 1))));

        // A one-hot matrix is no work that must be done: it picks rows. What a ReLU lets through is a choice too, and is work.
        bool IsOneHot(Value v) => v.Op == Primitive.Where && v.Operands[1].Constant is 1 && v.Operands[2].Constant is 0;

        double Flops(Value v) =>
            (v.Op != Primitive.MatMul && v.Op != Primitive.BatchMatMul) || IsOneHot(v.Operands[0]) ? 0
            : Costs.Flops(v) is var (flops, batched) && batched ? (double)flops * Batch : flops;
    }

    static Expr Layers(int[] sizes, Func<Expr, Expr> hidden)
    {
        Expr x = Input(sizes[0]);
        foreach (var size in sizes[1..^1]) x = hidden(x.Dense(size));
        return x.Dense(sizes[^1]);
    }

    static Expr LeNet() => Input([28, 28, 1]).Conv2D(6, 5, padding: 2).Relu().MaxPool2D(2).Conv2D(16, 5).Relu().MaxPool2D(2)
        .Flatten().Dense(120).Relu().Dense(84).Relu().Dense(10);

    static Expr Images() => Input([16, 16, 3]).Conv2D(16, 3, padding: 1).BatchNorm().Relu().MaxPool2D(2).Conv2D(32, 3, padding: 1).BatchNorm().Relu().MaxPool2D(2)
        .Flatten().Dense(10);

    static Expr Characters(int context = Context, int letters = Letters, int width = 128, int blocks = 4, int heads = 4)
    {
        var x = IntegerInput("text", [context]).Embedding(letters, width) + Parameter([context, width], Init.Normal(0.02), "positions");
        for (var block = 0; block < blocks; block++)
        {
            x += x.LayerNorm().Attention(heads, causal: true);
            x += x.LayerNorm().Dense(4 * width).Gelu().Dense(width);
        }
        return MatMul(x.LayerNorm(), Parameter([width, letters], Init.Glorot, "head"));
    }
}

/// <summary>What a step computes: parameters that are updated, floating-point operations of products, and how often each function.</summary>
sealed record Work(long Parameters, double ProductFlops, IReadOnlyDictionary<Primitive, double> Functions);

/// <summary>What an update reads and writes, and whether it needs the divider.</summary>
enum UpdateKind
{
    /// <summary>Reads p, g; writes p.</summary>
    Sgd,

    /// <summary>Reads p, m, g; writes p, m.</summary>
    Momentum,

    /// <summary>Reads p, m, v, g; writes p, m, v; a square root and a division each.</summary>
    Adam,
}
