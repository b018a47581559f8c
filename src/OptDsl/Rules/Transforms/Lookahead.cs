namespace OptDsl;

public static partial class Dsl
{
    /// <summary>
    /// Every k steps the slow weights follow the fast ones, slow ← slow + alpha·(fast − slow), and the fast ones start again from there; the
    /// step of the rule before it is the fast one. https://arxiv.org/abs/1907.08610, algorithm 1.
    /// </summary>
    public static Rule Lookahead(int k = 5, Expr? alpha = null)
    {
        CheckSizes("k", [k]);
        return Rule.Of(init: p => p, step: (u, slow) =>
        {
            var (fast, sync) = (Param - u, Equal((Step + 1) % k, 0));
            var next = Where(sync, slow + (alpha ?? 0.5) * (fast - slow), slow);
            return (Where(sync, Param - next, u), next);
        }).Slots("slow");
    }
}
