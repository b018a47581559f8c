using OptDsl.Testing;
using static OptDsl.Dsl;

namespace OptDsl.Fuzz;

/// <summary>What should catch a bug: its declaration, a law that it breaks by itself, a likeness that it lacks, a gradient that is no derivative.</summary>
enum Catcher { Declaration, Laws, Like, Gradients }

/// <summary>A bug that a library has or had, written as a user would write it.</summary>
/// <param name="What">The bug.</param>
/// <param name="Where">Who had it.</param>
/// <param name="By">What catches it.</param>
/// <param name="Check">The one line that a user writes.</param>
/// <param name="Right">What it should have been, which keeps all laws.</param>
sealed record LedgerBug(string What, string Where, Catcher By, Action Check, Rule? Right = null)
{
    public static LedgerBug Rule(string what, string where, Rule wrong) => new(what, where, Catcher.Laws, () => Testing.Check.Laws(wrong));

    public static LedgerBug Refused(string what, string where, Func<Rule> wrong) => new(what, where, Catcher.Declaration, () => Testing.Check.Laws(wrong()));

    public static LedgerBug Like(string what, string where, Rule wrong, Rule right) => new(what, where, Catcher.Like, () => Testing.Check.Laws(wrong, like: right), right);

    public static LedgerBug Gradient(string what, string where, Func<Expr, Expr> wrong) => new(what, where, Catcher.Gradients, () => Testing.Check.Gradients(wrong, [3]));
}

/// <summary>Where optimizer libraries differ from each other or from the paper: https://github.com/ooples/AiDotNet/issues/2008 and others.</summary>
static class Ledger
{
    static readonly Expr lr = 0.01, t = Step + 1;

    public static IReadOnlyList<LedgerBug> Bugs { get; } =
    [
        LedgerBug.Rule("momentum's coefficient on the gradient: the velocity never decays", "AiDotNet #2008", OptDsl.Rule.Of((g, v) => (lr * (v + 0.9 * g), v + 0.9 * g))),
        LedgerBug.Like("Adam's step is counted once per parameter", "DiffSharp #292", Adam(Step * 2 + 1), Adam(t)),
        LedgerBug.Like("the first momentum step is (1 + mu)·g", "Furnace", OptDsl.Rule.Of((g, v) => { var next = Where(Equal(Step, 0), 1.9 * g, 0.9 * v + g); return (lr * next, next); }), Momentum(lr)),
        LedgerBug.Like("Lion's weights of state and gradient are swapped", "Optimisers.jl", OptDsl.Rule.Of((g, m) => (lr * Sign(0.9 * m + 0.1 * g), 0.01 * m + 0.99 * g)), OptDsl.Rule.Of((g, m) => (lr * Sign(0.9 * m + 0.1 * g), 0.99 * m + 0.01 * g))),
        LedgerBug.Rule("maximising with weight decay pushes the weights outward", "TorchSharp", OptDsl.Rule.Of(g => lr * (g - 0.01 * Param))),
        LedgerBug.Like("AdamW decays by 0 unless told otherwise", "TorchSharp", AdamW(lr, decay: 0), AdamW(lr)),
        LedgerBug.Like("Adagrad's accumulator starts at 0.1", "optax", Adagrad(0.1, 1e-10), Adagrad(0, 1e-10)),
        LedgerBug.Like("RMSProp's eps stands inside the root", "optax", RmsProp((v, eps) => Sqrt(v + eps)), RmsProp((v, eps) => Sqrt(v) + eps)),
        LedgerBug.Like("NAdam without its momentum schedule", "optax", NAdam(0), NAdam(0.004)),
        LedgerBug.Like("AdamW's decay is not coupled to the rate", "Optimisers.jl before 0.4", ScaleByAdam().Then(Scale(lr)).Then(AddDecayedWeights(0.01)), AdamW(lr)),
        LedgerBug.Like("Adam's eps before the bias correction", "PyTorch, Keras #17391", Adam((m, v) => m / Correction(0.9) / ((Sqrt(v) + 1e-8) / Sqrt(Correction(0.999)))), Adam(lr)),
        LedgerBug.Like("AdaBelief without bias correction", "Flux #1962", AdaBelief(1, 1), AdaBelief(Correction(0.9), Correction(0.999))),
        LedgerBug.Like("Adam's weight decay reads the momentum", "R torch #821", OptDsl.Rule.Of((g, m) => { var next = 0.9 * m + 0.1 * g; return (lr * (next + 0.01 * m), next); }), OptDsl.Rule.Of((g, m) => { var next = 0.9 * m + 0.1 * g; return (lr * (next + 0.01 * Param), next); })),
        LedgerBug.Like("Rprop drops the gradient after a flip instead of undoing the step", "PyTorch, optax", Rprop(undo: false), Rprop(undo: true)),
        LedgerBug.Like("beta powers are taken before the betas are restored", "tt-metal #53212", Adam((m, v) => m / (1 - Pow(0.8, t)) / (Sqrt(v / Correction(0.999)) + 1e-8)), Adam(lr)),
        LedgerBug.Like("AMSGrad never updates its maximum", "PyTorch #78807", AmsGrad((max, v) => max), AmsGrad(Max)),
        LedgerBug.Like("LAMB without bias correction", "pytorch-optimizer #443", Lamb(1, 1), Lamb(Correction(0.9), Correction(0.999))),
        new("a cosine by recursion divides by zero at its end", "PyTorch #17913", Catcher.Laws, () => Testing.Check.Laws(0.1 * (Step - 10) / (Step - 10))),
        new("a rate that turns negative past its end", "a linear decay without a floor", Catcher.Laws, () => Testing.Check.Laws(0.1 * (1 - Step / 1000))),
        LedgerBug.Rule("the sign of the step is that of the gradient", "a sign error", OptDsl.Rule.Of(g => -lr * g)),
        LedgerBug.Rule("dividing by the norm of a zero gradient", "a normalised step without eps", OptDsl.Rule.Of(g => lr * g / Norm(g))),
        LedgerBug.Refused("the gradient is never read", "a slot that feeds itself", () => OptDsl.Rule.Of((g, m) => (lr * m, 0.9 * m))),
        new("softmax cross-entropy without its shift overflows", "log of softmax", Catcher.Laws, () => Testing.Check.Laws((z, y) => -Log((OneHot(y, z.Shape.Dims[^1]) * (Exp(z) / Exp(z).Sum())).Sum()), 3)),
        LedgerBug.Gradient("ReLU's hand-written gradient is that of the other side", "a layer", x => Custom(x, Relu(x), Where(Less(x, 0), 1, 0))),
        LedgerBug.Gradient("tanh's hand-written gradient is 1 + y²", "a layer", x => Custom(x, Tanh(x), 1 + Square(Tanh(x)))),
        LedgerBug.Gradient("a hand-written gradient is off by 1e-4 of itself", "what rtol 1e-3 accepts", x => Custom(x, Sigmoid(x), 1.0001 * Sigmoid(x) * (1 - Sigmoid(x)))),
        LedgerBug.Gradient("one element's gradient is dropped", "a layer", x => Custom(x, Square(x), 2 * x * Less(Indices(x), 2))),
        LedgerBug.Gradient("a straight-through estimator is no derivative", "quantisation", x => Custom(x, Floor(4 * x) / 4, 1)),
    ];

    static Expr Correction(double b) => 1 - Pow(b, t);

    /// <summary>y, with a gradient of one's own in place of its derivative.</summary>
    static Expr Custom(Expr x, Expr y, Expr gradient) => StopGradient(y - gradient * x) + StopGradient(gradient) * x;

    static Expr Indices(Expr x) => Dsl.Indices(x.Shape.Dims[^1]);

    static Rule Adam(Func<Expr, Expr, Expr> step) => OptDsl.Rule.Of((g, m, v) =>
    {
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + (1 - 0.999) * Square(g);
        return (lr * step(m, v), m, v);
    });

    static Rule Adam(Expr step) => OptDsl.Rule.Of((g, m, v) =>
    {
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + (1 - 0.999) * Square(g);
        return (lr * (m / (1 - Pow(0.9, step))) / (Sqrt(v / (1 - Pow(0.999, step))) + 1e-8), m, v);
    });

    static Rule Adagrad(double start, double eps) => OptDsl.Rule.Of(init: p => 0 * p + start, step: (g, a) => (lr * g / (Sqrt(a + Square(g)) + eps), a + Square(g)));

    static Rule RmsProp(Func<Expr, double, Expr> root) => OptDsl.Rule.Of((g, v) =>
    {
        v = 0.99 * v + 0.01 * Square(g);
        return (lr * g / root(v, 1e-8), v);
    });

    /// <summary>With the momentum μₜ = 0.9·(1 − ½·0.96^(t·ψ)). https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ</summary>
    static Rule NAdam(double psi) => OptDsl.Rule.Of(init: p => (0 * p, 0 * p, 0 * p + 1), step: (g, m, v, product) =>
    {
        Expr mu = 0.9 * (1 - 0.5 * Exp(Log(0.96) * t * psi)), next = 0.9 * (1 - 0.5 * Exp(Log(0.96) * (t + 1) * psi));
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + (1 - 0.999) * Square(g);
        product *= mu;
        return (lr * (next * m / (1 - product * next) + (1 - mu) * g / (1 - product)) / (Sqrt(v / Correction(0.999)) + 1e-8), m, v, product);
    });

    static Rule AdaBelief(Expr first, Expr second) => OptDsl.Rule.Of((g, m, s) =>
    {
        m = 0.9 * m + 0.1 * g;
        s = 0.999 * s + (1 - 0.999) * Square(g - m) + 1e-16;
        return (lr * (m / first) / (Sqrt(s / second) + 1e-16), m, s);
    });

    static Rule AmsGrad(Func<Expr, Expr, Expr> largest) => OptDsl.Rule.Of((g, m, v, max) =>
    {
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + (1 - 0.999) * Square(g);
        max = largest(max, v);
        return (lr * (m / Correction(0.9)) / (Sqrt(max / Correction(0.999)) + 1e-8), m, v, max);
    });

    static Rule Lamb(Expr first, Expr second) => OptDsl.Rule.Of((g, m, v) =>
    {
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + (1 - 0.999) * Square(g);
        var r = m / first / (Sqrt(v / second) + 1e-6) + 0.01 * Param;
        return (lr * Norm(Param) / Max(Norm(r), 1e-12) * r, m, v);
    });

    /// <summary>Step sizes that grow by 1.2 and shrink by a half, between 1e-6 and 1; a flip undoes the last step, or drops the gradient.</summary>
    static Rule Rprop(bool undo) => OptDsl.Rule.Of(init: p => (0 * p, 0 * p + 0.01, 0 * p), step: (g, before, size, step) =>
    {
        var flips = Less(g * before, 0);
        size = Where(Less(0, g * before), Min(1, 1.2 * size), Where(flips, Max(1e-6, 0.5 * size), size));
        var next = Where(flips, undo ? -step : 0, Sign(g) * size);
        return (next, Where(flips, 0, g), size, next);
    });
}
