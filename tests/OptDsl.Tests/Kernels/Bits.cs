using System.Numerics;
using System.Runtime.CompilerServices;
using Xunit;

namespace OptDsl.Tests.Kernels;

/// <summary>Equality of bits; every NaN is one NaN.</summary>
internal static class Bits
{
    public static bool Same<T>(T a, T b) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        T.IsNaN(a) ? T.IsNaN(b) : a == b && T.IsNegative(a) == T.IsNegative(b);

    public static void AssertSame<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> got, [CallerArgumentExpression(nameof(got))] string what = "")
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.Equal(expected.Length, got.Length);
        for (int i = 0; i < expected.Length; i++)
            if (!Same(expected[i], got[i]))
                Assert.Fail($"{what}: element {i} is {got[i]:R}, not {expected[i]:R}");
    }

    public static void AssertUntouched<T>(Span<T> edge, T mark, string what) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Assert.False(edge.ContainsAnyExcept(mark), what + " wrote outside");
}
