namespace OptDsl;

public static partial class Dsl
{
    /// <summary>w ← w − lr·sign(g). https://arxiv.org/abs/1802.04434, algorithm 1.</summary>
    public static Rule SignSgd(Expr lr) => ScaleBySign().Then(Scale(Rate(lr)));
}
