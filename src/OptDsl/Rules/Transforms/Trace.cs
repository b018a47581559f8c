namespace OptDsl;

public static partial class Dsl
{
    /// <summary>v ← mu·v + g; u = v. The first step is g itself.</summary>
    public static Rule Trace(Expr mu) => Rule.Of((g, v) =>
    {
        var next = mu * v + g;
        return (next, next);
    }).Slots("v");
}
