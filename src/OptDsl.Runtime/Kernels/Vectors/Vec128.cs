using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OptDsl.Runtime;

/// <summary>128 bits: 4 floats or 2 doubles.</summary>
/// <typeparam name="T">The element, float or double.</typeparam>
public unsafe struct Vec128<T> : IVector<Vec128<T>, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // The JIT stops inlining at 512 locals, and a constructor makes three for each operation: Unsafe.BitCast makes none, and twice as many
    // functions fit into a method. sizeof(T) == 4 rather than typeof: less IL, the inliner's other budget.
    private Vector128<T> v;

    /// <inheritdoc/>
    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Vector128<T>.Count; }

    /// <inheritdoc/>
    public static Vec128<T> Indices { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Unsafe.BitCast<Vector128<T>, Vec128<T>>(Vector128<T>.Indices); }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Load(Buffer<T> p, nint i) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(Vector128.Load(p.Pointer + i));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vec128<T> x, Buffer<T> p, nint i) => x.v.Store(p.Pointer + i);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> LoadIndices(Buffer<int> p, nint i)
    {
        if (sizeof(T) == 4)
            return Unsafe.BitCast<Vector128<T>, Vec128<T>>(Vector128.ConvertToSingle(Vector128.Load(p.Pointer + i)).As<float, T>());
        var (lower, upper) = Vector64.Widen(Vector64.Load(p.Pointer + i));
        return Unsafe.BitCast<Vector128<T>, Vec128<T>>(Vector128.ConvertToDouble(Vector128.Create(lower, upper)).As<double, T>());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Create(T x) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(Vector128.Create(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> CreateBits(long bits) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(sizeof(T) == 4
        ? Vector128.Create((int)bits).As<int, T>()
        : Vector128.Create(bits).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> operator +(Vec128<T> a, Vec128<T> b) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(a.v + b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> operator -(Vec128<T> a, Vec128<T> b) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(a.v - b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> operator *(Vec128<T> a, Vec128<T> b) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(a.v * b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> operator /(Vec128<T> a, Vec128<T> b) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(a.v / b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> operator -(Vec128<T> a) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(a.v ^ Vector128.Create(T.NegativeZero));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Fma(Vec128<T> a, Vec128<T> b, Vec128<T> c) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(sizeof(T) == 4
        ? Vector128.FusedMultiplyAdd(a.v.AsSingle(), b.v.AsSingle(), c.v.AsSingle()).As<float, T>()
        : Vector128.FusedMultiplyAdd(a.v.AsDouble(), b.v.AsDouble(), c.v.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Vec128<T> sum, Vec128<T> a, Vec128<T> b)
    {
        // Into the field: what goes through a new struct costs a move.
        if (sizeof(T) == 4)
            sum.v = Vector128.FusedMultiplyAdd(a.v.AsSingle(), b.v.AsSingle(), sum.v.AsSingle()).As<float, T>();
        else
            sum.v = Vector128.FusedMultiplyAdd(a.v.AsDouble(), b.v.AsDouble(), sum.v.AsDouble()).As<double, T>();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Sqrt(Vec128<T> a) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(Vector128.Sqrt(a.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Abs(Vec128<T> a) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(Vector128.Abs(a.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Floor(Vec128<T> a) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(sizeof(T) == 4
        ? Vector128.Floor(a.v.AsSingle()).As<float, T>()
        : Vector128.Floor(a.v.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Less(Vec128<T> a, Vec128<T> b) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(Vector128.LessThan(a.v, b.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> LessEqual(Vec128<T> a, Vec128<T> b) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(Vector128.LessThanOrEqual(a.v, b.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Equal(Vec128<T> a, Vec128<T> b) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(Vector128.Equals(a.v, b.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> And(Vec128<T> a, Vec128<T> b) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(a.v & b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Or(Vec128<T> a, Vec128<T> b) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(a.v | b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Xor(Vec128<T> a, Vec128<T> b) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(a.v ^ b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> AndNot(Vec128<T> a, Vec128<T> b) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(a.v & ~b.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Not(Vec128<T> a) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(~a.v);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Select(Vec128<T> mask, Vec128<T> a, Vec128<T> b) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(Vector128.ConditionalSelect(mask.v, a.v, b.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> SelectLess(Vec128<T> a, Vec128<T> b, Vec128<T> x, Vec128<T> y) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(Vector128.ConditionalSelect(Vector128.LessThan(a.v, b.v), x.v, y.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> SelectLessEqual(Vec128<T> a, Vec128<T> b, Vec128<T> x, Vec128<T> y) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(Vector128.ConditionalSelect(Vector128.LessThanOrEqual(a.v, b.v), x.v, y.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> SelectEqual(Vec128<T> a, Vec128<T> b, Vec128<T> x, Vec128<T> y) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(Vector128.ConditionalSelect(Vector128.Equals(a.v, b.v), x.v, y.v));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Larger(Vec128<T> a, Vec128<T> b)
    {
        // The instruction gives its second operand for NaN and for zeros of either sign.
        if (!Sse2.IsSupported) return Select(Less(a, b), b, a);
        return Unsafe.BitCast<Vector128<T>, Vec128<T>>(sizeof(T) == 4
            ? Sse.Max(b.v.AsSingle(), a.v.AsSingle()).As<float, T>()
            : Sse2.Max(b.v.AsDouble(), a.v.AsDouble()).As<double, T>());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Smaller(Vec128<T> a, Vec128<T> b)
    {
        // The instruction gives its second operand for NaN and for zeros of either sign.
        if (!Sse2.IsSupported) return Select(Less(b, a), b, a);
        return Unsafe.BitCast<Vector128<T>, Vec128<T>>(sizeof(T) == 4
            ? Sse.Min(b.v.AsSingle(), a.v.AsSingle()).As<float, T>()
            : Sse2.Min(b.v.AsDouble(), a.v.AsDouble()).As<double, T>());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> Sign(Vec128<T> a) => SelectLess(default, a, Create(T.One), SelectLess(a, default, Create(T.NegativeOne), a));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Vec128<T> mask) => mask.v.ExtractMostSignificantBits() != 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> AddBits(Vec128<T> a, Vec128<T> b) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(sizeof(T) == 4
        ? (a.v.AsInt32() + b.v.AsInt32()).As<int, T>()
        : (a.v.AsInt64() + b.v.AsInt64()).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> SubtractBits(Vec128<T> a, Vec128<T> b) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(sizeof(T) == 4
        ? (a.v.AsInt32() - b.v.AsInt32()).As<int, T>()
        : (a.v.AsInt64() - b.v.AsInt64()).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> MultiplyBits(Vec128<T> a, Vec128<T> b) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(sizeof(T) == 4
        ? (a.v.AsInt32() * b.v.AsInt32()).As<int, T>()
        : (a.v.AsInt64() * b.v.AsInt64()).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> ShiftLeft(Vec128<T> a, int count) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(sizeof(T) == 4
        ? (a.v.AsInt32() << count).As<int, T>()
        : (a.v.AsInt64() << count).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> ShiftRight(Vec128<T> a, int count) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(sizeof(T) == 4
        ? (a.v.AsInt32() >> count).As<int, T>()
        : (a.v.AsInt64() >> count).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> ShiftRightLogical(Vec128<T> a, int count) => Unsafe.BitCast<Vector128<T>, Vec128<T>>(sizeof(T) == 4
        ? (a.v.AsInt32() >>> count).As<int, T>()
        : (a.v.AsInt64() >>> count).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T SumHalves(Vec128<T> x)
    {
        Vector128<T> sum = x.v + UpperHalf(x.v);
        return sizeof(T) == 4 ? sum.ToScalar() + sum.GetElement(1) : sum.ToScalar();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MaxHalves(Vec128<T> x)
    {
        Vector128<T> upper = UpperHalf(x.v);
        Vector128<T> max = Vector128.ConditionalSelect(Vector128.LessThan(x.v, upper), upper, x.v);
        T a = max.ToScalar(), b = sizeof(T) == 4 ? max.GetElement(1) : a;
        return a < b ? b : a;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> UpperHalf(Vector128<T> x) =>
        Vector128.Shuffle(x.AsInt64(), Vector128.Create(1L, 0L)).As<long, T>();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec128<T> First(Vec128<T> x, nint count, T other)
    {
        Vector128<T> keep = sizeof(T) == 4
            ? Vector128.LessThan(Vector128<int>.Indices, Vector128.Create((int)count)).As<int, T>()
            : Vector128.LessThan(Vector128<long>.Indices, Vector128.Create((long)count)).As<long, T>();
        return Unsafe.BitCast<Vector128<T>, Vec128<T>>(Vector128.ConditionalSelect(keep, x.v, Vector128.Create(other)));
    }
}
