namespace OptDsl;

public static partial class Dsl
{
    /// <summary>v ← (1 − friction)·v + g; w ← w − lr·v. The heavy ball as physics: a velocity that friction slows and the gradient drives.</summary>
    public static Rule Friction(Expr lr, Expr? friction = null) => Trace(1 - (friction ?? 0.1)).Then(Scale(Rate(lr)));
}
