using OptDsl.Compiler;
using OptDsl.Runtime;
using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests.Language;

public class RandomTests
{
    static readonly Rule noise = AddNoise(1, 0);

    [Fact]
    public void Each_call_draws_other_numbers_and_a_value_used_twice_is_drawn_once()
    {
        var x = Parameter(shape: [50]);
        Expr u = RandomUniform(x), v = RandomUniform(x);
        Assert.NotEqual((u - v).ToString(), (u - u).ToString());
        Assert.All(Numbers<Real64>(u - u), n => Assert.Equal(0, n));
        Assert.All(Numbers<Real64>(u - v), n => Assert.NotEqual(0, n));
    }

    [Fact]
    public void A_stream_has_a_path_that_no_edit_outside_its_scope_changes()
    {
        static Expr Net(Func<Expr, Expr> before) => before(Input(4)).Named("noisy", x => (x + RandomNormal(x)).Dense(4)).Dense(1);
        string plain = Net(x => x).ToString(), edited = Net(x => x * RandomUniform(x)).ToString();
        Assert.Contains("stream \"noisy.random1\" []", plain, StringComparison.Ordinal);
        Assert.Contains("stream \"noisy.random2\" []", edited, StringComparison.Ordinal);
        Assert.Contains("stream \"random1\" []", edited, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_with_noise_compare_by_their_text()
    {
        Assert.Equal(AddNoise(1, 0), noise);
        Assert.NotEqual(Rule.Of(g => g + RandomUniform(g) - RandomUniform(g)), Rule.Of(g => RandomUniform(g) is var u ? g + u - u : g));
    }

    [Fact]
    public void Every_parameter_and_every_place_in_a_rule_has_a_stream_of_its_own()
    {
        var model = (Parameter(shape: [6], name: "a") + Parameter(shape: [6], name: "b")).Sum().Minimize(noise.Then(noise).Then(noise.Only(p => p.Path == "b")));
        var streams = model.Updates.SelectMany(u => Dag.PostOrder(u.Step)).Where(e => e.Op == Primitive.Stream).Select(e => (string)e.Data!);
        Assert.Equal(["a/random1", "a/random2", "a/random3", "a/random4", "b/random1", "b/random2", "b/random3", "b/random4", "b/random5", "b/random6"], streams.Distinct().Order(StringComparer.Ordinal));
        using var learner = model.Compile<double>();
        learner.Learn(Batch.Empty);
        Assert.Equal(12, new[] { "a", "b" }.SelectMany(name => learner[name].ToArray()).Distinct().Count());
    }

    [Fact]
    public void Another_seed_and_another_step_draw_other_numbers()
    {
        using var learner = Parameter(shape: [20], name: "w").Sum().Minimize(Rule.Of(g => Param - RandomUniform(g, Hyper("seed", 1)) + 0 * g)).Compile();
        float[] After(double seed)
        {
            learner.Hyperparameters["seed"] = seed;
            learner.Learn(Batch.Empty);
            return learner["w"].ToArray();
        }
        float[] first = After(1), second = After(1), third = After(2);
        Assert.Equal(60, first.Concat(second).Concat(third).Distinct().Count());
    }

    [Fact]
    public void An_example_draws_by_its_place_whatever_the_size_of_the_batch()
    {
        var x = Input([3, 5]);
        var model = (x + RandomUniform(x) + 0 * Parameter(1.0)).Loss(SquaredError).Minimize(Sgd(1));
        using var learner = model.Compile();
        float[] Predicted(int examples)
        {
            var output = new float[examples * 15];
            learner.Predict(new Batch(examples, new float[examples * 15]), output);
            return output;
        }
        var many = Predicted(7);
        Assert.Equal(many[..30], Predicted(2));
        Assert.Equal(many.Length, many.Distinct().Count());
    }

    [Fact]
    public void The_bits_are_the_same_at_every_width_and_for_any_number_of_threads()
    {
        var model = Input(40).Dense(70).Tanh().Dense(70).Loss(SquaredError).Minimize(NoisySgd(0.1).Then(Rule.Of(g => g * RandomUniform(g))));
        string Hash(int threads, VectorWidth width)
        {
            using var learner = model.Compile(seed: 3, maxBatch: 4, threads: threads, width: width);
            var batch = new RandomData(model, ModelCompiler.Optimize(model), 4, 1).Batch(Precision.Single);
            for (var i = 0; i < 3; i++) learner.Learn(batch);
            return learner.ParametersHash;
        }
        Assert.Single(new[] { Hash(1, VectorWidth.Scalar), Hash(1, VectorWidth.Bits128), Hash(1, VectorWidth.Bits256), Hash(1, VectorWidth.Bits512), Hash(2, VectorWidth.Auto), Hash(3, VectorWidth.Bits128) }.Distinct());
    }

    [Theory]
    [InlineData(1, 0, 0.5, 1.0 / 12)]
    [InlineData(0, 1, 0, 1)]
    public void They_have_the_moments_of_their_law(int uniform, int normal, double mean, double variance)
    {
        var x = Parameter(shape: [300, 300]);
        Expr drawn = uniform * RandomUniform(x) + normal * RandomNormal(x);
        foreach (var numbers in new[] { Numbers<Real32>(drawn), Numbers<Real64>(drawn) })
        {
            var n = numbers.Length;
            Assert.All(numbers, z => Assert.True(double.IsFinite(z)));
            Assert.InRange(numbers.Average(), mean - 5 * Math.Sqrt(variance / n), mean + 5 * Math.Sqrt(variance / n));
            Assert.InRange(numbers.Average(z => (z - mean) * (z - mean)) / variance, 1 - 5 * Math.Sqrt(2.0 / n), 1 + 5 * Math.Sqrt(2.0 / n));
            // The share within one deviation: erf(1/√2) or 1/√3.
            var share = normal == 1 ? 0.6826894921 : 1 / Math.Sqrt(3);
            Assert.InRange(numbers.Count(z => Math.Abs(z - mean) < Math.Sqrt(variance)) / (double)n, share - 5 * Math.Sqrt(share * (1 - share) / n), share + 5 * Math.Sqrt(share * (1 - share) / n));
        }
    }

    [Fact]
    public void A_number_that_is_drawn_alone_keeps_a_floats_bits_so_that_it_stays_below_1()
    {
        var one = Numbers<Real64>(RandomUniform(Parameter(0.5)) + 0 * Parameter(1.0))[0];
        Assert.Equal((float)one, one);
        Assert.NotEqual(0, one);
    }

    [Fact]
    public void A_seed_is_one_number_of_the_step()
    {
        Assert.Contains("seed", Assert.Throws<OptDslException>(() => RandomUniform(Input(3), Parameter(1.0))).Message, StringComparison.Ordinal);
        Assert.Contains("before the first step", Assert.Throws<OptDslException>(() => Rule.Of(init: p => RandomNormal(p), step: (g, m) => (g, m))).Message, StringComparison.Ordinal);
    }

    static double[] Numbers<S>(Expr drawn) where S : struct, IScalar<S>
    {
        // A loss whose gradient has the numbers as factors.
        var model = (drawn * Parameter(drawn.Shape.ToArray(), Init.Zero, "ones")).Sum().Minimize(Sgd(1));
        var graph = ModelCompiler.Optimize(model);
        var at = new Interpreter<S>(graph);
        foreach (var p in model.Trained) at.State[p.Path] = new S[p.Shape.Size];
        var gradient = graph.Roots.Gradients.Single(g => g.Name == "ones").Value;
        return Array.ConvertAll(at.Evaluate(1, [gradient])[gradient], n => n.Value);
    }
}
