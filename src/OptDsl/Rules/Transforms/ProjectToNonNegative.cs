namespace OptDsl;

public static partial class Dsl
{
    /// <summary>w ← max(0, w − u): the step ends where no weight is negative; it stands last.</summary>
    public static Rule ProjectToNonNegative() => Rule.Of(u => Param - Max(Param - u, 0));
}
