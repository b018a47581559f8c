using static OptDsl.Dsl;
using static OptDsl.Fuzz.Transcription;

namespace OptDsl.Fuzz;

static class MomentumTranscriptions
{
    public static IEnumerable<Transcription> All =>
    [
        new("Sgd(0.1)", Sgd(0.1), Each(0, (w, g, t, s) => w - 0.1 * g)),
        Polyak(0.1, 0.9, 0, false), Polyak(0.02, 0.99, 0.3, false), Polyak(0.1, 0.5, 0, true), Polyak(0.02, 0.9, 0, true),
        Friction(0.1, 0.1), Friction(0.03, 0.5),
        Classical(0.1, 0.9), Classical(0.02, 0.99), ClassicalAtChangingRate(),
        Nesterov(0.1, 0.9), Nesterov(0.03, 0.5),
        new("SignSgd(0.1)", SignSgd(0.1), Each(0, (w, g, t, s) => w - 0.1 * Math.Sign(g))),
        new("OptimisticGradient(0.1)", OptimisticGradient(0.1), Each(1, (w, g, t, s) => { var step = 2 * 0.1 * g - 0.1 * s[0]; s[0] = g; return w - step; })),
        Rprop(0.01, 1.2, 0.5, 1e-6, 50, true), Rprop(0.1, 1.5, 0.7, 0.05, 0.2, true), Rprop(0.1, 1.2, 0.5, 0, 0, false),
        RpropUndo(0.01, 1.2, 0.5, 1e-6, 50), RpropUndo(0.1, 1.5, 0.7, 0.05, 0.2),
        QuickProp(0.1, 1.75), QuickProp(0.01, 4),
    ];

    static Transcription Polyak(double lr, double mu, double dampening, bool nesterov) => new(
        $"Momentum({lr}, {mu}, {dampening}, {nesterov})", Momentum(lr, mu, dampening == 0 ? null : (Expr)dampening, nesterov), Each(1, (w, g, t, s) =>
        {
            s[0] = t == 1 ? g : mu * s[0] + (1 - dampening) * g;
            return w - lr * (nesterov ? g + mu * s[0] : s[0]);
        }));

    static Transcription Friction(double lr, double friction) => new($"Friction({lr}, {friction})", Dsl.Friction(lr, friction), Each(1, (w, g, t, s) =>
    {
        s[0] -= friction * s[0];
        s[0] += g;
        return w - lr * s[0];
    }));

    static Transcription Classical(double lr, double mu) => new($"ClassicalMomentum({lr}, {mu})", ClassicalMomentum(lr, mu), Each(1, (w, g, t, s) =>
    {
        s[0] = mu * s[0] - lr * g;
        return w + s[0];
    }));

    /// <summary>Where the two conventions of momentum differ.</summary>
    static Transcription ClassicalAtChangingRate() => new("ClassicalMomentum(1 / (k + 1), 0.9)", ClassicalMomentum(InverseTime(0.5), 0.9), Each(1, (w, g, t, s) =>
    {
        s[0] = 0.9 * s[0] - 0.5 / t * g;
        return w + s[0];
    }));

    /// <summary>The gradient belongs to the weights held, so W is what they were before they looked ahead.</summary>
    static Transcription Nesterov(double lr, double beta) => new($"Nesterov({lr}, {beta})", Dsl.Nesterov(lr, beta), Each(1, (w, g, t, s) =>
    {
        var beforeLooking = w - beta * s[0];
        var ahead = beforeLooking + beta * s[0];
        var next = ahead - lr * g;
        s[0] = beta * s[0] - lr * g;
        return next + beta * s[0];
    }));

    /// <summary>s: the gradient before, the size of the step.</summary>
    static Transcription Rprop(double lr, double a, double b, double min, double max, bool bounded) => new(
        $"Rprop({lr}, {a}, {b}, {min}, {max}, {bounded})", Dsl.Rprop(lr, a, b, min, max, bounded), Each(_ => [0, lr], (w, g, t, s) =>
        {
            if (s[0] * g > 0) s[1] *= a;
            if (s[0] * g < 0) s[1] *= b;
            if (bounded) s[1] = Math.Clamp(s[1], min, max);
            if (s[0] * g < 0) g = 0;
            s[0] = g;
            return w - Math.Sign(g) * s[1];
        }));

    /// <summary>s: the gradient before, the size of the step, the weight that the last step left.</summary>
    static Transcription RpropUndo(double lr, double a, double b, double min, double max) => new(
        $"Rprop({lr}, {a}, {b}, {min}, {max}, undo)", Dsl.Rprop(lr, a, b, min, max, undo: true), Each(w => [0, lr, w], (w, g, t, s) =>
        {
            var flips = s[0] * g < 0;
            s[1] = Math.Clamp(s[0] * g > 0 ? a * s[1] : flips ? b * s[1] : s[1], min, max);
            if (flips)
            {
                s[0] = 0;
                return s[2];
            }
            (s[0], s[2]) = (g, w);
            return w - Math.Sign(g) * s[1];
        }));

    /// <summary>s: the weight before, the gradient before.</summary>
    static Transcription QuickProp(double lr, double grow) => new($"QuickProp({lr}, {grow})", Dsl.QuickProp(lr, grow), Each(w => [w, 0], (w, g, t, s) =>
    {
        var moved = w - s[0];
        var secant = (g - s[1]) / moved;
        var dw = moved != 0 && secant > 0 ? -g / secant : -lr * g;
        if (moved != 0 && secant > 0) dw = Math.Clamp(dw, -grow * Math.Abs(moved), grow * Math.Abs(moved));
        (s[0], s[1]) = (w, g);
        return w + dw;
    }));
}
