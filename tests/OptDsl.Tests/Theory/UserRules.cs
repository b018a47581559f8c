using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>Rules that the library does not have, as a user writes them.</summary>
static class UserRules
{
    /// <summary>d ← beta·d − lr·g; w ← w + d: momentum with the rate inside the step.</summary>
    public static Rule StepMomentum(Expr lr, double beta) => Rule.Of((g, d) => (lr * g - beta * d, beta * d - lr * g)).Slots("d");

    /// <summary>Nesterov's momentum where w is the point that looks ahead: v ← mu·v + g; w ← w − lr·(g + mu·v).</summary>
    public static Rule Nesterov(Expr lr, Expr mu) => Rule.Of((g, v) => (lr * (g + mu * (mu * v + g)), mu * v + g)).Slots("v");

    /// <summary>The same with the rate inside: v ← rho·v − lr·g; w ← w + rho²·v − (1 + rho)·lr·g, v as it was before.</summary>
    public static Rule NesterovInside(Expr lr, double rho) => Rule.Of((g, v) => ((1 + rho) * lr * g - rho * rho * v, rho * v - lr * g)).Slots("v");

    /// <summary>Nesterov 1983: x′ = y − lr·g(y); t′ = (1 + √(1 + 4t²))/2; y ← x′ + (t − 1)/t′·(x′ − x). w holds y, the slot x.</summary>
    public static Rule Accelerated(Expr lr) => Rule.Of(init: p => (p, 1), step: (g, x, t) =>
    {
        Expr xNext = Param - lr * g, tNext = (1 + Sqrt(1 + 4 * t * t)) / 2;
        return (Param - (xNext + (t - 1) / tNext * (xNext - x)), xNext, tNext);
    }).Slots("x", "t");

    /// <summary>s ← s + g²; w ← w − lr·g/(√s + eps). Duchi et al. 2011.</summary>
    public static Rule Adagrad(Expr lr, double eps = 0) => Rule.Of((g, s, u) =>
    {
        var sum = s + g * g;
        var step = lr * (g / (Sqrt(sum) + eps));
        return (step, sum, step);
    }).Slots("s", "u");

    /// <summary>v ← rho·v + (1 − rho)·g²; w ← w − lr·g/(√v + eps). Tieleman and Hinton 2012.</summary>
    public static Rule RmsProp(Expr lr, double rho, double eps = 0) => Rule.Of((g, v, u) =>
    {
        var square = rho * v + (1 - rho) * (g * g);
        var step = lr * (g / (Sqrt(square) + eps));
        return (step, square, step);
    }).Slots("v", "u");

    /// <summary>Steps in the unit of w: u = √(d + eps)/√(v + eps)·g. https://arxiv.org/abs/1212.5701, algorithm 1.</summary>
    public static Rule Adadelta(double rho, double eps) => Rule.Of((g, v, d) =>
    {
        var square = rho * v + (1 - rho) * (g * g);
        var step = Sqrt(d + eps) / Sqrt(square + eps) * g;
        return (step, square, rho * d + (1 - rho) * (step * step));
    }).Slots("v", "d");

    /// <summary>m as Adam's, u ← max(b2·u, |g|); w ← w − lr/(1 − b1ᵗ)·m/u. https://arxiv.org/abs/1412.6980, algorithm 2.</summary>
    public static Rule AdaMax(Expr lr, double b1 = 0.9, double b2 = 0.999) => Rule.Of((g, m, u) =>
    {
        Expr mean = b1 * m + (1 - b1) * g, largest = Max(b2 * u, Abs(g));
        return (lr / (1 - Pow(b1, Step + 1)) * (mean / largest), mean, largest);
    }).Slots("m", "u");

    /// <summary>Adam without momentum and correction, dividing by the root of the largest v so far. https://arxiv.org/abs/1904.09237, algorithm 2.</summary>
    public static Rule AmsGrad(Expr lr, double b2) => Rule.Of((g, v, most) =>
    {
        var square = b2 * v + (1 - b2) * (g * g);
        var largest = Max(most, square);
        return (lr * g / Sqrt(largest), square, largest);
    }).Slots("v", "most");

    /// <summary>The step that ends in [−1, 1]: what comes before, then a projection.</summary>
    public static Rule Projected(this Rule rule) => rule.Then(Rule.Of(u => Param - Max(-1, Min(1, Param - u))));

    /// <summary>
    /// A step of gradient descent, then secant steps d ← d·g/(g₋ − g), at most <paramref name="growth"/> times as long as
    /// the one before; where the gradient has not changed, a gradient step again. Fahlman 1988.
    /// </summary>
    public static Rule QuickProp(double lr, double growth = 1.75) => Rule.Of((g, before, d) =>
    {
        Expr change = before - g, limit = growth * Abs(d);
        var secant = Max(-limit, Min(limit, d * g / change));
        var next = Where(Or(Equal(change, 0), Equal(d, 0)), -lr * g, secant);
        return (-next, g, next);
    }).Slots("before", "d");

    /// <summary>
    /// Steps of the sign alone, each weight with a length of its own: same sign, the length grows; else back to where it was,
    /// and on from there by a shorter step. Riedmiller and Braun 1993.
    /// </summary>
    public static Rule Rprop(double first, double up = 1.2, double down = 0.5, double longest = double.MaxValue, double shortest = 0) =>
        Rule.Of(init: p => (first, 0), step: (g, length, sign) =>
        {
            var turned = Less(Sign(g) * sign, 0);
            var next = Where(Equal(Step, 0), length, Where(turned, Max(down * length, shortest), Min(up * length, longest)));
            var direction = Where(turned, sign, Sign(g));
            return (direction * next - Where(turned, direction * length, 0), next, direction);
        }).Slots("length", "sign");

    /// <summary>A rule that also keeps the mean of all points it has come to: Polyak and Juditsky 1992.</summary>
    public static Rule Averaged(this Rule rule) => rule.Then(Rule.Of((u, mean) => (u, mean + (Param - u - mean) / (Step + 1))).Slots("mean"));

    /// <summary>A rule that also keeps a decayed mean of the points it has come to, which starts where it starts.</summary>
    public static Rule Decayed(this Rule rule, double b) =>
        rule.Then(Rule.Of(init: p => p, step: (u, mean) => (u, b * mean + (1 - b) * (Param - u))).Slots("mean"));
}
