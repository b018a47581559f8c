using static OptDsl.Dsl;

namespace OptDsl.Fuzz;

/// <summary>On 2·w², from 3.</summary>
static class ParabolaOrbits
{
    const double Curvature = 4, Start = 3;

    public static IEnumerable<Orbit> All =>
    [
        Power(nameof(Sgd), Sgd(0.1), 1 - 0.1 * Curvature),
        new(nameof(Sgd), Witness.Quadratic, "at twice the best rate goes from side to side for ever", Sgd(0.5), Parabola, [1], [Start], Powers(-1)),
        // Straight there, then across the minimum for ever.
        Known(nameof(SignSgd), "walks to the minimum and stays beside it", SignSgd(0.4), Enumerable.Range(1, 1000).Select(k => k <= 7 ? Start - 0.4 * k : k % 2 == 0 ? -0.2 : 0.2)),
        // Without the velocity: w″ − w′ = mu·(w′ − w) − lr·g′.
        ThreeTerms(nameof(Momentum), Momentum(0.02, 0.9), 1.9 - 0.02 * Curvature, -0.9, Start),
        ThreeTerms(nameof(ClassicalMomentum), ClassicalMomentum(0.02, 0.9), 1.9 - 0.02 * Curvature, -0.9, Start),
        ThreeTerms(nameof(Friction), Friction(0.02, 0.25), 1.75 - 0.02 * Curvature, -0.75, Start),
        // Nesterov's two sequences: x′ = y − lr·g, y′ = x′ + mu·(x′ − x).
        ThreeTerms(nameof(Nesterov), Nesterov(0.02, 0.9), 1.9 * (1 - 0.02 * Curvature), -0.9 * (1 - 0.02 * Curvature), Start / (1 - 0.02 * Curvature)),
        ThreeTerms(nameof(OptimisticGradient), OptimisticGradient(0.05), 1 - 2 * 0.05 * Curvature, 0.05 * Curvature, 0),
        // The quotient of the norms cancels curvature and decay: the velocity gathers lr·trust·w.
        ThreeTerms(nameof(Lars), Lars(0.5, 0.9, 0.1, 0.02), 1.9 - 0.5 * 0.02, -0.9, Start),
        Power(nameof(Lamb), Lamb(0.1), 1 - 0.1),
        Power(nameof(Fromage), Fromage(0.1), (1 - 0.1) / Math.Sqrt(1 + 0.01)),
        // (L − 0) / g² = ½ / curvature.
        Power(nameof(PolyakStep), PolyakStep(eps: 1e-30), 0.5),
        Power(nameof(PolyakStep), PolyakStep(most: 0.05), 1 - 0.05 * Curvature),
        Power(nameof(Momo), Momo(1, 0), 0.5),
        // 1/12 leads to 2, and the secant from there to the minimum.
        Known(nameof(QuickProp), "finds the minimum with its first secant", QuickProp(1.0 / 12, 4), Enumerable.Range(1, 1000).Select(k => k == 1 ? 2.0 : 0)),
    ];

    static Expr Parabola(Expr w) => Curvature / 2 * Square(w).Sum();

    static Orbit Known(string word, string what, Rule rule, IEnumerable<double> weights) => new(word, Witness.Quadratic, what, rule, Parabola, [1], [Start], weights.Select(w => new[] { w }));

    static Orbit Power(string word, Rule rule, double factor) => new(word, Witness.Quadratic, FormattableString.Invariant($"shrinks by {factor:G4} a step"), rule, Parabola, [1], [Start], Powers(factor));

    static IEnumerable<double[]> Powers(double factor)
    {
        for (var k = 1; ; k++) yield return [Start * Math.Pow(factor, k)];
    }

    /// <summary>w″ = a·w′ + b·w, with a weight before the first one.</summary>
    static Orbit ThreeTerms(string word, Rule rule, double a, double b, double before)
    {
        return Known(word, "is a recurrence of three weights", rule, Weights());

        IEnumerable<double> Weights()
        {
            for (var (last, w) = (before, Start); ;)
            {
                (last, w) = (w, a * w + b * last);
                yield return w;
            }
        }
    }
}
