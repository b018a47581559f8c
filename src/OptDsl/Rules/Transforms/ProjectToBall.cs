namespace OptDsl;

public static partial class Dsl
{
    /// <summary>w′ = w − u; w ← w′·min(1, radius / ‖w′‖): each tensor ends within a ball around 0; it stands last.</summary>
    public static Rule ProjectToBall(Expr radius) => Rule.Of(u => Param - (Param - u) * Min(1, radius / Norm(Param - u)));
}
