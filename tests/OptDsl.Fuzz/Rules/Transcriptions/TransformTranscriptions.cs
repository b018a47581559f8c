using static OptDsl.Dsl;
using static OptDsl.Fuzz.Transcription;

namespace OptDsl.Fuzz;

/// <summary>What changes a gradient or ends a step.</summary>
static class TransformTranscriptions
{
    public static IEnumerable<Transcription> All =>
    [
        new("Clip(0.1)", Clip(0.1), Each(0, (w, g, t, s) => w - Math.Clamp(g, -0.1, 0.1))),
        new("ClipByNorm(0.3)", ClipByNorm(0.3), _ => (w, g, t) =>
        {
            var factor = Norm(g) > 0.3 ? 0.3 / Norm(g) : 1;
            for (var i = 0; i < w.Length; i++) w[i] -= factor * g[i];
        }),
        new("ClipByBlockRms(0.2)", ClipByBlockRms(0.2), _ => (w, g, t) =>
        {
            var rms = Norm(g) / Math.Sqrt(g.Length);
            for (var i = 0; i < w.Length; i++) w[i] -= rms > 0.2 ? g[i] / rms * 0.2 : g[i];
        }),
        AdaptiveClip(0, 0.1), AdaptiveClip(3, 0.05),
        new("Centralize()", Centralize(), _ => (w, g, t) =>
        {
            for (var j = 0; j < Columns; j++)
            {
                var mean = (g[j] + g[Columns + j] + g[2 * Columns + j]) / 3;
                for (var i = j; i < w.Length; i += Columns) w[i] -= g[i] - mean;
            }
        }, 3),
        new("ProjectToNonNegative() after Sgd(0.5)", Sgd(0.5).Then(ProjectToNonNegative()), Each(0, (w, g, t, s) => Math.Max(0, w - 0.5 * g))),
        new("ProjectToBox(-0.5, 1) after Sgd(0.5)", Sgd(0.5).Then(ProjectToBox(-0.5, 1)), Each(0, (w, g, t, s) => Math.Clamp(w - 0.5 * g, -0.5, 1))),
        new("ProjectToBall(0.7) after Sgd(0.5)", Sgd(0.5).Then(ProjectToBall(0.7)), _ => (w, g, t) =>
        {
            for (var i = 0; i < w.Length; i++) w[i] -= 0.5 * g[i];
            var norm = Norm(w);
            for (var i = 0; norm > 0.7 && i < w.Length; i++) w[i] *= 0.7 / norm;
        }),
        new("ProjectToMaxNorm(0.7) after Sgd(0.5)", Sgd(0.5).Then(ProjectToMaxNorm(0.7)), _ => (w, g, t) =>
        {
            for (var i = 0; i < w.Length; i++) w[i] -= 0.5 * g[i];
            for (var j = 0; j < Columns; j++)
            {
                var norm = Math.Sqrt(w[j] * w[j] + w[Columns + j] * w[Columns + j] + w[2 * Columns + j] * w[2 * Columns + j]);
                for (var i = j; norm > 0.7 && i < w.Length; i += Columns) w[i] *= 0.7 / norm;
            }
        }, 3),
        // By sorting, as the projection is usually found.
        new("ProjectToSimplex() after Sgd(0.5)", Sgd(0.5).Then(ProjectToSimplex()), _ => (w, g, t) =>
        {
            for (var i = 0; i < w.Length; i++) w[i] -= 0.5 * g[i];
            double sum = 0, tau = 0;
            var count = 0;
            foreach (var x in w.OrderDescending())
            {
                sum += x;
                if (x - (sum - 1) / ++count > 0) tau = (sum - 1) / count;
            }
            for (var i = 0; i < w.Length; i++) w[i] = Math.Max(0, w[i] - tau);
        }),
        MultiSteps(4), MultiSteps(7),
        Sam(0.05), Sam(0.5),
    ];

    /// <summary>Momentum whose gradients come from above.</summary>
    static Transcription Sam(double rho) => new($"Sam(Momentum(0.01, 0.9), {rho})", Dsl.Sam(Momentum(0.01, 0.9), rho), first =>
    {
        double[] v = new double[first.Length], below = [.. first];
        return (w, g, t) =>
        {
            if (t % 2 == 1) below = [.. w];
            for (var i = 0; i < w.Length; i++)
                if (t % 2 == 1) w[i] += rho * g[i] / (Norm(g) + 1e-12);
                else
                {
                    v[i] = 0.9 * v[i] + g[i];
                    w[i] = below[i] - 0.01 * v[i];
                }
        };
    });

    /// <summary>Adam whose t counts its own steps; s: Σ g, m, v.</summary>
    static Transcription MultiSteps(int k) => new($"MultiSteps(Adam(0.01), {k})", Dsl.MultiSteps(Adam(0.01), k), Each(3, (w, g, t, s) =>
    {
        s[0] += g;
        if (t % k != 0) return w;
        var mean = s[0] / k;
        s[0] = 0;
        s[1] = 0.9 * s[1] + 0.1 * mean;
        s[2] = 0.999 * s[2] + 0.001 * mean * mean;
        return w - 0.01 * (s[1] / (1 - Math.Pow(0.9, t / k))) / (Math.Sqrt(s[2] / (1 - Math.Pow(0.999, t / k))) + 1e-8);
    }));

    /// <summary>A unit is a column, and a vector is one unit.</summary>
    static Transcription AdaptiveClip(int rows, double clipping) => new($"AdaptiveClip({clipping}), {rows} rows", Dsl.AdaptiveClip(clipping), _ => (w, g, t) =>
    {
        var columns = rows == 0 ? 1 : Columns;
        for (var j = 0; j < columns; j++)
        {
            var (weights, gradients) = (0.0, 0.0);
            for (var i = j; i < w.Length; i += columns) (weights, gradients) = (weights + w[i] * w[i], gradients + g[i] * g[i]);
            var most = clipping * Math.Max(Math.Sqrt(weights), 1e-3);
            for (var i = j; i < w.Length; i += columns) w[i] -= Math.Sqrt(gradients) > most ? g[i] * most / Math.Sqrt(gradients) : g[i];
        }
    }, rows);
}
