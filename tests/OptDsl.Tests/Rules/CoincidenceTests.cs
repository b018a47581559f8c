using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests.Rules;

/// <summary>Where conventions meet, and where they part: both in 31 digits.</summary>
public class CoincidenceTests
{
    static readonly Expr t = Step + 1;

    static readonly Dictionary<string, (Rule One, Rule Other)> same = new()
    {
        ["momentum inside and outside the rate, while it is constant"] = (ClassicalMomentum(0.02, 0.9), Momentum(0.02, 0.9)),
        ["friction is what momentum lacks"] = (Friction(0.02, 0.25), Momentum(0.02, 0.75)),
        ["dampening 0 is none"] = (Momentum(0.02, 0.9, dampening: 0), Momentum(0.02, 0.9)),
        ["momentum 0 is gradient descent"] = (Momentum(0.02, 0), Sgd(0.02)),
        ["Nesterov's two steps are PyTorch's form, seen from where the gradient is taken"] = (Nesterov(0.02, 0.9), Momentum(0.02, 0.9, nesterov: true)),
        ["optimistic gradient is Nesterov's form with no memory but the last gradient"] = (OptimisticGradient(0.02), Rule.Of((g, before) => (0.02 * (g + (g - before)), g))),
        ["AdamW without decay is Adam"] = (AdamW(0.01, decay: 0), Adam(0.01)),
        ["decay coupled to the rate is lr·decay outside"] = (AdamW(0.01, decay: 0.1), AdamW(0.01, decay: 0.001, coupled: false)),
        ["for gradient descent L2 is decay"] = (AddDecayedWeights(0.1).Then(Sgd(0.02)), Sgd(0.02).Then(AddDecayedWeights(0.002))),
        ["RMSProp is Adam without momentum and corrections"] = (ScaleByRms(0.99), ScaleByAdam(0, 0.99, 1e-8, epsFirst: true).Then(Scale(1 / Sqrt(1 - Pow(0.99, t))))),
        ["a large psi is NAdam without its schedule"] = (NAdam(0.01, psi: 1e9), NAdamAtOnce(0.01)),
        ["RAdam with an unreachable threshold is momentum"] = (RAdam(0.01, threshold: 1e9), Rule.Of((g, m) => (0.01 / (1 - Pow(0.9, t)) * (0.9 * m + 0.1 * g), 0.9 * m + 0.1 * g))),
        ["Lion whose two betas are equal is the sign of Adam's m"] = (Lion(0.01, 0.9, 0.9), Rule.Of((g, m) => (0.01 * Sign(0.9 * m + 0.1 * g), 0.9 * m + 0.1 * g))),
        ["AdEMAMix with alpha 0 is Adam"] = (AdEMAMix(0.01, alpha: 0), Adam(0.01)),
        ["Lookahead after more steps than are taken is nothing"] = (Momentum(0.02).Then(Lookahead(1_000_000)), Momentum(0.02)),
        ["Lookahead with alpha 1 is nothing"] = (Sgd(0.02).Then(Lookahead(3, 1)), Sgd(0.02)),
        ["schedule-free without interpolation is gradient descent"] = (ScheduleFreeSgd(0.02, 0), Sgd(0.02)),
        ["one step gathered is one step"] = (MultiSteps(Adam(0.01), 1), Adam(0.01)),
        ["nothing is skipped while all is finite"] = (SkipNotFinite(Adam(0.01)), Adam(0.01)),
        ["LAMB is Adam at the weights' size over the step's"] = (Lamb(0.01), ScaleByAdam(eps: 1e-6).Then(Rule.Of(u => 0.01 * u * Where(And(Greater(Norm(Param), 0), Greater(Norm(u), 0)), Norm(Param) / Norm(u), 1)))),
        ["averages leave the steps alone"] = (Adam(0.01).Then(PolyakAverage()).Then(EmaOfWeights()), Adam(0.01)),
        ["clipping by a block's root mean square is clipping by norm"] = (ClipByBlockRms(0.1), ClipByNorm(0.1 * Math.Sqrt(5))),
        ["of one tensor, the norm is the global norm"] = (ClipByNorm(0.1), ClipByGlobalNorm(0.1)),
    };

    static readonly Dictionary<string, (Rule One, Rule Other)> different = new()
    {
        ["momentum inside and outside the rate, when it changes"] = (ClassicalMomentum(InverseTime(0.1), 0.9), Momentum(InverseTime(0.1), 0.9)),
        ["L2 and decay, for an adaptive rule"] = (AddDecayedWeights(0.1).Then(Adam(0.01)), AdamW(0.01, decay: 0.1)),
        ["decay coupled to the rate and not"] = (AdamW(0.01, decay: 0.1), AdamW(0.01, decay: 0.1, coupled: false)),
        ["eps inside the root and outside"] = (RmsProp(0.01, eps: 1e-3, inside: true), RmsProp(0.01, eps: 1e-3)),
        ["eps before the correction and after"] = (AmsGrad(0.01, eps: 1e-3, epsFirst: true), AmsGrad(0.01, eps: 1e-3)),
        ["RAdam's threshold of the paper and of libraries"] = (RAdam(0.01, threshold: 4), RAdam(0.01)),
        ["NAdam with and without a schedule"] = (NAdam(0.01), NAdamAtOnce(0.01)),
        ["Adagrad from 0 and from 0.1"] = (Adagrad(0.01), Adagrad(0.01, initial: 0.1)),
        ["Rprop with and without undoing"] = (Rprop(0.01), Rprop(0.01, undo: true)),
        ["Nesterov and momentum"] = (Nesterov(0.02, 0.9), Momentum(0.02, 0.9)),
    };

    public static TheoryData<string> Same => [.. same.Keys];

    public static TheoryData<string> Different => [.. different.Keys];

    [Theory]
    [MemberData(nameof(Same))]
    public void Two_conventions_are_one(string name) => SameSteps.OnAnyGradients(RuleBench.Of(same[name].One), same[name].Other);

    [Theory]
    [MemberData(nameof(Different))]
    public void Two_conventions_differ(string name) => Assert.Throws<LawException>(() => SameSteps.OnAnyGradients(RuleBench.Of(different[name].One), different[name].Other));

    static Rule NAdamAtOnce(double lr) => Rule.Of((g, m, v) =>
    {
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + (1 - 0.999) * Square(g);
        return (lr * (0.9 * m / (1 - Pow(0.9, t + 1)) + 0.1 * g / (1 - Pow(0.9, t))) / (Sqrt(v / (1 - Pow(0.999, t))) + 1e-8), m, v);
    });
}
