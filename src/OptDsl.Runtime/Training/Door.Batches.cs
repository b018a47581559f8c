namespace OptDsl.Runtime;

// A batch names its columns and may hold them in another precision or scattered; the door gathers what it must.
sealed partial class Door<T>
{
    /// <summary>The columns of a batch, in place where possible; valid until the next call.</summary>
    public Columns Open(Batch batch, bool predicts)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ReadOnlySpan<int> expected = predicts ? predictPlaces : places;
        if (batch.Count > maxBatch && !expected.IsEmpty)
            throw new ArgumentException($"{batch.Count} examples were given; this learner takes 1 to {maxBatch} (maxBatch).", nameof(batch));
        // By position, Predict takes a batch of all columns as well as one of its own.
        bool own = batch.Columns == expected.Length;
        Columns opened = default;
        for (int i = 0; i < expected.Length; i++)
        {
            Column column = columns[expected[i]];
            int at = batch.Find(column.Name, own ? i : expected[i]);
            Check(batch, column, at);
            opened = column.IsInteger
                ? opened.Add(Gathered(batch, at, column, ref integers[expected[i]]))
                : AddReal(opened, Gathered(batch, at, column, ref reals[expected[i]]));
        }
        return opened;
    }

    static void Check(Batch batch, Column column, int at)
    {
        if (at < 0)
            throw new ArgumentException($"The batch has no column '{column.Name}'" + (batch.Names.Count == 0 ? "." : $": it has {string.Join(", ", batch.Names)}."), nameof(batch));
        if (batch.IsInteger(at) != column.IsInteger)
            throw new ArgumentException($"'{column.Name}' takes {(column.IsInteger ? "int" : "real numbers, not int")}.", nameof(batch));
        if (batch.Size(at) != column.Size)
            throw new ArgumentException($"'{column.Name}' has {column.Size} elements per example, the batch {batch.Size(at)}.", nameof(batch));
    }

    ReadOnlySpan<E> Gathered<E>(Batch batch, int at, Column column, ref E[]? room) where E : unmanaged, System.Numerics.INumberBase<E>
    {
        if (batch.TryDense(at, out ReadOnlySpan<E> values))
            return values;
        room ??= new E[checked(maxBatch * column.Size)];
        Span<E> gathered = room.AsSpan(0, batch.Count * column.Size);
        batch.CopyTo(at, gathered);
        return gathered;
    }

    static Columns AddReal(Columns opened, ReadOnlySpan<T> values) => typeof(T) == typeof(float)
        ? opened.Add(System.Runtime.InteropServices.MemoryMarshal.Cast<T, float>(values))
        : opened.Add(System.Runtime.InteropServices.MemoryMarshal.Cast<T, double>(values));
}
