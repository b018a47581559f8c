// Update rules of the user's own, and schedules.

static class MyRules
{
    /// <summary>Lion: the sign of an interpolated momentum.</summary>
    public static Rule Lion(Expr lr, double b1 = 0.9, double b2 = 0.99) =>
        Rule.Of((g, m) => (lr * Sign(b1 * m + (1 - b1) * g), b2 * m + (1 - b2) * g));

    public static Rule AdamW(Expr lr, double decay = 0.01) => ScaleByAdam().Then(AddDecayedWeights(decay)).Then(Scale(lr));

    public static Rule Lookahead(int k = 6, double alpha = 0.5) => Rule.Of(init: p => p, step: (u, slow) =>
    {
        var fast = Param - u;
        var sync = Equal((Step + 1) % k, 0);
        var next = Where(sync, slow + alpha * (fast - slow), slow);
        return (Where(sync, Param - next, u), next);
    });

    public static Rule Factored(double b2 = 0.999) => Rule.Of(
        init: p => (0 * p.Mean(1, keep: true), 0 * p.Mean(0, keep: true)),
        step: (g, r, c) =>
        {
            r = b2 * r + (1.0 - b2) * Square(g).Mean(1, keep: true);
            c = b2 * c + (1.0 - b2) * Square(g).Mean(0, keep: true);
            return (g / Sqrt(r * c / r.Mean() + 1e-30), r, c);
        });
}

static class Net
{
    public static Expr Loss => Input(8).Dense(6).Relu().Dense(3).Loss(SoftmaxCrossEntropy);
}

partial class UsesLion
{
    [Compile]
    static Model Model => Net.Loss.Minimize(MyRules.Lion(Warmup(100) * Cosine(3e-4, steps: 1000), b2: 0.98));
}

partial class UsesAdamW
{
    [Compile]
    static Model Model => Net.Loss.Minimize(MyRules.AdamW(1e-3));
}

partial class UsesLookahead
{
    [Compile]
    static Model Model => Net.Loss.Minimize(Adam(1e-3).Then(MyRules.Lookahead(k: 5)));
}

partial class UsesFactored
{
    static readonly Func<Parameter, bool> matrices = parameter => parameter.Rank > 1;

    [Compile]
    static Model Model => Net.Loss.Minimize(MyRules.Factored().Only(matrices).Then(ScaleByAdam().Only(p => !matrices(p))).Then(Scale(0.01)));
}

partial class Clipped
{
    static Rule Clip(double max) => Rule.Of(g => g * Min(1, max / GlobalNorm(g)));

    [Compile]
    static Model Model
    {
        get
        {
            Rule noBias = AddDecayedWeights(1e-2).Only(parameter => parameter.Rank > 1);
            return Net.Loss.Minimize(Clip(1.0).Then(ScaleByAdam()).Then(noBias).Then(Scale(Where(Step < 1000, 1e-3, 0.1 / Sqrt(Step)))));
        }
    }
}

partial class ByPath
{
    [Compile]
    static Model Model => Input(8).Dense(4).Named("encoder").Dense(2).Loss(SquaredError)
        .Minimize(Adam(1e-3).Only(p => p.Path.StartsWith("encoder.", StringComparison.Ordinal)).Then(Scale(0).Only(p => !p.Path.Contains("encoder"))));
}

partial class Composed
{
    static Rule Chain(params Rule[] rules)
    {
        var chain = Rule.Identity;
        foreach (var rule in rules) chain = chain.Then(rule);
        return chain;
    }

    [Compile]
    static Model Model => Net.Loss.Minimize(Chain(ClipByGlobalNorm(1), Trace(0.9), AddDecayedWeights(1e-4), Scale(Exponential(0.1, 1e-3))));
}

partial class Nadam
{
    sealed record Settings(double Rate, double Beta1 = 0.9, double Beta2 = 0.999)
    {
        public double Epsilon { get; init; } = 1e-8;
    }

    static Rule Of(Settings s)
    {
        var (rate, b1, b2) = s;
        return Rule.Of((g, m, v) =>
        {
            var t = Step + 1;
            m = b1 * m + (1 - b1) * g;
            v = b2 * v + (1 - b2) * g * g;
            var nesterov = b1 * m / (1 - Pow(b1, t + 1)) + (1 - b1) * g / (1 - Pow(b1, t));
            return (rate * nesterov / (Sqrt(v / (1 - Pow(b2, t))) + s.Epsilon), m, v);
        }).Slots("m", "v");
    }

    [Compile]
    static Model Model => Net.Loss.Minimize(Of(new Settings(2e-3) with { Epsilon = 1e-7 }));
}

partial class Piecewise
{
    /// <summary>A rate per interval, from a table.</summary>
    static Expr Rate((int Until, double Rate)[] table, double last)
    {
        Expr rate = last;
        foreach (var (until, value) in table.Reverse().ToArray()) rate = Where(Step < until, value, rate);
        return rate;
    }

    [Compile]
    static Model Model => Net.Loss.Minimize(Sgd(Rate([(100, 0.1), (200, 0.05), (400, 0.01)], 1e-3)));
}

partial class Adjustable
{
    /// <summary>The rate has a name, the step reads the loss, matrices are whitened by one of their sides.</summary>
    static Rule Careful(Expr lr) => Rule.Of(init: p => Eye(p), step: (g, l) => (lr * Min(1, Loss) * MatMul(l, g), 0.9 * l + MatMul(g, Transpose(g)) / Size(g, 1)));

    [Compile]
    static Model Model => Net.Loss.Minimize(Careful(Hyper("lr", Cosine(1e-3, steps: 100))).Only(p => p.Rank == 2).Then(Muon(0.02).Only(p => p.Rank == 2)));
}

partial class Noisy
{
    /// <summary>Each element moves in half of all steps, another half under each seed.</summary>
    static Rule Sometimes(Expr seed) => Rule.Of(g => g * Less(RandomUniform(g, seed), 0.5));

    [Compile]
    static Model Model => Net.Loss.Minimize(Sometimes(3).Then(NoisySgd(Cosine(1e-2, steps: 100), eta: 0.1, seed: Hyper("seed", 0))));
}
