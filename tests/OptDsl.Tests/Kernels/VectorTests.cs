using System.Numerics;
using OptDsl.Runtime;
using Xunit;

namespace OptDsl.Tests.Kernels;

/// <summary>Every operation of every width against the lane-by-lane meaning.</summary>
public class VectorTests
{
    [Fact] public void Floats512() => Check<Vec512<float>, float>(Samples.Floats(512, 3));
    [Fact] public void Floats256() => Check<Vec256<float>, float>(Samples.Floats(512, 3));
    [Fact] public void Floats128() => Check<Vec128<float>, float>(Samples.Floats(512, 3));
    [Fact] public void Floats1() => Check<Vec1<float>, float>(Samples.Floats(512, 3));
    [Fact] public void Doubles512() => Check<Vec512<double>, double>(Samples.Doubles(512, 3));
    [Fact] public void Doubles256() => Check<Vec256<double>, double>(Samples.Doubles(512, 3));
    [Fact] public void Doubles128() => Check<Vec128<double>, double>(Samples.Doubles(512, 3));
    [Fact] public void Doubles1() => Check<Vec1<double>, double>(Samples.Doubles(512, 3));

    private static void Check<V, T>(T[] x) where V : unmanaged, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var memory = new Native<T>(3 * x.Length);
        x.CopyTo(memory.Span);
        Buffer<T> p = memory.Buffer;
        for (int i = 0; i + V.Count <= x.Length; i += V.Count)
        {
            int j = (i * 7 + 16) % (x.Length - 16) / V.Count * V.Count, k = (i * 3 + 48) % (x.Length - 16);
            V a = V.Load(p, i), b = V.Load(p, j), c = V.Load(p, k);
            V mask = V.Less(a, b);
            for (int lane = 0; lane < V.Count; lane++)
            {
                T u = x[i + lane], v = x[j + lane], w = x[k + lane];
                void Is(V got, T expected, string what) => Assert.True(Bits.Same(expected, Lane<V, T>(got, lane)), $"{what}({u:R}, {v:R}, {w:R}) = {Lane<V, T>(got, lane):R}");
                Is(a + b, u + v, "+");
                Is(a - b, u - v, "-");
                Is(a * b, u * v, "*");
                Is(a / b, u / v, "/");
                Is(-a, -u, "negate");
                Is(V.Fma(a, b, c), T.FusedMultiplyAdd(u, v, w), "fma");
                Is(V.Sqrt(a), T.Sqrt(u), "sqrt");
                Is(V.Abs(a), T.Abs(u), "abs");
                Is(V.Floor(a), T.Floor(u), "floor");
                Is(V.Select(mask, a, b), u < v ? u : v, "less, select");
                Is(V.Select(V.LessEqual(a, b), a, c), u <= v ? u : w, "less or equal");
                Is(V.Select(V.Equal(a, b), a, c), u == v ? u : w, "equal");
                Is(V.Select(V.Not(mask), a, c), u < v ? w : u, "not");
                Is(V.Larger(a, b), u < v ? v : u, "larger");
                Is(V.Smaller(a, b), v < u ? v : u, "smaller");
                Is(V.Sign(a), u > T.Zero ? T.One : u < T.Zero ? T.NegativeOne : u, "sign");
                Is(V.AndNot(a, V.Create(T.NegativeZero)), T.Abs(u), "and not");
                Is(V.Or(V.Abs(a), V.And(b, V.Create(T.NegativeZero))), T.CopySign(u, v), "or, and");
                Is(V.Xor(a, V.Create(T.NegativeZero)), -u, "xor");
                Is(V.First(a, lane, w), w, "first, beyond");
                Is(V.First(a, lane + 1, w), u, "first, within");
                Is(V.First(a, -1, w), w, "first, none");
                Is(V.SubtractBits(V.AddBits(a, b), b), u, "add and subtract bits");
                Is(V.SubtractBits(V.SubtractBits(V.MultiplyBits(a, V.CreateBits(3)), a), a), u, "multiply bits");
                Is(V.ShiftRightLogical(V.ShiftLeft(a, 1), 1), T.Abs(u), "logical shift");
                Is(V.Indices, T.CreateChecked(lane), "indices");
                Assert.False(V.Any(V.And(mask, V.Create(T.Zero))));
            }
            Assert.Equal(V.Any(mask), Enumerable.Range(0, V.Count).Any(lane => x[i + lane] < x[j + lane]));
        }
        Shifts<V, T>();
        Assert.True(V.Any(V.Equal(V.Indices, V.Create(T.CreateChecked(V.Count - 1)))));
    }

    // 2ⁿ by the exponent's place, and the sign spread by an arithmetic shift; integers converted.
    private static unsafe void Shifts<V, T>() where V : unmanaged, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int mantissa = sizeof(T) == 4 ? 23 : 52, bias = sizeof(T) == 4 ? 127 : 1023;
        Assert.Equal(T.CreateChecked(8), Lane<V, T>(V.ShiftLeft(V.CreateBits(bias + 3), mantissa), 0));
        Assert.Equal(T.CreateChecked(0.125), Lane<V, T>(V.ShiftLeft(V.AddBits(V.ShiftRight(V.CreateBits(-6), 1), V.CreateBits(bias)), mantissa), 0));
        int* integers = stackalloc int[16];
        for (int i = 0; i < 16; i++)
            integers[i] = 1_000_003 * (i - 7);
        for (int i = 0; i < V.Count; i++)
            Assert.Equal(T.CreateChecked(integers[i]), Lane<V, T>(V.LoadIndices(new Buffer<int>(integers), 0), i));
    }

    private static unsafe T Lane<V, T>(V x, int i) where V : unmanaged, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> => ((T*)&x)[i];
}
