using static OptDsl.Fuzz.Transcription;

namespace OptDsl.Fuzz;

/// <summary>Rules that read the loss: on the bench it is ⟨w, g⟩.</summary>
static class LossTranscriptions
{
    public static IEnumerable<Transcription> All => [PolyakStep(-3, 0.5), PolyakStep(0, null), Momo(1, 0.9, -2), Momo(0.1, 0.5, 0)];

    static Transcription PolyakStep(double best, double? most) => new($"PolyakStep({best}, {most})", Dsl.PolyakStep(best, most is { } m ? m : null), first => (w, g, t) =>
    {
        var rate = Math.Max((Dot(w, g) - best) / (Dot(g, g) + 1e-12), 0);
        rate = Math.Min(rate, most ?? double.PositiveInfinity);
        for (var i = 0; i < w.Length; i++) w[i] -= rate * g[i];
    });

    static Transcription Momo(double lr, double b, double best) => new($"Momo({lr}, {b}, {best})", Dsl.Momo(lr, b, best), first =>
    {
        var (m, f, c) = (new double[first.Length], 0.0, 0.0);
        return (w, g, t) =>
        {
            var old = t == 1 ? 0 : b;
            for (var i = 0; i < w.Length; i++) m[i] = old * m[i] + (1 - old) * g[i];
            f = old * f + (1 - old) * Dot(w, g);
            c = old * c + (1 - old) * Dot(w, g);
            var rate = Dot(m, m) == 0 ? 0 : Math.Min(lr, Math.Max(f + Dot(m, w) - c - best, 0) / Dot(m, m));
            for (var i = 0; i < w.Length; i++) w[i] -= rate * m[i];
        };
    });

    static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
