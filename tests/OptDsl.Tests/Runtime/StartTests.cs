using FsCheck.Fluent;
using OptDsl.Runtime;
using Xunit;

namespace OptDsl.Tests.Runtime;

using Start = OptDsl.Runtime.Start;

public sealed class StartTests
{
    [Theory]
    // Random123, kat_vectors, philox4x32 with 10 rounds.
    [InlineData(0x0000000000000000UL, 0x0000000000000000UL, 0x0000000000000000UL, 0xe169c58d6627e8d5UL, 0x9b00dbd8bc57ac4cUL)]
    [InlineData(0xffffffffffffffffUL, 0xffffffffffffffffUL, 0xffffffffffffffffUL, 0x41c83b0e408f276dUL, 0x6d5451fda20bc7c6UL)]
    [InlineData(0x299f31d0a4093822UL, 0x0370734413198a2eUL, 0x85a308d3243f6a88UL, 0x94fdccebd16cfe09UL, 0x24126ea15001e420UL)]
    public void Philox_has_the_published_bits(ulong seed, ulong stream, ulong element, ulong low, ulong high) =>
        Assert.Equal((low, high), new Philox(seed, stream).Block(element));

    [Theory]
    [InlineData("", 0xcbf29ce484222325UL)]
    [InlineData("a", 0xaf63dc4c8601ec8cUL)]
    [InlineData("foobar", 0x85944171f73967e8UL)]
    public void A_stream_is_the_published_hash(string name, ulong hash) => Assert.Equal(hash, Philox.Stream(name));

    [Fact]
    public void Constants_and_values_are_themselves()
    {
        Assert.Equal([2.5, 2.5], Filled(Start.Constant(2.5), 2));
        Assert.Equal([1, -2, 1e300], Filled(Start.Values([1, -2, 1e300]), 3));
        Assert.Equal([0, 0], Filled(default, 2));
        Assert.Throws<ArgumentException>(() => Filled(Start.Values([1, 2]), 3));
        float[] narrowed = new float[1];
        Start.Constant(0.1).Fill<float>(0, "w", 1, narrowed);
        Assert.Equal(0.1f, narrowed[0]);
    }

    [Fact]
    public void Uniform_fills_its_range_evenly()
    {
        double[] values = Filled(Start.Uniform(-3, 5), 100_000);
        Assert.All(values, v => Assert.InRange(v, -3, 5));
        Assert.Equal(1, values.Average(), 1);
        Assert.InRange(values.Average(v => (v - 1) * (v - 1)), 64.0 / 12 - 0.06, 64.0 / 12 + 0.06);
        for (int tenth = 0; tenth < 10; tenth++)
            Assert.InRange(values.Count(v => Math.Floor((v + 3) / 0.8) == tenth), 9_500, 10_500);
    }

    [Fact]
    public void Normal_has_its_moments_and_tails()
    {
        double[] z = [.. Filled(Start.Normal(2, 3), 100_000).Select(v => (v - 2) / 3)];
        Assert.InRange(z.Average(), -0.015, 0.015);
        Assert.InRange(z.Average(v => v * v), 0.98, 1.02);
        Assert.InRange(z.Average(v => v * v * v), -0.05, 0.05);
        Assert.InRange(z.Average(v => v * v * v * v), 2.85, 3.15);
        Assert.InRange(z.Count(v => Math.Abs(v) > 2), 4_250, 4_850);
    }

    [Fact]
    public void Seed_and_name_change_the_numbers_and_nothing_else_does()
    {
        double[] a = Filled(Start.Normal(0, 1), 50);
        Assert.Equal(a, Filled(Start.Normal(0, 1), 50));
        Assert.Equal(a[..20], Filled(Start.Normal(0, 1), 20));
        Assert.Empty(a.Intersect(Filled(Start.Normal(0, 1), 50, seed: 2)));
        Assert.Empty(a.Intersect(Filled(Start.Normal(0, 1), 50, name: "v")));
    }

    [Fact]
    public void The_layout_does_not_show() => Properties.Hold(Prop.ForAll(
        Gen.Choose(1, 5).Three().Zip(Gen.Choose(1, 70)).ToArbitrary(), x =>
        {
            ((int a, int b, int panels), int columns) = x;
            using Learner<double> narrow = OneTensor([a, b, columns], 16), wide = OneTensor([a, b, columns], 16 * panels);
            double[] values = narrow["w"].ToArray(), expected = new double[values.Length];
            Start.Normal(0, 1).Fill<double>(5, "w", columns, expected);
            wide["w"].CopyFrom(values);
            return values.SequenceEqual(expected) && wide["w"].ToArray().SequenceEqual(values) && narrow.ParametersHash == wide.ParametersHash
                && !values.SequenceEqual(new double[values.Length]);
        }));

    static double[] Filled(Start start, int count, ulong seed = 1, string name = "w", int columns = 1)
    {
        double[] values = new double[count];
        start.Fill<double>(seed, name, columns, values);
        return values;
    }

    internal static Learner<double> OneTensor(int[] shape, int width)
    {
        var info = new TensorInfo("w", shape, width, 16, Start.Normal(0, 1));
        return new(new Definition<double>
        {
            Model = "One", Fingerprint = "", Columns = [], Outputs = [], Parameters = [info], Slots = [], Gradients = [],
            Fixed = 16 + info.Extent, PerExample = 0, Summary = [], Program = (workspace, _) => new Idle(workspace),
        }, 5, 1, 1, VectorWidth.Auto);
    }

    sealed class Idle(Workspace<double> workspace) : StepProgram<double>(workspace)
    {
        public override double Learn(nint n) => 0;

        public override double Evaluate(nint n) => 0;

        public override double Gradient(nint n) => 0;

        public override void Predict(nint n)
        {
        }
    }
}
