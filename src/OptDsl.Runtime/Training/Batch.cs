using System.Numerics;

namespace OptDsl;

/// <summary>
/// Examples in columns, immutable: <c>new Batch(64, images, labels)</c> by order of declaration, or
/// <c>new Batch(64).With("input", images).With("target", labels)</c> by name. A learner of another precision narrows or widens real numbers.
/// </summary>
public sealed partial class Batch
{
    readonly BatchColumn[] columns;
    readonly string[] names;      // empty: by position
    readonly int total;           // examples in the columns' memory, of which this batch has `Count`
    readonly int first;           // without rows: these follow one another from here
    readonly ReadOnlyMemory<int>? rows;

    /// <summary>A batch of <paramref name="count"/> examples; its columns are in order of declaration.</summary>
    /// <exception cref="ArgumentException">A column's length is no multiple of <paramref name="count"/>.</exception>
    public Batch(int count, params BatchColumn[] columns) : this(columns, [], count, 0, count, null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        for (int i = 0; i < columns.Length; i++)
            CheckLength(columns[i], $"column {i}");
    }

    // F# converts neither an element of `params` nor, without overloads to choose from, an array literal.

    /// <summary>A batch of one column.</summary>
    public Batch(int count, BatchColumn first) : this(count, [first])
    {
    }

    /// <summary>A batch of two columns, in order of declaration.</summary>
    public Batch(int count, BatchColumn first, BatchColumn second) : this(count, [first, second])
    {
    }

    /// <summary>A batch of three columns, in order of declaration.</summary>
    public Batch(int count, BatchColumn first, BatchColumn second, BatchColumn third) : this(count, [first, second, third])
    {
    }

    Batch(BatchColumn[] columns, string[] names, int total, int first, int count, ReadOnlyMemory<int>? rows)
    {
        (this.columns, this.names, this.total, this.first, this.rows) = (columns, names, total, first, rows);
        Count = count;
    }

    /// <summary>One example without any column: what a problem without data learns from.</summary>
    public static Batch Empty { get; } = new(1);

    /// <summary>How many examples.</summary>
    public int Count { get; }

    /// <summary>The names of the columns; empty when they go by position.</summary>
    public IReadOnlyList<string> Names => names;

    internal int Columns => columns.Length;

    /// <summary>The same batch with one more column.</summary>
    /// <exception cref="ArgumentException">There is one of this name, or columns without names, or the length is no multiple of <see cref="Count"/>.</exception>
    public Batch With(string name, BatchColumn column)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (names.Length != columns.Length)
            throw new ArgumentException("The columns of this batch go by position; name all or none.", nameof(name));
        if (names.Contains(name))
            throw new ArgumentException($"The batch has a column '{name}' already.", nameof(name));
        if (Count != total || rows is not null)
            throw new ArgumentException("Columns are added before rows are chosen.", nameof(column));
        CheckLength(column, $"column '{name}'");
        return new([.. columns, column], [.. names, name], total, first, Count, rows);
    }

    /// <summary>The same batch with one more column of floats. Throws what <see cref="With(string, BatchColumn)"/> throws.</summary>
    public Batch With(string name, float[] column) => With(name, (BatchColumn)column);

    /// <summary>The same batch with one more column of doubles. Throws what <see cref="With(string, BatchColumn)"/> throws.</summary>
    public Batch With(string name, double[] column) => With(name, (BatchColumn)column);

    /// <summary>The same batch with one more column of integers. Throws what <see cref="With(string, BatchColumn)"/> throws.</summary>
    public Batch With(string name, int[] column) => With(name, (BatchColumn)column);

    /// <summary>The examples at these places, in this order; only the places are copied.</summary>
    /// <exception cref="ArgumentException">There is no row, or one outside 0 … <see cref="Count"/> − 1.</exception>
    public Batch Rows(ReadOnlySpan<int> rows)
    {
        if (rows.IsEmpty)
            throw new ArgumentException("A batch has at least one example.", nameof(rows));
        foreach (int row in rows)
            if ((uint)row >= (uint)Count)
                throw new ArgumentException($"There is no example {row} among {Count}.", nameof(rows));
        return Choose(Places(rows.ToArray()));
    }

    /// <summary>Examples <paramref name="start"/> … <paramref name="start"/> + <paramref name="length"/> − 1; <c>batch[..100]</c> in C#.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no example, or one outside 0 … <see cref="Count"/> − 1.</exception>
    public Batch Slice(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)start, (uint)(Count - length), nameof(start));
        return new(columns, names, total, first + start, length, rows?.Slice(start, length));
    }

    /// <summary>Writes a column's numbers, one example after another, as <typeparamref name="E"/>.</summary>
    /// <param name="column">Its place.</param>
    /// <param name="target">Exactly as long as the column.</param>
    /// <exception cref="ArgumentException">Another length, or integers asked of reals or reals of integers.</exception>
    public void CopyTo<E>(int column, Span<E> target) where E : unmanaged, INumberBase<E>
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)columns.Length, nameof(column));
        int size = Size(column);
        if (target.Length != (long)Count * size)
            throw new ArgumentException($"Column {column} has {Count} × {size} elements, the target {target.Length}.", nameof(target));
        if (IsInteger(column) != (typeof(E) == typeof(int)))
            throw new ArgumentException($"Column {column} holds {(IsInteger(column) ? "integers" : "real numbers")}.", nameof(column));
        switch (columns[column])
        {
            case BatchColumn<float> c: Gather(c.Values.Span, size, target); break;
            case BatchColumn<double> c: Gather(c.Values.Span, size, target); break;
            case BatchColumn<int> c: Gather(c.Values.Span, size, target); break;
        }
    }

    /// <summary>Numbers per example.</summary>
    internal int Size(int column) => columns[column].Length / total;

    internal bool IsInteger(int column) => columns[column] is BatchColumn<int>;

    /// <summary>The column of a name; else of a position, which counts only where no column has a name; else −1.</summary>
    internal int Find(string name, int position)
    {
        if (names.Length == 0)
            return position < columns.Length ? position : -1;
        return Array.IndexOf(names, name);
    }

    /// <summary>The column's own memory, when it has the type and its examples follow one another.</summary>
    internal bool TryDense<E>(int column, out ReadOnlySpan<E> values) where E : unmanaged
    {
        bool dense = rows is null && columns[column] is BatchColumn<E>;
        int size = Size(column);
        values = dense ? ((BatchColumn<E>)columns[column]).Values.Span.Slice(first * size, Count * size) : default;
        return dense;
    }

    /// <summary>Numbers of this batch's examples, in place, to rows of the columns' memory.</summary>
    int[] Places(int[] examples)
    {
        for (int i = 0; i < examples.Length; i++)
            examples[i] = Place(examples[i]);
        return examples;
    }

    int Place(int example) => rows is { } chosen ? chosen.Span[example] : first + example;

    Batch Choose(ReadOnlyMemory<int> rows) => new(columns, names, total, 0, rows.Length, rows);

    void CheckLength(BatchColumn column, string name)
    {
        if (column.Length == 0 || column.Length % total != 0)
            throw new ArgumentException($"{name} has {column.Length} elements: not the same number for each of {total} examples.");
    }

    void Gather<S, E>(ReadOnlySpan<S> source, int size, Span<E> target) where S : unmanaged, INumberBase<S> where E : unmanaged, INumberBase<E>
    {
        for (int e = 0; e < Count; e++)
        {
            Narrow(source.Slice(Place(e) * size, size), target.Slice(e * size, size));
        }
    }

    static void Narrow<S, E>(ReadOnlySpan<S> source, Span<E> target) where S : unmanaged, INumberBase<S> where E : unmanaged, INumberBase<E>
    {
        if (typeof(S) == typeof(E))
            System.Runtime.InteropServices.MemoryMarshal.Cast<S, E>(source).CopyTo(target);
        else
            for (int i = 0; i < target.Length; i++)
                target[i] = E.CreateTruncating(source[i]);
    }
}
