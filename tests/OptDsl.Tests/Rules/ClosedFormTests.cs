using OptDsl.Fuzz;
using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests.Rules;

/// <summary>What rules do while the gradient is constant, and on a parabola, where both are known in closed form.</summary>
public class ClosedFormTests
{
    static readonly Expr t = Step + 1;

    static readonly Dictionary<string, ClosedForm> constant = ClosedForm.All.ToDictionary(c => c.ToString());

    static readonly Dictionary<string, Orbit> orbits = Orbit.All.ToDictionary(o => o.ToString());

    public static TheoryData<string> Constant => [.. constant.Keys];

    [Theory]
    [MemberData(nameof(Constant))]
    public void On_constant_gradients_it_has_the_closed_form(string name) => constant[name].Check();

    public static TheoryData<string> Orbits => [.. orbits.Keys];

    [Theory]
    [MemberData(nameof(Orbits))]
    public void On_a_loss_where_its_weights_are_known_it_is_there(string name) => orbits[name].Check();

    /// <summary>On |w| from 0.025 with steps of 0.01: over the minimum, back to before it, and on with half of a step.</summary>
    [Fact]
    public void Rprop_goes_back_to_before_the_flip() => Assert.Equal([0.015, 0.003, -0.0114, 0.003, -0.0042],
        new RuleBench(Rprop(0.01, undo: true), new(1)).Descend([0.025], w => [Math.Sign(w[0])]).Take(5).Select(w => Math.Round(w[0], 12)));

    /// <summary>lr = 4/(√L + √μ)² and mu = ((√κ − 1)/(√κ + 1))²: both ends of the spectrum shrink by √mu a step.</summary>
    [Fact]
    public void The_heavy_ball_at_its_best_shrinks_by_the_root_of_its_momentum()
    {
        const double mu = 9.0 / 11 * (9.0 / 11);
        var w = new RuleBench(Momentum(4.0 / 121, mu), new(2)).Descend([1, 1], w => [w[0], 100 * w[1]]).Take(400).ToArray();
        foreach (var i in new[] { 0, 1 })
        {
            var rate = Math.Pow(Enumerable.Range(350, 40).Max(k => Math.Abs(w[k][i])) / Enumerable.Range(150, 40).Max(k => Math.Abs(w[k][i])), 1 / 200.0);
            Assert.InRange(rate, 0.81, 0.8225);
        }
    }

    [Fact]
    public void Amsgrad_converges_where_Adam_does_not()
    {
        // Reddi's example: gradient 1010 at every 101st step and −10 between, so that −1 is best, within [−1, 1].
        double[] g = [1010], other = [-10];
        double Last(Rule rule) => new RuleBench(rule.Then(ProjectToBox(-1, 1)), new(1)).Run<Real64>([0], Enumerable.Range(0, 200_000).Select(k => k % 101 == 0 ? g : other)).Last()[0];
        Assert.True(Last(Adam(0.1 / Sqrt(t), 0.9, 0.99)) > 0.5);
        Assert.True(Last(AmsGrad(0.1 / Sqrt(t), 0.9, 0.99)) < 0);
    }

    [Fact]
    public void Averages_in_slots_are_the_averages_of_the_weights()
    {
        var model = (Parameter([1.0, -2], "w") * Input(2, "g")).Sum().Minimize(Sgd(0.1).Then(PolyakAverage()).Then(EmaOfWeights(0.9)).Then(EmaOfWeights(0.9, debias: true)));
        var learner = new Interpreter<Real64>(OptDsl.Compiler.ModelCompiler.Optimize(model)) { State = { ["w"] = [new(1), new(-2)] } };
        learner.Start();
        var (random, weights) = (new Random(1), new List<double> { 1 });
        for (var k = 1; k <= 20; k++)
        {
            learner.Data["g"] = [random.NextDouble(), 1];
            learner.Learn(1);
            weights.Add(learner.State["w"][0].Value);
            var decaying = Enumerable.Range(1, k).Sum(i => 0.1 * Math.Pow(0.9, k - i) * weights[i]);
            Assert.Equal(weights.Skip(1).Average(), learner.State["w/average"][0].Value, 1e-13);
            Assert.Equal(decaying + Math.Pow(0.9, k), learner.State["w/average2"][0].Value, 1e-13);
            Assert.Equal(decaying / (1 - Math.Pow(0.9, k)), learner.State["w/average3"][0].Value, 1e-13);
        }
    }

    [Fact]
    public void A_gradient_that_is_not_finite_moves_neither_weights_nor_slots()
    {
        double[] good = [1, -2], bad = [0.5, double.PositiveInfinity], worse = [double.NaN, 1];
        double[][] Run(params double[][] gradients) => [.. new RuleBench(SkipNotFinite(Momentum(0.1)), new(2)).Run<Real64>([1, 1], gradients)];
        double[][] skipped = Run(good, bad, worse, good), plain = Run(good, good);
        Assert.Equal([plain[0], plain[0], plain[0], plain[1]], skipped);
    }

    /// <summary>Where a tensor is bad, others wait too.</summary>
    [Fact]
    public void A_bad_gradient_of_one_tensor_stops_all()
    {
        var model = ((Parameter([1.0], "a") * Input(1, "x")).Sum() + (Parameter([1.0], "b") * Input(1, "y")).Sum()).Minimize(SkipNotFinite(Adam(0.1)));
        var learner = new Interpreter<Real64>(OptDsl.Compiler.ModelCompiler.Optimize(model)) { State = { ["a"] = [new(1)], ["b"] = [new(1)] } };
        learner.Start();
        (learner.Data["x"], learner.Data["y"]) = ([double.NaN], [1]);
        learner.Learn(1);
        Assert.Equal([1, 1, 0, 0], new[] { "a", "b", "a/m", "b/m" }.Select(name => learner.State[name][0].Value));
    }

    [Fact]
    public void What_takes_several_calls_skips_none()
    {
        Assert.Contains("MultiSteps(SkipNotFinite(rule), k)", Assert.Throws<OptDslException>(() => SkipNotFinite(MultiSteps(Sgd(1), 2))).Message);
        Assert.Throws<OptDslException>(() => SkipNotFinite(Sam(MultiSteps(Sgd(1), 2))));
        Assert.Throws<OptDslException>(() => Sam(MultiSteps(SkipNotFinite(Sgd(1)), 2)));
        double[][] ways = [.. new RuleBench(MultiSteps(SkipNotFinite(Sgd(1.0)), 2), new(1)).Run<Real64>([1], [[double.NaN], [1], [1], [1]])];
        Assert.Equal([1, 1, 1, 0], ways.Select(w => w[0]));
    }

    /// <summary>Of a loss that is a mean, k batches gathered are one batch k times as large, to rules that read the loss too.</summary>
    [Fact]
    public void Gathered_steps_are_those_of_the_large_batch()
    {
        Model Fit(Rule rule) => (Parameter([0.5, -0.5], "w") * Input(2, "x")).Sum().Loss(SquaredError).Minimize(rule);
        foreach (var rule in new[] { AdamW(0.1), PolyakStep(), Momo(0.1) })
        {
            var (random, whole, parts) = (new Random(3), At(Fit(rule), 0.5, -0.5), At(Fit(MultiSteps(rule, 4)), 0.5, -0.5));
            for (var step = 0; step < 10; step++)
            {
                double[] x = [.. Enumerable.Range(0, 16).Select(_ => random.NextDouble())], y = [.. Enumerable.Range(0, 8).Select(_ => random.NextDouble())];
                Learn(whole, x, y);
                for (var i = 0; i < 4; i++) Learn(parts, x[(4 * i)..(4 * i + 4)], y[(2 * i)..(2 * i + 2)]);
                for (var i = 0; i < 2; i++) Assert.Equal(whole.State["w"][i].Value, parts.State["w"][i].Value, 1e-13);
            }
        }

        static void Learn(Interpreter<Real64> learner, double[] x, double[] y)
        {
            (learner.Data["x"], learner.Data["target"]) = (x, y);
            learner.Learn(y.Length);
        }
    }

    /// <summary>A rule that reads the weights sees those that a pair of calls began with, not where it climbed.</summary>
    [Fact]
    public void A_pair_projects_and_averages_what_it_began_with()
    {
        Assert.All(Halves(Sam(Sgd(0.0).Then(ProjectToBox(-1, 1)), 0.5), calls: 2).Zip([1.0, -1, 1]), pair => Assert.Equal(pair.Second, pair.First, 1e-15));
        double[] y = [1, -2, 3], z = [.. y], x = [.. y];
        for (var pair = 1; pair <= 5; pair++)
        {
            var norm = Math.Sqrt(y.Sum(a => a * a));
            for (var i = 0; i < 3; i++)
            {
                z[i] -= 0.1 * (y[i] + 0.5 * y[i] / norm);
                x[i] += (z[i] - x[i]) / pair;
                y[i] = 0.1 * z[i] + 0.9 * x[i];
            }
        }
        Assert.All(Halves(Sam(ScheduleFreeSgd(0.1), 0.5), calls: 10).Zip(y), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
    }

    /// <summary>While all rates were 0 the average of none is where it began.</summary>
    [Fact]
    public void A_schedule_free_rule_may_begin_with_a_rate_of_zero()
    {
        Assert.Equal([1, -2, 3], Halves(ScheduleFreeSgd(Where(Less(Step, 3), 0, 0.1)), calls: 3));
        Assert.All(Halves(ScheduleFreeSgd(Where(Less(Step, 3), 0, 0.1)), calls: 4).Zip([0.9, -1.8, 2.7]), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
    }

    /// <summary>The weights 1, −2 and 3 after so many steps on half of their squares.</summary>
    static double[] Halves(Rule rule, int calls)
    {
        var learner = At((0.5 * Square(Parameter([1.0, -2, 3], "w")).Sum()).Minimize(rule), 1, -2, 3);
        for (var call = 0; call < calls; call++) learner.Learn(1);
        return [.. learner.State["w"].Select(w => w.Value)];
    }

    static Interpreter<Real64> At(Model model, params double[] w)
    {
        var learner = new Interpreter<Real64>(OptDsl.Compiler.ModelCompiler.Optimize(model)) { State = { ["w"] = [.. w.Select(x => new Real64(x))] } };
        learner.Start();
        return learner;
    }
}
