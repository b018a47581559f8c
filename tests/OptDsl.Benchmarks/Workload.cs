using static OptDsl.Dsl;

namespace OptDsl.Benchmarks;

/// <summary>A network without branches, its batch and its rule; torch_steps.py trains the same ones under the same names.</summary>
/// <param name="Name">As in every table of results.</param>
/// <param name="Sizes">Inputs, the hidden layers, outputs.</param>
/// <param name="Tanh">The hidden layers' function: tanh, or ReLU.</param>
/// <param name="Classes">Softmax cross-entropy with labels, or squared error.</param>
/// <param name="Batch">Examples per step.</param>
/// <param name="Update">What the rule does to each parameter.</param>
/// <param name="Rule">The rule.</param>
sealed record Workload(string Name, int[] Sizes, bool Tanh, bool Classes, int Batch, UpdateKind Update, Rule Rule)
{
    public static IReadOnlyList<Workload> All { get; } =
    [
        new("W1-sgd", [2, 16, 1], Tanh: true, Classes: false, Batch: 4, UpdateKind.Sgd, Sgd(1e-2)),
        new("W1-adam", [2, 16, 1], Tanh: true, Classes: false, Batch: 4, UpdateKind.Adam, Adam(1e-3)),
        new("W2-adam", [784, 128, 10], Tanh: false, Classes: true, Batch: 64, UpdateKind.Adam, Adam(1e-3)),
        new("W3-sgdm", [784, 512, 512, 10], Tanh: false, Classes: true, Batch: 128, UpdateKind.Momentum, Momentum(1e-2)),
        new("W3-adamw", [784, 512, 512, 10], Tanh: false, Classes: true, Batch: 128, UpdateKind.Adam, AdamW(1e-3)),
        new("W4-adamw", [1024, 1024, 1024, 1024, 10], Tanh: false, Classes: true, Batch: 256, UpdateKind.Adam, AdamW(1e-3)),
        new("W5-adam", [.. Enumerable.Repeat(64, 101), 10], Tanh: true, Classes: true, Batch: 64, UpdateKind.Adam, Adam(1e-3)),
    ];

    public int Outputs => Sizes[^1];

    public Model Model()
    {
        Expr x = Input(Sizes[0]);
        foreach (var size in Sizes[1..^1]) x = Tanh ? x.Dense(size).Tanh() : x.Dense(size).Relu();
        return x.Dense(Outputs).Loss(Classes ? SoftmaxCrossEntropy : SquaredError).Minimize(Rule);
    }

    /// <summary>One batch of random numbers, the same in each run.</summary>
    public Batch Data()
    {
        var random = new Random(1);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
        BatchColumn input = Numbers(Batch * Sizes[0]);
        return new(Batch, input, Classes ? Enumerable.Range(0, Batch).Select(_ => random.Next(Outputs)).ToArray() : Numbers(Batch * Outputs));
    }

    /// <summary>Weights and biases.</summary>
    public int Parameters => Layers().Sum(layer => (layer.In + 1) * layer.Out);

    /// <summary>Floating-point operations of the matrix products: forward, weights' gradient, and inputs' gradient but for the first layer.</summary>
    public double ProductFlops => Layers().Select((layer, i) => (i == 0 ? 2 : 3) * 2.0 * Batch * layer.In * layer.Out).Sum();

    /// <summary>How often tanh is computed in a step.</summary>
    public int Tanhs => Tanh ? Batch * Sizes[1..^1].Sum() : 0;

    /// <summary>How often exp is computed in a step: once per class.</summary>
    public int Exps => Classes ? Batch * Outputs : 0;

    IEnumerable<(int In, int Out)> Layers() => Sizes.Zip(Sizes.Skip(1));
}

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
