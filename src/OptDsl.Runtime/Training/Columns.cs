using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OptDsl.Runtime;

/// <summary>The kind of number in a column as it was passed.</summary>
enum ElementKind : byte { Single, Double, Integer }

/// <summary>
/// The columns of one call, in order of declaration: <c>new Columns().Add(input).Add(target)</c>. Allocates nothing; the learner pins all of
/// them with one statement, so that generated code needs no pointers.
/// </summary>
public ref struct Columns
{
    /// <summary>The most columns that a model has.</summary>
    public const int Most = 8;

    // Managed references cannot be in an inline array; eight fields can be pinned by one `fixed`.
    internal ref byte C0, C1, C2, C3, C4, C5, C6, C7;
    Lengths lengths;
    Kinds kinds;

    /// <summary>How many were added.</summary>
    public int Count { get; private set; }

    /// <summary>With one more column of floats.</summary>
    /// <exception cref="InvalidOperationException">There are <see cref="Most"/> already.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Columns Add(ReadOnlySpan<float> column) =>
        With(ref Unsafe.As<float, byte>(ref MemoryMarshal.GetReference(column)), column.Length, ElementKind.Single);

    /// <summary>With one more column of doubles.</summary>
    /// <exception cref="InvalidOperationException">There are <see cref="Most"/> already.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Columns Add(ReadOnlySpan<double> column) =>
        With(ref Unsafe.As<double, byte>(ref MemoryMarshal.GetReference(column)), column.Length, ElementKind.Double);

    /// <summary>With one more column of integers.</summary>
    /// <exception cref="InvalidOperationException">There are <see cref="Most"/> already.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Columns Add(ReadOnlySpan<int> column) =>
        With(ref Unsafe.As<int, byte>(ref MemoryMarshal.GetReference(column)), column.Length, ElementKind.Integer);

    /// <summary>Elements of a column.</summary>
    internal readonly int Length(int i) => lengths[i];

    internal readonly ElementKind Kind(int i) => (ElementKind)kinds[i];

    internal readonly long Bytes(int i) => (long)lengths[i] * (Kind(i) == ElementKind.Double ? 8 : 4);

    /// <summary>The first byte of a column.</summary>
    internal readonly ref byte First(int i)
    {
        switch (i)
        {
            case 0: return ref C0;
            case 1: return ref C1;
            case 2: return ref C2;
            case 3: return ref C3;
            case 4: return ref C4;
            case 5: return ref C5;
            case 6: return ref C6;
            default: return ref C7;
        }
    }

    /// <summary>The integers of an integer column.</summary>
    internal readonly ReadOnlySpan<int> Integers(int i) => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, int>(ref First(i)), lengths[i]);

    readonly Columns With([UnscopedRef] ref byte first, int length, ElementKind kind)
    {
        Columns more = this;
        switch (Count)
        {
            case 0: more.C0 = ref first; break;
            case 1: more.C1 = ref first; break;
            case 2: more.C2 = ref first; break;
            case 3: more.C3 = ref first; break;
            case 4: more.C4 = ref first; break;
            case 5: more.C5 = ref first; break;
            case 6: more.C6 = ref first; break;
            case 7: more.C7 = ref first; break;
            default: throw new InvalidOperationException($"A model has at most {Most} columns.");
        }
        more.lengths[Count] = length;
        more.kinds[Count] = (byte)kind;
        more.Count = Count + 1;
        return more;
    }

    [InlineArray(Most)]
    struct Lengths
    {
        int first;
    }

    [InlineArray(Most)]
    struct Kinds
    {
        byte first;
    }
}
