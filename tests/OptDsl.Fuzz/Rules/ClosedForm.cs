using OptDsl.Testing;
using static OptDsl.Dsl;

namespace OptDsl.Fuzz;

/// <summary>What a rule does while the gradient is constant, in closed form.</summary>
/// <param name="Word">The rule's name.</param>
/// <param name="What">What is seen there.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Closed">A rule without memory: its step is a function of the gradient, the weight and <c>Step</c>.</param>
sealed record ClosedForm(string Word, string What, Rule Rule, Rule Closed)
{
    static readonly Expr t = Step + 1;

    /// <summary>A divisor's eps that stands beside nothing.</summary>
    const double Tiny = 1e-30;

    public static IReadOnlyList<ClosedForm> All { get; } =
    [
        new(nameof(Momentum), "reaches its terminal velocity", Momentum(0.02, 0.9), Rule.Of(g => 0.02 * g * (1 - Pow(0.9, t)) / 0.1)),
        new(nameof(Momentum), "dampened never gathers any", Momentum(0.02, 0.9, dampening: 0.9), Sgd(0.02)),
        new(nameof(ClassicalMomentum), "reaches its terminal velocity", ClassicalMomentum(0.02, 0.9), Rule.Of(g => 0.02 * g * (1 - Pow(0.9, t)) / 0.1)),
        new(nameof(Friction), "reaches its terminal velocity", Friction(0.02, 0.25), Rule.Of(g => 0.02 * g * (1 - Pow(0.75, t)) / 0.25)),
        new(nameof(Nesterov), "is one step of momentum ahead", Nesterov(0.02, 0.9), Rule.Of(g => 0.02 * g * (1 - Pow(0.9, t + 1)) / 0.1)),
        new(nameof(OptimisticGradient), "is gradient descent after the first step", OptimisticGradient(0.02), Rule.Of(g => 0.02 * g * Where(Equal(Step, 0), 2, 1))),
        new(nameof(Adagrad), "has steps that fall as 1/√k", Adagrad(0.1, eps: Tiny), Rule.Of(g => 0.1 * Sign(g) / Sqrt(t))),
        // v = g², so d + eps is a geometric series.
        new(nameof(Adadelta), "without memory finds its unit as a geometric series", Adadelta(1, 0, 1e-2), Rule.Of(g => g * Sqrt(1 - Pow(Square(g) / (Square(g) + 1e-2), t)))),
        new(nameof(RmsProp), "starts large", RmsProp(0.1, 0.9, Tiny), Rule.Of(g => 0.1 * Sign(g) / Sqrt(1 - Pow(0.9, t)))),
        new(nameof(RmsProp), "centred divides by less and less", RmsProp(0.1, 0.9, 1e-3, centred: true), Rule.Of(g => 0.1 * g / (Abs(g) * Sqrt((1 - Pow(0.9, t)) * Pow(0.9, t)) + 1e-3))),
        new(nameof(Adam), "is a sign", Adam(1e-3), Rule.Of(g => 1e-3 * g / (Abs(g) + 1e-8))),
        new(nameof(AdamW), "is a sign and a decay", AdamW(1e-3, 0.1), Rule.Of(g => 1e-3 * g / (Abs(g) + 1e-8) + 1e-4 * Param)),
        new(nameof(AmsGrad), "is a sign before its corrections have grown together", AmsGrad(1e-3), Rule.Of(g => 1e-3 * g / (Abs(g) + 1e-8))),
        new(nameof(AdaMax), "is a sign", AdaMax(1e-3), Rule.Of(g => 1e-3 * g / (Abs(g) + 1e-8))),
        new(nameof(NAdam), "without a schedule is a sign and what it looks ahead", NAdam(1e-3, psi: 1e9), Rule.Of(g => 1e-3 * g / (Abs(g) + 1e-8) * (0.9 * (1 - Pow(0.9, t)) / (1 - Pow(0.9, t + 1)) + 0.1 / (1 - Pow(0.9, t))))),
        // g − m = b1ᵗ·g, so its mean square is the difference of two geometric series.
        new(nameof(AdaBelief), "believes more and more", AdaBelief(1e-3, 0.9, 0.99), Rule.Of(g =>
            1e-3 * g / (Sqrt((Square(g) * (1 - 0.99) * 0.81 * (Pow(0.99, t) - Pow(0.81, t)) / (0.99 - 0.81) + 1e-8 * (1 - Pow(0.99, t)) / (1 - 0.99)) / (1 - Pow(0.99, t))) + 1e-8))),
        new(nameof(Yogi), "has a v that rises by the same amount each step", Yogi(0.01, 0.9, 31.0 / 32, 1e-3, 0), Rule.Of(g => 0.01 * (1 - Pow(0.9, t)) * g / (Abs(g) * Sqrt(t / 32) + 1e-3))),
        new(nameof(Lion), "is a sign", Lion(1e-3), Rule.Of(g => 1e-3 * Sign(g))),
        new(nameof(Adan), "is a sign", Adan(1e-3), Rule.Of(g => 1e-3 * g / (Abs(g) + 1e-8))),
        new(nameof(AdEMAMix), "is a sign that grows with the slow mean", AdEMAMix(1e-3), Rule.Of(g => 1e-3 * g * (1 + 5 * (1 - Pow(0.9999, t))) / (Abs(g) + 1e-8))),
        new(nameof(Adopt), "waits a step, then gathers a sign", Adopt(0.01, 0.9), Rule.Of(g => 0.01 * (1 - Pow(0.9, Step)) * g / Max(Abs(g), 1e-6))),
        // With a rate that falls as the weights of its sums grow, both sums are proportional to t.
        new(nameof(Madgrad), "without momentum is where a cube root says", Madgrad(0.1 / Sqrt(t), 0, Tiny), Rule.Of(g => Sign(g) * Pow(0.01 * Abs(g), 1.0 / 3) * (Pow(t, 2.0 / 3) - Pow(Step, 2.0 / 3)))),
        new(nameof(Adafactor), "is a sign of the tensor's size", Adafactor(), Rule.Of(g => 0.01 * Sign(g) * Max(1e-3, Sqrt(Square(Param).Mean())))),
        new(nameof(Rprop), "grows to its ceiling", Rprop(0.01, max: 0.1), Rule.Of(g => Sign(g) * Min(0.1, 0.01 * Pow(1.2, Step)))),
        new(nameof(Rprop), "without a ceiling grows for ever", Rprop(0.01, bounded: false), Rule.Of(g => Sign(g) * 0.01 * Pow(1.2, Step))),
        new(nameof(NovoGrad), "is a direction that gathers momentum", NovoGrad(0.01, 0.5, eps: 0.1), Rule.Of(g => 0.01 * g / (Norm(g) + 0.1) * (1 - Pow(0.5, t)) / 0.5)),
        new(nameof(Sophia), "without curvature is clipped to a sign", Sophia(0.01, g => 0 * g), Rule.Of(g => 0.01 * Sign(g))),
        // The mean of z at 1 … t is z in the middle.
        new(nameof(ScheduleFreeSgd), "follows the mean at half speed", ScheduleFreeSgd(0.02, 0.75), Rule.Of(g => 0.02 * g * Where(Equal(Step, 0), 1, 1 - 0.75 / 2))),
        new(nameof(ScheduleFreeAdamW), "follows a mean with weights 1 − b2ⁱ", ScheduleFreeAdamW(0.02, 0.75, 0.9, Tiny), Rule.Of(g => 0.02 * Sign(g) * (0.25 + 0.75 * (Weighted(t) - Where(Equal(Step, 0), 0, Weighted(Step)))))),
        new(nameof(NoisySgd), "has a variance that falls as t^−gamma", NoisySgd(0.02, 0.09, 1.5), Rule.Of(g => 0.02 * g + 0.006 / (Sqrt(t) * Sqrt(Sqrt(t))) * RandomNormal(g))),
    ];

    /// <summary>Σ i·(1 − 0.9ⁱ) / Σ (1 − 0.9ⁱ) for i = 1 … k.</summary>
    static Expr Weighted(Expr k) => (k * (k + 1) / 2 - 90 * (1 - (k + 1) * Pow(0.9, k) + k * Pow(0.9, k + 1))) / (k - 9 * (1 - Pow(0.9, k)));

    /// <exception cref="LawException">The steps differ, in 31 digits.</exception>
    public void Check() => SameSteps.OnConstantGradients(RuleBench.Of(Rule), Closed);

    public override string ToString() => $"{Word} {What}";
}
