using static OptDsl.Dsl;
using static OptDsl.Fuzz.Transcription;

namespace OptDsl.Fuzz;

/// <summary>Rules that divide by what the gradients of the element were.</summary>
static class AdaptiveTranscriptions
{
    public static IEnumerable<Transcription> All =>
    [
        Adagrad(0.1, 0, 1e-10), Adagrad(0.05, 0.1, 1e-7),
        Adadelta(1, 0.9, 1e-6), Adadelta(0.5, 0.95, 1e-3),
        Rms(0.01, 0.99, 1e-8, null, false, false), Rms(0.01, 0.9, 1e-3, null, false, true), Rms(0.01, 0.9, 1e-8, 0.9, false, false), Rms(0.01, 0.9, 1e-2, 0.5, true, false), Rms(0.01, 0.95, 1e-2, null, true, true),
        Adam(0.01, 0.9, 0.999, 1e-8, false), Adam(0.05, 0.8, 0.99, 1e-3, false), Adam(0.05, 0.8, 0.99, 1e-3, true),
        AdamW(0.01, 0.01, true), AdamW(0.01, 0.01, false), AdamL2(0.01, 0.1),
        Amsgrad(0.01, 0.9, 0.99, 1e-8, false), Amsgrad(0.05, 0.8, 0.9, 1e-3, true),
        AdaMax(0.01, 0.9, 0.999, 1e-8), AdaMax(0.05, 0.5, 0.9, 1e-3),
        NAdam(0.01, 0.9, 0.999, 1e-8, 0.004), NAdam(0.05, 0.8, 0.99, 1e-3, 0.1),
        RAdam(0.01, 0.9, 0.999, 1e-8, 5), RAdam(0.05, 0.8, 0.9, 1e-3, 4),
        Lion(0.01, 0.9, 0.99, 0), Lion(0.05, 0.95, 0.98, 0.1),
        AdaBelief(0.01, 0.9, 0.999, 1e-8), AdaBelief(0.05, 0.8, 0.99, 1e-4),
        Yogi(0.01, 0.9, 0.999, 1e-3, 1e-6), Yogi(0.05, 0.8, 0.9, 1e-2, 0.1),
        Adan(0.01, 0.98, 0.92, 0.99, 1e-8, 0), Adan(0.05, 0.9, 0.8, 0.95, 1e-3, 0.1),
        AdEMAMix(0.01, 0.9, 0.999, 0.9999, 5, 0), AdEMAMix(0.05, 0.8, 0.99, 0.95, 2, 0.1),
        Adopt(0.01, 0.9, 0.9999, 1e-6, 0), Adopt(0.05, 0.8, 0.99, 1e-3, 0.1),
        Madgrad(0.01, 0.9, 1e-6), Madgrad(0.1, 0, 1e-3),
        Sophia(0.01, 10, 0.96, 0.99, 0.01, 0), Sophia(0.05, 3, 0.9, 0.8, 1, 0.1),
    ];

    static Transcription Adagrad(double lr, double initial, double eps) => new($"Adagrad({lr}, {initial}, {eps})", Dsl.Adagrad(lr, initial, eps), Each(_ => [initial], (w, g, t, s) =>
    {
        s[0] += g * g;
        return g == 0 && eps == 0 ? w : w - lr * g / (Math.Sqrt(s[0]) + eps);
    }));

    static Transcription Adadelta(double lr, double rho, double eps) => new($"Adadelta({lr}, {rho}, {eps})", Dsl.Adadelta(lr, rho, eps), Each(2, (w, g, t, s) =>
    {
        s[0] = rho * s[0] + (1 - rho) * g * g;
        var delta = -Math.Sqrt((s[1] + eps) / (s[0] + eps)) * g;
        s[1] = rho * s[1] + (1 - rho) * delta * delta;
        return w + lr * delta;
    }));

    static Transcription Rms(double lr, double rho, double eps, double? mu, bool centred, bool inside) => new(
        $"RmsProp({lr}, {rho}, {eps}, {mu}, {centred}, {inside})", RmsProp(lr, rho, eps, mu is { } number ? (Expr)number : null, centred, inside), Each(3, (w, g, t, s) =>
        {
            s[0] = rho * s[0] + (1 - rho) * g * g;
            s[1] = rho * s[1] + (1 - rho) * g;
            var v = centred ? s[0] - s[1] * s[1] : s[0];
            var scaled = g / (inside ? Math.Sqrt(v + eps) : Math.Sqrt(v) + eps);
            s[2] = (mu ?? 0) * s[2] + scaled;
            return w - lr * s[2];
        }));

    /// <summary>s: m, v; returns m̂ and √v̂ + eps.</summary>
    static (double M, double Root) Moments(double g, int t, double[] s, double b1, double b2, double eps)
    {
        s[0] = b1 * s[0] + (1 - b1) * g;
        s[1] = b2 * s[1] + (1 - b2) * g * g;
        return (s[0] / (1 - Math.Pow(b1, t)), Math.Sqrt(s[1] / (1 - Math.Pow(b2, t))) + eps);
    }

    static Transcription Adam(double lr, double b1, double b2, double eps, bool epsFirst) => new(
        $"Adam({lr}, {b1}, {b2}, {eps}, {epsFirst})", epsFirst ? ScaleByAdam(b1, b2, eps, epsFirst: true).Then(Scale(lr)) : Dsl.Adam(lr, b1, b2, eps), Each(2, (w, g, t, s) =>
        {
            var (m, root) = Moments(g, t, s, b1, b2, eps);
            return epsFirst ? w - lr * Math.Sqrt(1 - Math.Pow(b2, t)) / (1 - Math.Pow(b1, t)) * s[0] / (Math.Sqrt(s[1]) + eps) : w - lr * m / root;
        }));

    static Transcription AdamW(double lr, double decay, bool coupled) => new($"AdamW({lr}, {decay}, {coupled})", Dsl.AdamW(lr, decay, coupled: coupled), Each(2, (w, g, t, s) =>
    {
        var (m, root) = Moments(g, t, s, 0.9, 0.999, 1e-8);
        return w - lr * m / root - (coupled ? lr : 1) * decay * w;
    }));

    /// <summary>The other place for decay: in the gradient, where it is divided by √v̂ too.</summary>
    static Transcription AdamL2(double lr, double decay) => new($"AddDecayedWeights({decay}) before Adam({lr})", AddDecayedWeights(decay).Then(Dsl.Adam(lr)), Each(2, (w, g, t, s) =>
    {
        var (m, root) = Moments(g + decay * w, t, s, 0.9, 0.999, 1e-8);
        return w - lr * m / root;
    }));

    static Transcription Amsgrad(double lr, double b1, double b2, double eps, bool epsFirst) => new(
        $"AmsGrad({lr}, {b1}, {b2}, {eps}, {epsFirst})", AmsGrad(lr, b1, b2, eps, epsFirst), Each(3, (w, g, t, s) =>
        {
            var (m, _) = Moments(g, t, s, b1, b2, eps);
            s[2] = Math.Max(s[2], s[1]);
            var correction = Math.Sqrt(1 - Math.Pow(b2, t));
            return w - lr * m / (epsFirst ? (Math.Sqrt(s[2]) + eps) / correction : Math.Sqrt(s[2]) / correction + eps);
        }));

    static Transcription AdaMax(double lr, double b1, double b2, double eps) => new($"AdaMax({lr}, {b1}, {b2}, {eps})", Dsl.AdaMax(lr, b1, b2, eps), Each(2, (w, g, t, s) =>
    {
        s[0] = b1 * s[0] + (1 - b1) * g;
        s[1] = Math.Max(b2 * s[1], Math.Abs(g) + eps);
        return w - lr / (1 - Math.Pow(b1, t)) * s[0] / s[1];
    }));

    static Transcription NAdam(double lr, double b1, double b2, double eps, double psi) => new($"NAdam({lr}, {b1}, {b2}, {eps}, {psi})", Dsl.NAdam(lr, b1, b2, eps, psi), Each(2, (w, g, t, s) =>
    {
        var (_, root) = Moments(g, t, s, b1, b2, eps);
        double Mu(int i) => b1 * (1 - 0.5 * Math.Pow(0.96, i * psi));
        var product = 1.0;
        for (var i = 1; i <= t; i++) product *= Mu(i);
        return w - lr * (Mu(t + 1) * s[0] / (1 - product * Mu(t + 1)) + (1 - Mu(t)) * g / (1 - product)) / root;
    }));

    static Transcription RAdam(double lr, double b1, double b2, double eps, double threshold) => new(
        $"RAdam({lr}, {b1}, {b2}, {eps}, {threshold})", Dsl.RAdam(lr, b1, b2, eps, threshold), Each(2, (w, g, t, s) =>
        {
            var (m, _) = Moments(g, t, s, b1, b2, eps);
            double last = 2 / (1 - b2) - 1, power = Math.Pow(b2, t), rho = last - 2 * t * power / (1 - power);
            if (rho <= threshold) return w - lr * m;
            var r = Math.Sqrt((rho - 4) * (rho - 2) * last / ((last - 4) * (last - 2) * rho));
            return w - lr * r * m * Math.Sqrt(1 - power) / (Math.Sqrt(s[1]) + eps);
        }));

    static Transcription Lion(double lr, double b1, double b2, double decay) => new($"Lion({lr}, {b1}, {b2}, {decay})", Dsl.Lion(lr, b1, b2, decay), Each(1, (w, g, t, s) =>
    {
        var c = b1 * s[0] + (1 - b1) * g;
        s[0] = b2 * s[0] + (1 - b2) * g;
        return w - lr * (Math.Sign(c) + decay * w);
    }));

    static Transcription AdaBelief(double lr, double b1, double b2, double eps) => new($"AdaBelief({lr}, {b1}, {b2}, {eps})", Dsl.AdaBelief(lr, b1, b2, eps), Each(2, (w, g, t, s) =>
    {
        s[0] = b1 * s[0] + (1 - b1) * g;
        s[1] = b2 * s[1] + (1 - b2) * (g - s[0]) * (g - s[0]) + eps;
        return w - lr * (s[0] / (1 - Math.Pow(b1, t))) / (Math.Sqrt(s[1] / (1 - Math.Pow(b2, t))) + eps);
    }));

    static Transcription Yogi(double lr, double b1, double b2, double eps, double initial) => new(
        $"Yogi({lr}, {b1}, {b2}, {eps}, {initial})", Dsl.Yogi(lr, b1, b2, eps, initial), Each(_ => [0, initial], (w, g, t, s) =>
        {
            s[0] = b1 * s[0] + (1 - b1) * g;
            s[1] -= (1 - b2) * Math.Sign(s[1] - g * g) * g * g;
            return w - lr * s[0] / (Math.Sqrt(s[1]) + eps);
        }));

    /// <summary>s: m, v, n, the gradient before.</summary>
    static Transcription Adan(double lr, double b1, double b2, double b3, double eps, double decay) => new(
        $"Adan({lr}, {b1}, {b2}, {b3}, {eps}, {decay})", Dsl.Adan(lr, b1, b2, b3, eps, decay), Each(4, (w, g, t, s) =>
        {
            var difference = t == 1 ? 0 : g - s[3];
            s[0] = b1 * s[0] + (1 - b1) * g;
            s[1] = b2 * s[1] + (1 - b2) * difference;
            s[2] = b3 * s[2] + (1 - b3) * Math.Pow(g + b2 * difference, 2);
            s[3] = g;
            double Corrected(double x, double b) => x / (1 - Math.Pow(b, t));
            var rate = lr / (Math.Sqrt(Corrected(s[2], b3)) + eps);
            return (w - rate * (Corrected(s[0], b1) + b2 * Corrected(s[1], b2))) / (1 + decay * lr);
        }));

    static Transcription AdEMAMix(double lr, double b1, double b2, double b3, double alpha, double decay) => new(
        $"AdEMAMix({lr}, {b1}, {b2}, {b3}, {alpha}, {decay})", Dsl.AdEMAMix(lr, b1, b2, b3, alpha, decay: decay), Each(3, (w, g, t, s) =>
        {
            var (m, root) = Moments(g, t, s, b1, b2, 1e-8);
            s[2] = b3 * s[2] + (1 - b3) * g;
            return w - lr * ((m + alpha * s[2]) / root + decay * w);
        }));

    static Transcription Adopt(double lr, double b1, double b2, double eps, double decay) => new(
        $"Adopt({lr}, {b1}, {b2}, {eps}, {decay})", Dsl.Adopt(lr, b1, b2, eps, decay), Each(2, (w, g, t, s) =>
        {
            if (t == 1)
            {
                s[1] = g * g;
                return w - lr * decay * w;
            }
            var limit = Math.Pow(t - 1, 0.25);
            s[0] = b1 * s[0] + (1 - b1) * Math.Clamp(g / Math.Max(Math.Sqrt(s[1]), eps), -limit, limit);
            s[1] = b2 * s[1] + (1 - b2) * g * g;
            return w - lr * (s[0] + decay * w);
        }));

    static Transcription Madgrad(double lr, double mu, double eps) => new($"Madgrad({lr}, {mu}, {eps})", Dsl.Madgrad(lr, mu, eps), Each(w => [0, 0, w], (w, g, t, s) =>
    {
        var rate = lr * Math.Sqrt(t);
        s[0] += rate * g;
        s[1] += rate * g * g;
        return mu * w + (1 - mu) * (s[2] - s[0] / (Math.Cbrt(s[1]) + eps));
    }));

    static Transcription Sophia(double lr, int k, double b1, double b2, double gamma, double decay) => new(
        $"Sophia({lr}, {k}, {b1}, {b2}, {gamma}, {decay})", Dsl.Sophia(lr, g => Square(g) + 0.5 * Abs(g), k, b1, b2, gamma, decay), Each(2, (w, g, t, s) =>
        {
            s[0] = b1 * s[0] + (1 - b1) * g;
            if (t % k == 1) s[1] = b2 * s[1] + (1 - b2) * (g * g + Math.Abs(g) / 2);
            return w - lr * decay * w - lr * Math.Clamp(s[0] / Math.Max(gamma * s[1], 1e-12), -1, 1);
        }));
}
