using System.Globalization;
using System.Text;

namespace OptDsl.Testing;

/// <summary>What a rule is put through: weights and a gradient for each step, row-major.</summary>
internal sealed record RuleTrial(Rule Rule, Shape Shape, double[] Weights, IReadOnlyList<double[]> Gradients)
{
    RuleBench? bench;

    /// <summary>Random ones of a shape, at most so many steps; gradients from 1e-8 to 100, zeros among them.</summary>
    public static FsCheck.Arbitrary<RuleTrial> Of(Rule rule, Shape shape, int steps) => Cases.Of(
        (dice, size) => new RuleTrial(rule, shape, Numbers(dice, shape, d => d.Number(-2, 2)),
            [.. Enumerable.Range(0, dice.Between(1, 1 + steps * size / 100)).Select(_ => Numbers(dice, shape, Gradient))]),
        t => t.Shrink());

    static double[] Numbers(Dice dice, Shape shape, Func<Dice, double> one) => [.. Enumerable.Range(0, (int)shape.Size).Select(_ => one(dice))];

    static double Gradient(Dice dice) => dice.Chance(0.1) ? 0 : (dice.Chance(0.5) ? 1 : -1) * double.Parse($"{dice.Between(1, 99)}e{dice.Between(-9, 0)}", CultureInfo.InvariantCulture);

    /// <summary>The rule on a bench of this shape.</summary>
    public RuleBench Bench => bench ??= new(Rule, Shape);

    /// <summary>Fewer steps first, by halves; then simpler numbers: 0, 1, a power of two, fewer digits.</summary>
    public IEnumerable<RuleTrial> Shrink()
    {
        if (Gradients.Count > 1)
        {
            yield return this with { Gradients = [.. Gradients.Take(Gradients.Count / 2)] };
            yield return this with { Gradients = [.. Gradients.Skip(Gradients.Count / 2)] };
            for (var i = 0; i < Gradients.Count; i++) yield return this with { Gradients = [.. Gradients.Where((_, k) => k != i)] };
        }
        if (Shape.Size > 1)
        {
            var least = new Shape([.. Shape.Dims.Select(_ => 1)]);
            for (var i = 0; i < Weights.Length; i++) yield return new(Rule, least, [Weights[i]], [.. Gradients.Select(g => new[] { g[i] })]);
            // All elements as the first one.
            if (Weights.Distinct().Count() > 1) yield return this with { Weights = Array.ConvertAll(Weights, _ => Weights[0]) };
            if (Gradients.Any(g => g.Distinct().Count() > 1)) yield return this with { Gradients = [.. Gradients.Select(g => Array.ConvertAll(g, _ => g[0]))] };
        }
        if (Weights.Any(w => w != 0)) yield return this with { Weights = new double[Weights.Length] };
        for (var i = 0; i < Weights.Length; i++)
            foreach (var simpler in Simpler(Weights[i])) yield return this with { Weights = [.. Weights.Select((w, k) => k == i ? simpler : w)] };
        for (var step = 0; step < Gradients.Count; step++)
            for (var i = 0; i < Gradients[step].Length; i++)
                foreach (var simpler in Simpler(Gradients[step][i]))
                    yield return this with { Gradients = [.. Gradients.Select((g, s) => s != step ? g : [.. g.Select((x, k) => k == i ? simpler : x)])] };
    }

    static IEnumerable<double> Simpler(double x)
    {
        if (x == 0) yield break;
        yield return 0;
        if (x == 1) yield break;
        yield return 1;
        if (x == -1) yield break;
        yield return -1;
        var power = Math.CopySign(Math.ScaleB(1, Math.ILogB(x)), x);
        if (power != x) yield return power;
    }

    public bool Equals(RuleTrial? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    /// <summary>C# with the exact numbers, then their bits.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"Rule rule = {Declaration.Of(Rule)};\n");
        text.Append(CultureInfo.InvariantCulture, $"Expr w = Parameter(shape: {Shape}, Init.Values({Row(Weights)}), name: \"w\");\n");
        text.Append(CultureInfo.InvariantCulture, $"Model model = (w * Input({Shape}, \"g\")).Sum().Minimize(rule);       // the gradient of w is g\n");
        foreach (var g in Gradients) text.Append(CultureInfo.InvariantCulture, $"learner.Learn(new Batch(1, new double[] {{ {Row(g)} }}));      // bits {string.Join(' ', g.Select(x => BitConverter.DoubleToInt64Bits(x).ToString("x16", CultureInfo.InvariantCulture)))}\n");
        return text.ToString();
    }

    static string Row(double[] numbers) => string.Join(", ", numbers.Select(n => n.ToString("R", CultureInfo.InvariantCulture)));
}
