using OptDsl.Runtime;
using OptDsl.Testing;
using OptDsl.Tests.Kernels;
using Xunit;

namespace OptDsl.Tests.Runtime;

using Start = OptDsl.Runtime.Start;

public sealed class OrthogonalStartTests
{
    /// <summary>The Q of the numbers that Normal would have given, by the interpreter's QR; of their transpose where there are fewer rows.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 9)]
    [InlineData(5, 5)]
    [InlineData(40, 7)]
    [InlineData(7, 40)]
    [InlineData(33, 16)]
    public void It_is_the_Q_of_a_Gaussian_matrix(int rows, int columns)
    {
        double[] gaussian = Filled(Start.Normal(0, 1), rows, columns), q = Filled(Start.Orthogonal(1), rows, columns);
        bool isWide = rows < columns;
        double[] tall = isWide ? Turned(gaussian, rows, columns) : gaussian, wanted = Array.ConvertAll(Orthonormal<Real64>.Columns(
            Array.ConvertAll(tall, Real64.Create), Math.Min(rows, columns)), x => x.Number);
        Bits.AssertSame<double>(isWide ? Turned(wanted, columns, rows) : wanted, q);
        IsOrthonormal(isWide ? Turned(q, rows, columns) : q, Math.Min(rows, columns));
        Assert.Equal(q.Select(x => -2.5 * x), Filled(Start.Orthogonal(-2.5), rows, columns));
    }

    /// <summary>Of three dimensions and more the last one is the columns.</summary>
    [Fact]
    public void A_tensor_is_a_matrix_of_its_last_dimension()
    {
        var model = Dsl.Square(Dsl.Parameter([4, 3, 5], Init.Orthogonal(), "w")).Sum().Minimize(Dsl.Sgd(0.1));
        double[] q = new Descent(model, seed: 1)["w"];
        IsOrthonormal(q, 5);
        Assert.Equal(Filled(Start.Orthogonal(1), 12, 5), q);
    }

    /// <summary>Haar's measure: elements of mean 0 and variance 1/n, determinants of either sign, E (tr Q)² = 1. Without a sign for R's diagonal they are not.</summary>
    [Fact]
    public void No_rotation_is_likelier_than_another()
    {
        const int Draws = 20_000;
        double[][] all = [.. Enumerable.Range(0, Draws).Select(seed => Filled(Start.Orthogonal(1), 3, 3, (ulong)seed))];
        double error = 4.5 / Math.Sqrt(Draws);
        for (int i = 0; i < 9; i++)
        {
            Assert.Equal(0, all.Average(q => q[i]), error / Math.Sqrt(3));
            Assert.Equal(1 / 3.0, all.Average(q => q[i] * q[i]), error * Math.Sqrt(4 / 45.0));
        }
        Assert.Equal(0, all.Average(Determinant), error);
        Assert.Equal(1, all.Average(q => (q[0] + q[4] + q[8]) * (q[0] + q[4] + q[8])), error * Math.Sqrt(2));
    }

    [Fact]
    public void Seed_and_name_change_all_of_it_and_nothing_else_does()
    {
        double[] a = Filled(Start.Orthogonal(1), 6, 4);
        Assert.Equal(a, Filled(Start.Orthogonal(1), 6, 4));
        Assert.Empty(a.Intersect(Filled(Start.Orthogonal(1), 6, 4, seed: 2)));
        Assert.Empty(a.Intersect(Filled(Start.Orthogonal(1), 6, 4, name: "v")));
        float[] narrowed = new float[24];
        Start.Orthogonal(1).Fill<float>(1, "w", 4, narrowed);
        Assert.Equal(a.Select(x => (float)x), narrowed);
    }

    /// <summary>What is generated asks for it, at every width of vectors.</summary>
    [Fact]
    public void A_learner_starts_from_it()
    {
        var model = Dsl.Input(5).Dense(9, Init.Orthogonal(0.5)).Loss(Dsl.SquaredError).Minimize(Dsl.Sgd(0.1));
        float[] wanted = new float[45];
        Start.Orthogonal(0.5).Fill<float>(1, "dense1.weights", 9, wanted);
        foreach (VectorWidth width in Enum.GetValues<VectorWidth>())
        {
            using var learner = model.Compile(seed: 1, width: width);
            Assert.Equal(wanted, learner["dense1.weights"].ToArray());
        }
    }

    static double[] Filled(Start start, int rows, int columns, ulong seed = 1, string name = "w")
    {
        double[] values = new double[rows * columns];
        start.Fill<double>(seed, name, columns, values);
        return values;
    }

    static double[] Turned(double[] a, int rows, int columns) => [.. Enumerable.Range(0, a.Length).Select(k => a[k % rows * columns + k / rows])];

    static void IsOrthonormal(double[] q, int columns)
    {
        for (int j = 0; j < columns; j++)
            for (int k = 0; k <= j; k++)
                Assert.Equal(j == k ? 1 : 0, Enumerable.Range(0, q.Length / columns).Sum(i => q[i * columns + j] * q[i * columns + k]), 1e-14);
    }

    static double Determinant(double[] q) =>
        q[0] * (q[4] * q[8] - q[5] * q[7]) - q[1] * (q[3] * q[8] - q[5] * q[6]) + q[2] * (q[3] * q[7] - q[4] * q[6]);
}
