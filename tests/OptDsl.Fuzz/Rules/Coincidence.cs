using OptDsl.Testing;
using static OptDsl.Dsl;

namespace OptDsl.Fuzz;

/// <summary>Where conventions meet, and where they part: both in 31 digits.</summary>
/// <param name="Word">The rule's name.</param>
/// <param name="When">Under which circumstances.</param>
/// <param name="Other">What it meets.</param>
/// <param name="One">The rule.</param>
/// <param name="Two">What it meets, as a rule.</param>
sealed record Coincidence(string Word, string When, string Other, Rule One, Rule Two)
{
    static readonly Expr t = Step + 1;

    public static IReadOnlyList<Coincidence> Same { get; } =
    [
        new(nameof(ClassicalMomentum), "at a constant rate", nameof(Momentum), ClassicalMomentum(0.02, 0.9), Momentum(0.02, 0.9)),
        new(nameof(Friction), "is what momentum lacks", nameof(Momentum), Friction(0.02, 0.25), Momentum(0.02, 0.75)),
        new(nameof(Dsl.Trace), "dampened by 0", "one without", Momentum(0.02, 0.9, dampening: 0), Momentum(0.02, 0.9)),
        new(nameof(Momentum), "without memory", nameof(Sgd), Momentum(0.02, 0), Sgd(0.02)),
        new(nameof(Nesterov), "in two steps, seen from where the gradient is taken", nameof(Momentum), Nesterov(0.02, 0.9), Momentum(0.02, 0.9, nesterov: true)),
        new(nameof(OptimisticGradient), "takes the last change once more", "Sgd of g + (g − g′)", OptimisticGradient(0.02), Rule.Of((g, before) => (g + (g - before), g)).Then(Sgd(0.02))),
        new(nameof(AdamW), "without decay", nameof(Adam), AdamW(0.01, decay: 0), Adam(0.01)),
        new(nameof(AdamW), "coupled by lr·decay outside", "its form not coupled", AdamW(0.01, decay: 0.1), AdamW(0.01, decay: 0.001, coupled: false)),
        new(nameof(AddDecayedWeights), "before gradient descent", "decay", AddDecayedWeights(0.1).Then(Sgd(0.02)), Sgd(0.02).Then(AddDecayedWeights(0.002))),
        new(nameof(RmsProp), "is its part without momentum and corrections", nameof(Adam), RmsProp(0.01), ScaleByAdam(0, 0.99, 1e-8, epsFirst: true).Then(Scale(0.01 / Sqrt(1 - Pow(0.99, t))))),
        new(nameof(NAdam), "at a large psi", "NAdam without schedule", NAdam(0.01, psi: 1e9), NAdamAtOnce(0.01)),
        new(nameof(RAdam), "at an unreachable threshold", "Sgd of m̂", RAdam(0.01, threshold: 1e9), Rule.Of((g, m) => ((0.9 * m + 0.1 * g) / (1 - Pow(0.9, t)), 0.9 * m + 0.1 * g)).Then(Sgd(0.01))),
        new(nameof(Lion), "with one beta", "SignSgd of m", Lion(0.01, 0.9, 0.9), Rule.Of((g, m) => (0.9 * m + 0.1 * g, 0.9 * m + 0.1 * g)).Then(SignSgd(0.01))),
        new(nameof(Lion), "with neither", nameof(SignSgd), Lion(0.01, 0, 0), SignSgd(0.01)),
        new(nameof(AdEMAMix), "with alpha 0", nameof(Adam), AdEMAMix(0.01, alpha: 0), Adam(0.01)),
        new(nameof(Lookahead), "after more steps than are taken", "nothing", Momentum(0.02).Then(Lookahead(1_000_000)), Momentum(0.02)),
        new(nameof(Lookahead), "with alpha 1", "nothing", Sgd(0.02).Then(Lookahead(3, 1)), Sgd(0.02)),
        new(nameof(ScheduleFreeSgd), "without interpolation", nameof(Sgd), ScheduleFreeSgd(0.02, 0), Sgd(0.02)),
        new(nameof(ScheduleFreeAdamW), "without interpolation, at the corrected rate", nameof(RmsProp), ScheduleFreeAdamW(0.02, 0, 0.99), RmsProp(0.02 * Sqrt(1 - Pow(0.99, t)))),
        new(nameof(MultiSteps), "of one step", "the step", MultiSteps(Adam(0.01), 1), Adam(0.01)),
        new(nameof(SkipNotFinite), "while all is finite", "nothing", SkipNotFinite(Adam(0.01)), Adam(0.01)),
        new(nameof(Lamb), "at the weights' size over the step's", nameof(Adam), Lamb(0.01), ScaleByAdam(eps: 1e-6).Then(Rule.Of(u => 0.01 * u * Where(And(Greater(Norm(Param), 0), Greater(Norm(u), 0)), Norm(Param) / Norm(u), 1)))),
        new(nameof(Sm3), "of a vector", nameof(Adagrad), Sm3(0.1), Adagrad(0.1, eps: 1e-30)),
        new(nameof(Soap), "of a vector", nameof(AdamW), Soap(0.01, decay: 0.1), AdamW(0.01, decay: 0.1, b1: 0.95, b2: 0.95)),
        new(nameof(PolyakAverage), "leaves the steps alone", "nothing", Adam(0.01).Then(PolyakAverage()).Then(EmaOfWeights()), Adam(0.01)),
        new(nameof(ClipByBlockRms), "at √n times the norm", nameof(ClipByNorm), ClipByBlockRms(0.1), ClipByNorm(0.1 * Math.Sqrt(5))),
        new(nameof(NoisySgd), "without variance", nameof(Sgd), NoisySgd(0.02, 0), Sgd(0.02)),
        new(nameof(ClipByNorm), "of one tensor", nameof(ClipByGlobalNorm), ClipByNorm(0.1), ClipByGlobalNorm(0.1)),
    ];

    public static IReadOnlyList<Coincidence> Different { get; } =
    [
        new(nameof(ClassicalMomentum), "at a rate that changes", nameof(Momentum), ClassicalMomentum(InverseTime(0.1), 0.9), Momentum(InverseTime(0.1), 0.9)),
        new(nameof(AddDecayedWeights), "before an adaptive rule", nameof(AdamW), AddDecayedWeights(0.1).Then(Adam(0.01)), AdamW(0.01, decay: 0.1)),
        new(nameof(AdamW), "coupled to the rate and not", nameof(AdamW), AdamW(0.01, decay: 0.1), AdamW(0.01, decay: 0.1, coupled: false)),
        new(nameof(RmsProp), "with eps inside the root and outside", nameof(RmsProp), RmsProp(0.01, eps: 1e-3, inside: true), RmsProp(0.01, eps: 1e-3)),
        new(nameof(AmsGrad), "with eps before the correction and after", nameof(AmsGrad), AmsGrad(0.01, eps: 1e-3, epsFirst: true), AmsGrad(0.01, eps: 1e-3)),
        new(nameof(RAdam), "at the threshold of the paper and of libraries", nameof(RAdam), RAdam(0.01, threshold: 4), RAdam(0.01)),
        new(nameof(NAdam), "with and without a schedule", nameof(NAdam), NAdam(0.01), NAdamAtOnce(0.01)),
        new(nameof(Adagrad), "from 0 and from 0.1", nameof(Adagrad), Adagrad(0.01), Adagrad(0.01, initial: 0.1)),
        new(nameof(Rprop), "with and without undoing", nameof(Rprop), Rprop(0.01), Rprop(0.01, undo: true)),
        new(nameof(NoisySgd), "under two seeds", nameof(NoisySgd), NoisySgd(0.02, seed: 1), NoisySgd(0.02, seed: 2)),
        new(nameof(Nesterov), "with the same momentum", nameof(Momentum), Nesterov(0.02, 0.9), Momentum(0.02, 0.9)),
    ];

    /// <exception cref="LawException">Their steps differ.</exception>
    public void CheckSame() => SameSteps.OnAnyGradients(RuleBench.Of(One), Two);

    static Rule NAdamAtOnce(double lr) => Rule.Of((g, m, v) =>
    {
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + (1 - 0.999) * Square(g);
        return (lr * (0.9 * m / (1 - Pow(0.9, t + 1)) + 0.1 * g / (1 - Pow(0.9, t))) / (Sqrt(v / (1 - Pow(0.999, t))) + 1e-8), m, v);
    });

    public override string ToString() => $"{Word} {When}: {Other}";
}
