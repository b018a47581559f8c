namespace OptDsl;

public static partial class Dsl
{
    /// <summary>u = g + decay·w. Before an adaptive rule it is L2; after it, decoupled decay.</summary>
    public static Rule AddDecayedWeights(Expr decay) => Rule.Of(g => Decayed(g, decay));
}
