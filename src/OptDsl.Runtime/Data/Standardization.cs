using System.Numerics;

namespace OptDsl.Data;

/// <summary>What <c>x.Standardize()</c> subtracts and divides by, measured.</summary>
public static class Standardization
{
    const int Piece = 256;      // examples that are in memory as doubles

    /// <summary>
    /// Sets a layer's mean and deviation, √(Σ (x − mean)²/n), to those of a column of <paramref name="data"/>: of what is learned from, before it
    /// is. What is the same in all examples is divided by 1.
    /// </summary>
    /// <param name="learner">Its model has the layer.</param>
    /// <param name="data">All that is to be learned from.</param>
    /// <param name="column">The place of the column that the layer reads.</param>
    /// <param name="layer">The layer's path.</param>
    /// <exception cref="KeyNotFoundException">There is no such layer.</exception>
    /// <exception cref="ArgumentException">The column has other numbers per example than the layer, or some are not finite or too large to square. Nothing was written.</exception>
    public static void Standardize<T>(this ILearner<T> learner, Batch data, int column = 0, string layer = "standardize1")
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(learner);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)data.Columns, nameof(column));
        TensorView<T> mean = learner[layer + ".mean"], deviation = learner[layer + ".deviation"];
        if (data.Size(column) != mean.Count)
            throw new ArgumentException($"Column {column} has {data.Size(column)} numbers per example, '{layer}' {mean.Count}.", nameof(data));
        // From the first example on: where all are equal, all differences are 0, and so is what is made of them.
        double[] means = new double[mean.Count], squares = new double[mean.Count];
        data[..1].CopyTo(column, means.AsSpan());
        double[] first = [.. means];
        Sum(data, column, (i, x) => means[i] += (x - first[i]) / data.Count);
        Sum(data, column, (i, x) => squares[i] += (x - means[i]) * (x - means[i]));
        if (squares.Any(s => !double.IsFinite(s)))
            throw new ArgumentException($"Column {column} holds numbers that are not finite, or too large to square.", nameof(data));
        mean.CopyFrom([.. means.Select(T.CreateSaturating)]);
        deviation.CopyFrom([.. squares.Select(s => T.CreateSaturating(Math.Sqrt(s / data.Count))).Select(d => T.IsNormal(d) ? d : T.One)]);
    }

    static void Sum(Batch data, int column, Action<int, double> add)
    {
        double[] numbers = new double[Piece * data.Size(column)];
        foreach (Batch piece in data.InOrder(Piece))
        {
            Span<double> read = numbers.AsSpan(0, piece.Count * data.Size(column));
            piece.CopyTo(column, read);
            for (int i = 0; i < read.Length; i++)
                add(i % data.Size(column), read[i]);
        }
    }
}
