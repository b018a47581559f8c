using OptDsl.Testing;
using static OptDsl.Dsl;

namespace OptDsl.Fuzz;

/// <summary>Wrong update rules, many of them once in a library, and what the right ones do.</summary>
static class RuleMutants
{
    const string Area = "rules";

    /// <summary>A rate that changes, so that it matters where it stands.</summary>
    static readonly Expr lr = Exponential(0.05, 0.1);

    static readonly Expr t = Step + 1;

    static double Rate(int step) => 0.05 * Math.Exp(-0.1 * step);

    /// <summary>What speaks of a rule: its transcription, and for some what constant gradients lead to.</summary>
    sealed record Right(string Name, Rule Rule, Func<PlainStep> Transcribed, Func<double, int, double>? OnConstants = null);

    static readonly Right
        sgd = new("Sgd", Sgd(lr), () => Transcriptions.Sgd(Rate), (g, k) => Rate(k) * g),
        momentum = new("Momentum", Momentum(lr), () => Transcriptions.Momentum(Rate, 0.9), (g, k) => Rate(k) * g * (1 - Math.Pow(0.9, k + 1)) / (1 - 0.9)),
        adam = new("Adam", Dsl.Adam(lr), () => Transcriptions.Adam(Rate), (g, k) => Rate(k) * g / (Math.Abs(g) + 1e-8)),
        adamW = new("AdamW", AdamW(lr), () => Transcriptions.Adam(Rate, decay: 0.01)),
        clip = new("ClipByGlobalNorm", ClipByGlobalNorm(2).Then(Sgd(lr)), () => Transcriptions.Clipped(2, Transcriptions.Sgd(Rate))),
        decay = new("AddDecayedWeights", AddDecayedWeights(0.1).Then(Sgd(lr)), () => Transcriptions.Decayed(0.1, Transcriptions.Sgd(Rate))),
        lion = new("Lion", Lion((m, g) => 0.9 * m + 0.1 * g, (m, g) => 0.99 * m + 0.01 * g), () => Transcriptions.Lion(Rate), (g, k) => Rate(k) * Math.Sign(g)),
        adagrad = new("Adagrad", Adagrad(0, (sum, g) => Sqrt(sum + Square(g)) + 1e-10), () => Transcriptions.Adagrad(Rate), (g, k) => g == 0 ? 0 : Rate(k) * g / (Math.Sqrt((k + 1) * g * g) + 1e-10)),
        rmsProp = new("RmsProp", RmsProp(v => Sqrt(v) + 1e-8), () => Transcriptions.RmsProp(Rate), (g, k) => Rate(k) * g / (Math.Sqrt(1 - Math.Pow(0.99, k + 1)) * Math.Abs(g) + 1e-8));

    public static IReadOnlyList<Mutant> All { get; } =
    [
        Of(sgd, "it ascends", Sgd(-lr)),
        Of(sgd, "the step is halved", Sgd(0.5 * lr)),
        Of(sgd, "only the sign is used", Rule.Of(g => lr * Sign(g))),
        Of(sgd, "the rate is one step ahead", Sgd(0.05 * Exp(-0.1 * t))),
        Of(sgd, "the first step is doubled", Sgd(Where(Equal(Step, 0), 2 * lr, lr))),
        Of(sgd, "matrices only", Sgd(lr).Only(p => p.Rank > 1)),
        Of(momentum, "the coefficient stands at the gradient", Velocity((v, g) => v + 0.9 * g, v => lr * v)),
        Of(momentum, "the first step is (1 + mu)·g", Velocity((v, g) => Where(Equal(Step, 0), 1.9 * g, 0.9 * v + g), v => lr * v)),
        Of(momentum, "Nesterov's step", Rule.Of((g, v) => { var next = 0.9 * v + g; return (lr * (g + 0.9 * next), next); })),
        Of(momentum, "the gradient is dampened", Velocity((v, g) => 0.9 * v + 0.1 * g, v => lr * v)),
        Of(momentum, "the rate stands inside the velocity", Velocity((v, g) => 0.9 * v + lr * g, v => v)),
        Of(momentum, "the old velocity is the step", Rule.Of((g, v) => (lr * v, 0.9 * v + g))),
        Of(momentum, "the velocity goes against the gradient", Velocity((v, g) => 0.9 * v - g, v => lr * v)),
        Of(momentum, "mu is 0.99 unless told otherwise", Momentum(lr, mu: 0.99)),
        Of(momentum, "the velocity starts at the weights", Rule.Of(init: p => p, step: (g, v) => { var next = 0.9 * v + g; return (lr * next, next); })),
        Of(adam, "no bias correction", Adam((m, v) => m / (Sqrt(v) + 1e-8))),
        Of(adam, "no bias correction of v", Adam((m, v) => m / First / (Sqrt(v) + 1e-8))),
        Of(adam, "no bias correction of m", Adam((m, v) => m / (Sqrt(v / Second) + 1e-8))),
        Of(adam, "the bias correction is one step late", Adam((m, v) => m / (1 - Pow(0.9, Step)) / (Sqrt(v / (1 - Pow(0.999, Step))) + 1e-8))),
        Of(adam, "the bias correction is one step ahead", Adam((m, v) => m / (1 - Pow(0.9, t + 1)) / (Sqrt(v / (1 - Pow(0.999, t + 1))) + 1e-8))),
        Of(adam, "steps are counted once per parameter", Adam((m, v) => m / (1 - Pow(0.9, 2 * Step + 1)) / (Sqrt(v / (1 - Pow(0.999, 2 * Step + 1))) + 1e-8))),
        Of(adam, "eps stands inside the root", Adam((m, v) => m / First / Sqrt(v / Second + 1e-8))),
        Of(adam, "eps before the bias correction", Adam((m, v) => m / First / ((Sqrt(v) + 1e-8) / Sqrt(Second)))),
        Of(adam, "eps is 1e-7", Dsl.Adam(lr, eps: 1e-7)),
        Of(adam, "no eps", Dsl.Adam(lr, eps: 0)),
        Of(adam, "b1 and b2 are exchanged", Dsl.Adam(lr, b1: 0.999, b2: 0.9)),
        Of(adam, "b2 is 0.99 unless told otherwise", Dsl.Adam(lr, b2: 0.99)),
        Of(adam, "m adds whole gradients", Adam((m, v) => m / First / (Sqrt(v / Second) + 1e-8), nextM: (m, g) => 0.9 * m + g)),
        Of(adam, "v adds the gradient's size", Adam((m, v) => m / First / (Sqrt(v / Second) + 1e-8), nextV: (v, g, m) => 0.999 * v + 0.001 * Abs(g))),
        Of(adam, "v squares the momentum", Adam((m, v) => m / First / (Sqrt(v / Second) + 1e-8), nextV: (v, g, m) => 0.999 * v + 0.001 * Square(m))),
        Of(adam, "the largest v counts", Adam((m, v) => m / First / (Sqrt(v / Second) + 1e-8), nextV: (v, g, m) => Max(v, 0.999 * v + 0.001 * Square(g)))),
        Of(adam, "no root", Adam((m, v) => m / First / (v / Second + 1e-8))),
        Of(adam, "the old m is used", Rule.Of((g, m, v) => { var next = 0.999 * v + 0.001 * Square(g); return (lr * (m / First / (Sqrt(next / Second) + 1e-8)), 0.9 * m + 0.1 * g, next); })),
        Of(adam, "the old v is used", Rule.Of((g, m, v) => { var next = 0.9 * m + 0.1 * g; return (lr * (next / First / (Sqrt(v / Second) + 1e-8)), next, 0.999 * v + 0.001 * Square(g)); })),
        Of(adam, "Nesterov's m", Rule.Of((g, m, v) => { (m, v) = (0.9 * m + 0.1 * g, 0.999 * v + 0.001 * Square(g)); return (lr * ((0.9 * m + 0.1 * g) / First / (Sqrt(v / Second) + 1e-8)), m, v); })),
        Of(adamW, "decay is 0 unless told otherwise", AdamW(lr, decay: 0)),
        Of(adamW, "decay is 0.1 unless told otherwise", AdamW(lr, decay: 0.1)),
        Of(adamW, "decay is part of the gradient", AddDecayedWeights(0.01).Then(Dsl.Adam(lr))),
        Of(adamW, "decay does not follow the rate", ScaleByAdam().Then(Scale(lr)).Then(AddDecayedWeights(0.01))),
        Of(adamW, "decay pushes outward", ScaleByAdam().Then(AddDecayedWeights(-0.01)).Then(Scale(lr))),
        Of(adamW, "decay reads the momentum", Adam((m, v) => m / First / (Sqrt(v / Second) + 1e-8) + 0.01 * m)),
        Of(adamW, "decay of the new weights", Adam((m, v) => { var step = m / First / (Sqrt(v / Second) + 1e-8); return step + 0.01 * (Param - lr * step); })),
        Of(adamW, "matrices only decay", ScaleByAdam().Then(AddDecayedWeights(0.01).Only(p => p.Rank > 1)).Then(Scale(lr))),
        Of(clip, "by the largest element", Clipped(g => g * Min(1, 2 / GlobalNorm(Abs(g).Max())))),
        Of(clip, "each tensor by its own norm", Clipped(g => g * Min(1, 2 / Norm(g)))),
        Of(clip, "each element", Clipped(g => Max(-2, Min(2, g)))),
        Of(clip, "small gradients grow", Clipped(g => g * (2 / GlobalNorm(g)))),
        Of(clip, "by the square of the norm", Clipped(g => g * Min(1, 2 / Square(GlobalNorm(g))))),
        Of(clip, "by the mean", Clipped(g => g * Min(1, 2 / Mean(Abs(g))))),
        Of(clip, "by the sum of sizes", Clipped(g => g * Min(1, 2 / Sum(Abs(g))))),
        Of(clip, "the larger of the factors", Clipped(g => g * Max(1, 2 / GlobalNorm(g)))),
        Of(clip, "after the rate", Sgd(lr).Then(ClipByGlobalNorm(2))),
        Of(decay, "outward", AddDecayedWeights(-0.1).Then(Sgd(lr))),
        Of(decay, "of the square", Rule.Of(g => g + 0.1 * Square(Param)).Then(Sgd(lr))),
        Of(decay, "not at the rate", Sgd(lr).Then(AddDecayedWeights(0.1))),
        Of(decay, "of the sign", Rule.Of(g => g + 0.1 * Sign(Param)).Then(Sgd(lr))),
        Of(lion, "the weights of state and gradient are swapped", Lion((m, g) => 0.9 * m + 0.1 * g, (m, g) => 0.01 * m + 0.99 * g)),
        Of(lion, "the step takes the new state", Rule.Of((g, m) => (lr * Sign(0.99 * m + 0.01 * g), 0.99 * m + 0.01 * g))),
        Of(lion, "no sign", Rule.Of((g, m) => (lr * (0.9 * m + 0.1 * g), 0.99 * m + 0.01 * g))),
        Of(lion, "b1 and b2 are exchanged", Lion((m, g) => 0.99 * m + 0.01 * g, (m, g) => 0.9 * m + 0.1 * g)),
        Of(lion, "the sign of the gradient", Lion((m, g) => g, (m, g) => m)),
        Of(adagrad, "the accumulator starts at 0.1", Adagrad(0.1, (sum, g) => Sqrt(sum + Square(g)) + 1e-10)),
        Of(adagrad, "the old accumulator is used", Adagrad(0, (sum, g) => Sqrt(sum) + 1e-10)),
        Of(adagrad, "eps stands inside the root", Adagrad(0, (sum, g) => Sqrt(sum + Square(g) + 1e-10))),
        Of(adagrad, "no root", Adagrad(0, (sum, g) => sum + Square(g) + 1e-10)),
        Of(rmsProp, "eps stands inside the root", RmsProp(v => Sqrt(v + 1e-8))),
        Of(rmsProp, "bias correction", RmsProp(v => Sqrt(v / (1 - Pow(0.99, t))) + 1e-8)),
        Of(rmsProp, "no root", RmsProp(v => v + 1e-8)),
    ];

    /// <summary>The right rules: they keep every law that kills the wrong ones.</summary>
    public static IEnumerable<(string Name, IReadOnlyList<(string Law, Action Check)> Laws)> Control =>
        new[] { sgd, momentum, adam, adamW, clip, decay, lion, adagrad, rmsProp }.Select(r => (r.Name, Laws(r, r.Rule)));

    static RuleMutant Of(Right right, string name, Rule wrong) => new(Area, $"{right.Name}: {name}", Laws(right, wrong));

    static IReadOnlyList<(string Law, Action Check)> Laws(Right right, Rule rule) =>
    [
        .. RuleLaws.All.Take(4).Select(l => (l.Name, (Action)(() => l.Run(RuleBench.Of(rule))))),
        .. right.OnConstants is { } form ? [("constant gradients = closed form", () => TranscriptionLaw.OnConstants(rule, form))] : Array.Empty<(string, Action)>(),
        ("rule = its transcription", () => TranscriptionLaw.Check(rule, right.Transcribed)),
    ];

    static Expr First => 1 - Pow(0.9, t);

    static Expr Second => 1 - Pow(0.999, t);

    static Rule Velocity(Func<Expr, Expr, Expr> next, Func<Expr, Expr> step) => Rule.Of((g, v) => (step(next(v, g)), next(v, g)));

    static Rule Adam(Func<Expr, Expr, Expr> step, Func<Expr, Expr, Expr>? nextM = null, Func<Expr, Expr, Expr, Expr>? nextV = null) => Rule.Of((g, m, v) =>
    {
        m = nextM?.Invoke(m, g) ?? 0.9 * m + 0.1 * g;
        v = nextV?.Invoke(v, g, m) ?? 0.999 * v + 0.001 * Square(g);
        return (lr * step(m, v), m, v);
    });

    static Rule Clipped(Func<Expr, Expr> clip) => Rule.Of(clip).Then(Sgd(lr));

    static Rule Lion(Func<Expr, Expr, Expr> step, Func<Expr, Expr, Expr> next) => Rule.Of((g, m) => (lr * Sign(step(m, g)), next(m, g)));

    static Rule Adagrad(double start, Func<Expr, Expr, Expr> root) => Rule.Of(init: p => 0 * p + start, step: (g, sum) => (lr * g / root(sum, g), sum + Square(g)));

    static Rule RmsProp(Func<Expr, Expr> root) => Rule.Of((g, v) =>
    {
        v = 0.99 * v + 0.01 * Square(g);
        return (lr * g / root(v), v);
    });
}
