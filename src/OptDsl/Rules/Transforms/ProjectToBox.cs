namespace OptDsl;

public static partial class Dsl
{
    /// <summary>w ← min(high, max(low, w − u)): the step ends between two bounds; it stands last.</summary>
    public static Rule ProjectToBox(Expr low, Expr high) => Rule.Of(u => Param - Min(Max(Param - u, low), high));
}
