namespace OptDsl;

/// <summary>The numbers of one column of a <see cref="Batch"/>, one example after another; an array converts to it. Nothing is copied.</summary>
public abstract class BatchColumn
{
    private protected BatchColumn()
    {
    }

    /// <summary>How many numbers.</summary>
    public abstract int Length { get; }

    /// <summary>A column of floats.</summary>
    public static implicit operator BatchColumn(float[] values) => new BatchColumn<float>(values);

    /// <summary>A column of doubles.</summary>
    public static implicit operator BatchColumn(double[] values) => new BatchColumn<double>(values);

    /// <summary>A column of integers.</summary>
    public static implicit operator BatchColumn(int[] values) => new BatchColumn<int>(values);

    /// <summary>A column of floats.</summary>
    public static implicit operator BatchColumn(ReadOnlyMemory<float> values) => new BatchColumn<float>(values);

    /// <summary>A column of doubles.</summary>
    public static implicit operator BatchColumn(ReadOnlyMemory<double> values) => new BatchColumn<double>(values);

    /// <summary>A column of integers.</summary>
    public static implicit operator BatchColumn(ReadOnlyMemory<int> values) => new BatchColumn<int>(values);
}

/// <summary>A column of one type.</summary>
sealed class BatchColumn<E>(ReadOnlyMemory<E> values) : BatchColumn where E : unmanaged
{
    public ReadOnlyMemory<E> Values => values;

    public override int Length => values.Length;
}
