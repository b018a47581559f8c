namespace OptDsl;

public static partial class Dsl
{
    /// <summary>u = λ·(g + decay·w), λ = trust·‖w‖ / (‖g‖ + decay·‖w‖), the norms of the tensor; λ = 1 where one of them is 0. https://arxiv.org/abs/1708.03888, algorithm 1.</summary>
    public static Rule ScaleByLars(Expr? trust = null, Expr? decay = null) => Rule.Of(g =>
    {
        var beta = decay ?? 0;
        var ratio = (trust ?? 1e-3) * Norm(Param) / (Norm(g) + beta * Norm(Param));
        return Where(And(Greater(Norm(Param), 0), Greater(Norm(g), 0)), ratio, 1) * Decayed(g, decay);
    });
}
