namespace OptDsl.Runtime;

/// <summary>One input or target of a model.</summary>
/// <param name="Name">Its name in a <see cref="Batch"/>.</param>
/// <param name="IsInteger">Labels and tokens: int; otherwise the learner's precision.</param>
/// <param name="Shape">Per example; empty for one number.</param>
/// <param name="Below">Integers must be in 0 … Below − 1; 0 means any.</param>
/// <param name="Predicts">Predict needs this column too.</param>
public sealed record Column(string Name, bool IsInteger, int[] Shape, int Below, bool Predicts)
{
    /// <summary>Elements per example.</summary>
    internal int Size { get; } = Shapes.Count(Shape);
}
