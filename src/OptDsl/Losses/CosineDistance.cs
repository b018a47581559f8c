namespace OptDsl;

public static partial class Dsl
{
    /// <summary>1 − y·t / (‖y‖‖t‖), each norm at least 1e-8.</summary>
    public static LossFunction CosineDistance { get; } = (y, t) => 1 - (y * t).Sum() / (Sqrt(Max(Square(y).Sum(), 1e-16)) * Sqrt(Max(Square(t).Sum(), 1e-16)));
}
