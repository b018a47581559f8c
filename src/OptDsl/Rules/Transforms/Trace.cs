namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// v ← mu·v + (1 − dampening)·g, but v = g at the first step; u = v, or with <paramref name="nesterov"/> u = g + mu·v.
    /// Polyak's heavy ball as PyTorch writes it.
    /// </summary>
    public static Rule Trace(Expr mu, Expr? dampening = null, bool nesterov = false) => Rule.Of((g, v) =>
    {
        var next = dampening is null ? mu * v + g : Where(Equal(Step, 0), g, mu * v + (1 - dampening) * g);
        return (nesterov ? g + mu * next : next, next);
    }).Slots("v");
}
