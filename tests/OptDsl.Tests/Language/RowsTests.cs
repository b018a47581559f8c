using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests.Language;

/// <summary>A product of rows: of a matrix per example, each row meets the same weights.</summary>
public class RowsTests
{
    const int Rows = 3, Width = 5, Units = 4, Examples = 2;

    static readonly float[] numbers = [.. Enumerable.Range(0, Examples * Rows * Width).Select(i => MathF.Sin(i))];

    [Fact]
    public void Each_row_is_an_example_of_its_own()
    {
        static Model Model(Expr x) => x.Dense(Units, bias: Init.Uniform(-1, 1)).Tanh().Dense(1).Flatten().Sum().Loss(SquaredError).Minimize(Sgd(0.1));
        using ILearner<float> matrix = Model(Input([Rows, Width])).Compile(seed: 4), vector = Model(Input(Width)).Compile(seed: 4, maxBatch: Rows * Examples);
        float[] sums = new float[Examples], each = new float[Rows * Examples];
        matrix.Predict(new Batch(Examples, numbers), sums);
        vector.Predict(new Batch(Rows * Examples, numbers), each);
        for (var e = 0; e < Examples; e++) Assert.Equal(each[(e * Rows)..((e + 1) * Rows)].Sum(), sums[e], 1e-6f);
    }

    [Fact]
    public void The_weights_gradient_is_the_sum_over_rows_and_examples()
    {
        static Expr Layer(Expr x) => x.Dense(Units, Init.Glorot, Init.Uniform(-1, 1)).Tanh();
        using var matrix = Layer(Input([Rows, Width])).Sum().Minimize(Sgd(0.1)).Compile<double>(seed: 4);
        using var vector = Layer(Input(Width)).Sum().Minimize(Sgd(0.1)).Compile<double>(seed: 4, maxBatch: Rows * Examples);
        double[] data = Array.ConvertAll(numbers, x => (double)x);
        matrix.Gradient(new Batch(Examples, data));
        vector.Gradient(new Batch(Rows * Examples, data));
        foreach (var name in new[] { "dense1.weights", "dense1.bias" })
            Assert.Equal(vector.GradientOf(name).ToArray().Select(g => Rows * g), matrix.GradientOf(name).ToArray(), (a, b) => Math.Abs(a - b) <= 1e-14 * Math.Abs(a) + 1e-15);
    }

    [Fact]
    public void A_bias_per_row_is_not_mistaken_for_one_per_column()
    {
        // As many rows as columns, so that only the place tells.
        var x = Input([Width, Width]);
        var perRow = Parameter([Width, 1], Init.Values(1, 2, 3, 4, 5), "b");
        using var learner = (MatMul(x, Parameter([Width, Width], Init.Zero, "w")) + perRow).Loss(SquaredError).Minimize(Sgd(0.1)).Compile();
        var output = new float[Width * Width];
        learner.Predict(new Batch(1, new float[Width * Width]), output);
        Assert.Equal(Enumerable.Range(0, Width * Width).Select(i => 1f + i / Width), output);
    }

    [Fact]
    public void Without_a_dimension_there_is_nothing_to_multiply()
    {
        Assert.Contains("Dense", Assert.Throws<OptDslException>(() => Input([]).Dense(3)).Message, StringComparison.Ordinal);
        Assert.Equal("OPT0101", Assert.Throws<OptDslException>(() => MatMul(Input([2, 3]), Parameter([4, 5]))).Code);
        Assert.Equal("OPT0101", Assert.Throws<OptDslException>(() => MatMul(Input([2, 3]), Input([2, 3]))).Code);
        Assert.Equal("OPT0101", Assert.Throws<OptDslException>(() => MatMul(Input(3), Input([3, 5]))).Code);
    }

    [Fact]
    public void An_embedding_of_real_numbers_is_told() => Assert.Equal(
        "OPT0103: numbers that pick rows of a table must be integers, but input 'tokens' [5] is real; declare them with IntegerInput(\"tokens\")",
        Assert.Throws<OptDslException>(() => Input(5, "tokens").Embedding(9, 4)).Message);
}
