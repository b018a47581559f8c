using static OptDsl.Dsl;
using static OptDsl.Fuzz.Transcription;

namespace OptDsl.Fuzz;

/// <summary>Rules that hold a second set of weights.</summary>
static class AverageTranscriptions
{
    public static IEnumerable<Transcription> All =>
    [
        Lookahead(5, 0.5, 0.1), Lookahead(3, 0.8, 0.02),
        ScheduleFreeSgd(0.1, 0.9), ScheduleFreeSgd(0.5, 0.5),
        ScheduleFreeAdamW(0.01, 0.9, 0.999, 0), ScheduleFreeAdamW(0.05, 0.8, 0.9, 0.1),
    ];

    /// <summary>Around momentum; s: velocity, slow weight.</summary>
    static Transcription Lookahead(int k, double alpha, double lr) => new(
        $"Lookahead({k}, {alpha}) after Momentum({lr})", Momentum(lr).Then(Dsl.Lookahead(k, alpha)), Each(w => [0, w], (w, g, t, s) =>
        {
            s[0] = 0.9 * s[0] + g;
            w -= lr * s[0];
            if (t % k != 0) return w;
            return s[1] += alpha * (w - s[1]);
        }));

    /// <summary>s: z, x; the weight of each z is the same, so x is their plain mean.</summary>
    static Transcription ScheduleFreeSgd(double lr, double beta) => new($"ScheduleFreeSgd({lr}, {beta})", Dsl.ScheduleFreeSgd(lr, beta), Each(w => [w, w], (y, g, t, s) =>
    {
        s[0] -= lr * g;
        s[1] = (1 - 1.0 / t) * s[1] + 1.0 / t * s[0];
        return (1 - beta) * s[0] + beta * s[1];
    }));

    /// <summary>s: z, x, v, Σγ².</summary>
    static Transcription ScheduleFreeAdamW(double lr, double b1, double b2, double decay) => new(
        $"ScheduleFreeAdamW({lr}, {b1}, {b2}, {decay})", Dsl.ScheduleFreeAdamW(lr, b1, b2, decay: decay), Each(w => [w, w, 0, 0], (y, g, t, s) =>
        {
            s[2] = b2 * s[2] + (1 - b2) * g * g;
            var rate = lr * Math.Sqrt(1 - Math.Pow(b2, t));
            s[0] = s[0] - rate * g / (Math.Sqrt(s[2]) + 1e-8) - rate * decay * y;
            s[3] += rate * rate;
            var c = rate * rate / s[3];
            s[1] = (1 - c) * s[1] + c * s[0];
            return (1 - b1) * s[0] + b1 * s[1];
        }));
}
