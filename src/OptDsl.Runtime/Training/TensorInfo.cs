namespace OptDsl.Runtime;

/// <summary>
/// One parameter, slot or gradient and its storage. Rows are the product of the leading dimensions (rank 0 or 1: one row), columns the last;
/// element (r, c) lies at Offset + ⌊c / Width⌋·rows·Width + r·Width + c mod Width.
/// </summary>
/// <param name="Name">Its path: <c>dense1.weights</c>, <c>dense1.weights/m</c>.</param>
/// <param name="Shape">As declared.</param>
/// <param name="Width">Columns per panel, a multiple of 16.</param>
/// <param name="Offset">In elements from the start of the arena.</param>
/// <param name="Start">Its first values.</param>
public sealed record TensorInfo(string Name, int[] Shape, int Width, long Offset, Start Start)
{
    internal int Count { get; } = Shapes.Count(Shape);

    internal int Columns { get; } = Shapes.Columns(Shape);

    internal int Rows => Count / Columns;

    /// <summary>Elements of storage, the padding of the last panel included.</summary>
    internal long Extent => (Columns + (long)Width - 1) / Width * Width * Rows;
}

/// <summary>
/// One output: a block of the batched region in which row r of example e begins at Batched(PerExample) + (e·rows + r)·Stride. Rows are the
/// product of the leading dimensions, columns the last.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Per example.</param>
/// <param name="PerExample">Where the block begins, in elements per example of capacity.</param>
/// <param name="Stride">From one row to the next.</param>
public sealed record OutputInfo(string Name, int[] Shape, long PerExample, int Stride)
{
    internal int Size { get; } = Shapes.Count(Shape);

    internal int Columns { get; } = Shapes.Columns(Shape);
}

/// <summary>One line of <see cref="ILearner{T}.Summary"/>.</summary>
/// <param name="Layer">Its path.</param>
/// <param name="Shape">What it makes of an example, as text.</param>
/// <param name="Parameters">How many numbers it learns.</param>
/// <param name="FlopsPerExample">Forward and backward.</param>
public sealed record SummaryRow(string Layer, string Shape, long Parameters, long FlopsPerExample);
