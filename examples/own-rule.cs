// A rule, a layer and a loss of your own are plain functions. Here their laws are checked, and they tell two spirals apart:
//   dotnet run examples/own-rule.cs

#:project ../src/OptDsl.Testing/OptDsl.Testing.csproj
using OptDsl;
using OptDsl.Testing;
using static OptDsl.Dsl;

Console.WriteLine(Check.Laws(Own.Lion(lr: 1e-3), like: Lion(lr: 1e-3)));
using var spirals = new Spirals(seed: 1);
foreach (var step in spirals.Train(Plane.Batches(epochs: 200)).Every(100)) Console.WriteLine(step);
Console.WriteLine(Plane.Map(spirals));
Console.WriteLine($"parameters sha256 {spirals.ParametersHash}");

partial class Spirals
{
    [Compile]
    static Model Model => Input(2).Gated(32).Gated(32).Dense(1).Loss(Own.Logistic).Minimize(Own.Lion(lr: Cosine(2e-3, steps: 1_200)));
}

static class Own
{
    // <rule>
    /// <summary>Lion: the sign of an interpolated momentum. https://arxiv.org/abs/2302.06675</summary>
    public static Rule Lion(Expr lr, double b1 = 0.9, double b2 = 0.99) =>
        Rule.Of((g, m) => (lr * Sign(b1 * m + (1 - b1) * g),      // the step to subtract
                           b2 * m + (1 - b2) * g));               // the next m
    // </rule>

    // <layer>
    public static Expr Gated(this Expr x, int units) => Tanh(x.Dense(units)) * Sigmoid(x.Dense(units));
    // </layer>

    // <loss>
    /// <summary>log(1 + e^(−t·y)) for t = ±1</summary>
    public static Expr Logistic(Expr y, Expr t) => Softplus(-t * y).Sum();
    // </loss>
}

static class Plane
{
    const int PerArm = 192, Rows = 21, Columns = 49;

    public static IEnumerable<Batch> Batches(int epochs) => Enumerable.Range(0, epochs).SelectMany(epoch => Arms().Shuffled(64, epoch: epoch));

    /// <summary>What the network says of the square from −1 to 1.</summary>
    public static string Map(Spirals spirals)
    {
        var map = new System.Text.StringBuilder();
        Span<float> y = stackalloc float[1];
        for (int i = 0; i < Rows * Columns; i++)
        {
            spirals.Predict([i % Columns * 2f / (Columns - 1) - 1, 1 - i / Columns * 2f / (Rows - 1)], y);
            map.Append(y[0] > 0 ? '█' : '·').Append(i % Columns == Columns - 1 ? "\n" : "");
        }
        return map.ToString();
    }

    /// <summary>Two arms, one half a turn behind the other.</summary>
    static Batch Arms()
    {
        double[] sides = [.. Enumerable.Range(0, 2 * PerArm).Select(i => 1.0 - 2 * (i % 2))];
        var points = sides.SelectMany((side, i) =>
        {
            double radius = 0.05 + 0.95 * (i / 2) / PerArm, turn = 3 * Math.PI * radius;
            return new[] { side * radius * Math.Cos(turn), side * radius * Math.Sin(turn) };
        });
        return new(sides.Length, points.ToArray(), sides);
    }
}
