using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>The gradient is the derivative: against differences that share nothing with it but the loss.</summary>
public class GradientTests(Xunit.Abstractions.ITestOutputHelper output)
{
    sealed record Point(NetworkCase Network, int Examples, int Seed)
    {
        public static FsCheck.Arbitrary<Point> Any => Cases.Of(
            (dice, size) => new Point(NetworkCases.Random(dice, 2 + size / 9, new(IsDifferentiable: true)), dice.Between(1, 4), dice.Between(0, 1000)),
            p => p.Network.Shrink().Where(Cases.IsModel).Select(n => p with { Network = n }).Concat(p.Examples > 1 ? [p with { Examples = 1 }] : []));

        public Model Model => Network.Build().Minimize(Sgd(1));

        public override string ToString() => $"{Network.Text.Lines}Model model = {Network.Text.Loss}.Minimize(Sgd(1));\n// {Examples} examples, seed {Seed}\n";
    }

    [Fact]
    public void Random_networks_have_the_derivative_as_their_gradient()
    {
        // By network: what one derivative cannot tell, those beside it cannot.
        List<GradientCheck> checks = [];
        Law.Holds(Point.Any, p =>
        {
            checks.Add(new());
            checks[^1].Run(p.Model, p.Examples, p.Seed);
        }, 200);
        Few("lay at kinks", check => check.AtKinks, 0.1);
        Few("are undecided", check => check.Undecided, 0.01);
        Few("lose more than 1e-9 in double", check => check.Rounded, 0.05);

        void Few(string what, Func<GradientCheck, int> count, double share)
        {
            var networks = checks.Count(check => count(check) > 0.1 * check.Asked);
            output.WriteLine($"{checks.Sum(count)} of {checks.Sum(check => check.Asked)} derivatives {what}, more than a tenth in {networks} of {checks.Count} networks");
            Assert.True(networks <= share * checks.Count, $"in {networks} of {checks.Count} networks more than a tenth of the derivatives {what}");
        }
    }

    static Model Small => Input(3).Dense(5).Tanh().Dense(4).Relu().Dense(2).Loss(SquaredError).Minimize(Sgd(1));

    [Theory]
    [InlineData(1e-7)]
    [InlineData(-1e-7)]
    public void A_gradient_that_is_off_by_little_is_wrong(double part)
    {
        var check = new GradientCheck { Tamper = (name, g) => { if (name == "dense2.weights") g[7] += part * g.Max(Math.Abs); } };
        Assert.Throws<MismatchException>(() => check.Run(Small, 3, 1));
    }

    [Fact]
    public void A_gradient_that_is_scaled_is_wrong() =>
        Assert.Throws<MismatchException>(() => new GradientCheck { Tamper = (_, g) => { for (var i = 0; i < g.Length; i++) g[i] *= 1 + 1e-8; } }.Run(Small, 3, 1));

    [Fact]
    public void A_gradient_that_is_zero_is_wrong() =>
        Assert.Throws<MismatchException>(() => new GradientCheck { Tamper = (name, g) => { if (name == "dense1.bias") Array.Clear(g); } }.Run(Small, 3, 1));

    /// <summary>Softmax does not see what is added to all of its operands.</summary>
    [Fact]
    public void What_is_zero_by_algebra_has_no_digits()
    {
        var check = new GradientCheck();
        check.Run((Input(3).Dense(4) + Parameter(0.5)).Loss(SoftmaxCrossEntropy).Minimize(Sgd(1)), 3, 1);
        Assert.InRange(check.WorstInFloat, 0, 1e-3);
    }

    [Fact]
    public void Differences_know_how_exact_they_are()
    {
        DoubleDouble one = DoubleDouble.Create(1), h30 = DoubleDouble.Create(30);
        foreach (var (f, slope) in new (Func<DoubleDouble, DoubleDouble>, double)[]
            { (h => DoubleDouble.Sin(one + h), Math.Cos(1)), (h => DoubleDouble.Exp(one + h), Math.E), (h => DoubleDouble.Tanh(h30 * h), 30), (h => DoubleDouble.Create(1e9) + h, 1) })
        {
            var found = CentralDifferences.At0(h => f(DoubleDouble.Create(h)), 0)!.Value;
            Assert.True(Math.Abs(found.Derivative - slope) <= found.Error + 1e-15 * slope);
            Assert.InRange(found.Error, 0, 1e-16 * Math.Max(1, Math.Abs(slope)));
        }
    }

    [Fact]
    public void A_kink_gives_no_difference() => Assert.Null(CentralDifferences.At0(h => h > 0 ? DoubleDouble.Create(h) : null, 0));

    // The mask is -1e30, the largest number on the way, of which exp makes 0.
    [Fact]
    public void A_wrong_gradient_behind_a_mask_is_found()
    {
        var model = Dsl.Input([3, 4], "x").Attention(2, causal: true).Loss(Dsl.SquaredError).Minimize(Dsl.Sgd(1));
        new GradientCheck().Run(model, 3, 1);
        Assert.Throws<MismatchException>(() => new GradientCheck { Tamper = (_, g) => { for (var i = 0; i < g.Length; i++) g[i] *= 1 + 1e-8; } }.Run(model, 3, 1));
    }
}
