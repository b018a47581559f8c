using OptDsl.Compiler;

namespace OptDsl.Testing;

/// <summary>
/// Exactly on a kink the gradient goes where the computation went: |x| has slope 0 at 0, a choice the slope of what it chose.
/// That is what a number carries forward, so both agree on ties too. A maximum along a row shares its gradient, which is
/// <see cref="DerivativeLaw"/>'s.
/// </summary>
internal static class KinkLaw
{
    static readonly double[] few = [0, -0.0, 1, -1, 0.5];

    /// <exception cref="MismatchException">A gradient on a tie is another one.</exception>
    public static void Check(Model model, Graph declared)
    {
        if (Branches.Below(declared.Roots.Loss).Any(v => v.Op == Primitive.Max)) return;
        for (var seed = 0; seed < 4; seed++) At(model, declared, seed);
    }

    static void At(Model model, Graph declared, int seed)
    {
        const int examples = 2;
        var random = new Random(seed);
        var at = new Interpreter<Dual<DoubleDouble>>(declared);
        foreach (var (name, numbers) in new RandomData(model, declared, examples, seed).Columns)
            at.Data[name] = numbers.All(double.IsInteger) ? numbers : Array.ConvertAll(numbers, _ => few[random.Next(few.Length)]);
        foreach (var parameter in model.Trained)
            at.State[parameter.Path] = [.. Enumerable.Range(0, (int)parameter.Shape.Size).Select(_ => Dual<DoubleDouble>.Create(few[random.Next(few.Length)]))];
        var gradients = at.Evaluate(examples, declared.Roots.Gradients.Select(g => g.Value));
        foreach (var (name, gradient) in declared.Roots.Gradients)
        {
            var start = at.State[name];
            foreach (var index in new[] { 0, start.Length / 2, start.Length - 1 }.Distinct())
            {
                at.State[name] = [.. start.Select((n, i) => i == index ? n with { Slope = DoubleDouble.Create(1) } : n)];
                double carried = at.Evaluate(examples, [declared.Roots.Loss])[declared.Roots.Loss][0].Slope.Value, found = gradients[gradient][index].Number.Value;
                // At the root of 0 neither has one.
                if (double.IsFinite(carried) && double.IsFinite(found) && !(Math.Abs(carried - found) <= 1e-12 * (1 + Math.Abs(carried)))) throw new MismatchException($"gradient of {name}[{index}]: {found}, carried forward {carried}");
            }
            at.State[name] = start;
        }
    }
}
