namespace OptDsl.Compiler;

/// <summary>The shape of a graph value: the batch, where there is one, is the explicit first dimension.</summary>
internal sealed record Extent(bool Batched, Shape Dims)
{
    public static readonly Extent Scalar = new(false, Shape.Scalar);

    public bool IsScalar => !Batched && Dims.Rank == 0;

    /// <summary>What remains without the last dimension: the rows that a last-axis loop walks.</summary>
    public Extent Rows => Dims.Rank == 0 ? this : new(Batched, Dims.Without(Dims.Rank - 1));

    public int Columns => Dims.Last;

    public override string ToString() => !Batched ? Dims.ToString() : Dims.Rank == 0 ? "[B]" : "[B, " + Dims.ToString().Substring(1);
}
