namespace OptDsl;

public static partial class Dsl
{
    /// <summary>u = g·min(1, max / ‖g‖), the norm of the tensor. https://arxiv.org/abs/1211.5063, algorithm 1, tensor by tensor.</summary>
    public static Rule ClipByNorm(Expr max) => Rule.Of(g => g * Min(1, Limit(max) / Norm(g)));
}
