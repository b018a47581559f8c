using System.Numerics;
using System.Runtime.CompilerServices;
using OptDsl.Runtime;
using Xunit;

namespace OptDsl.Tests.Kernels;

public class MatMulTests
{
    [Fact]
    public void ProductIsTheNaiveLoop()
    {
        var random = new Random(1);
        for (int trial = 0; trial < 40; trial++)
        {
            int m = random.Next(1, 71), n = random.Next(1, 71), k = random.Next(1, 71);
            AtEveryWidth<float>(1, m, n, k, random);
            AtEveryWidth<double>(1, m, n, k, random);
        }
    }

    // Large enough to be shared by the team, and not a multiple of anything.
    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(7)]
    public void LargeProductIsTheNaiveLoop(int threads)
    {
        var random = new Random(100 + threads);
        AtEveryWidth<float>(threads, 133, 205, 301, random);
        AtEveryWidth<float>(threads, 301, 133, 64, random);
        AtEveryWidth<double>(threads, 203, 77, 259, random);
        AtEveryWidth<float>(threads, 451, 33, 19, random);
        AtEveryWidth<double>(threads, 195, 97, 117, random);
    }

    // So many rows of A and B that a part of them is summed at a time.
    [Theory, InlineData(1), InlineData(3)]
    public void AProductOverManyRowsIsTheNaiveLoop(int threads)
    {
        var random = new Random(200 + threads);
        AtEveryWidth<float>(threads, 25, 6, 4096, random);
        AtEveryWidth<float>(threads, 67, 70, 4361, random);
        AtEveryWidth<double>(threads, 9, 33, 4099, random);
    }

    // So few columns that the product is made the other way round, with whole vectors of A.
    [Fact]
    public void AProductOfFewColumnsIsTheNaiveLoop()
    {
        var random = new Random(300);
        for (int trial = 0; trial < 20; trial++)
        {
            int m = random.Next(9, 80), n = random.Next(1, 10), k = random.Next(60, 140);
            AtEveryWidth<float>(1, m, n, k, random);
            AtEveryWidth<double>(1, m, n, k, random);
        }
    }

    [Fact]
    public void AnEmptySumIsPlusZero() => AtEveryWidth<float>(1, 5, 20, 0, new Random(1));

    [Fact]
    public void InfinityAndNaNArePassedOn()
    {
        using var a = Native<float>.Filled(4, float.PositiveInfinity);
        using var b = Native<float>.Filled(16 * 2, 1f);
        using var c = Native<float>.Filled(32, 7f);
        b.Span[1] = -1f;
        b.Span[2] = 0f;
        MatMul<Vec512<float>, float>.Multiply(Team.Get(1), 2, 16, 2, a.Buffer, 2, b.Buffer, 16, new RowSink<float>(c.Buffer, 16));
        Assert.Equal(float.PositiveInfinity, c.Span[0]);
        Assert.True(float.IsNaN(c.Span[1]));
        Assert.True(float.IsNaN(c.Span[2]));
    }

    // The heavy sink sees what the light one sees, once and in the same place.
    [Fact]
    public void AHeavySinkIsAPassOverTheProduct()
    {
        HeavyAt<Vec512<float>>();
        HeavyAt<Vec256<float>>();
        HeavyAt<Vec128<float>>();
        HeavyAt<Vec1<float>>();
    }

    private static void HeavyAt<V>() where V : unmanaged, IVector<V, float>
    {
        var random = new Random(2);
        for (int m = 1; m < 20; m++)
            foreach (int n in (int[])[16, 48, 64])
            {
                using var a = Native<float>.Random(m * 9, random);
                using var b = Native<float>.Random(9 * n, random);
                using var light = new Native<float>(m * n);
                using var heavy = new Native<float>(m * n + 8 * n);
                MatMul<V, float>.Multiply(Team.Get(1), m, n, 9, a.Buffer, 9, b.Buffer, n, new RowSink<float>(light.Buffer, n));
                MatMul<V, float>.Multiply(Team.Get(1), m, n, 9, a.Buffer, 9, b.Buffer, n, new AddTanh(heavy.Buffer, n));
                for (int i = 0; i < m * n; i++)
                    light.Span[i] = 0f + Float32.Tanh(light.Span[i]);
                Bits.AssertSame<float>(light.Span, heavy.Span[..(m * n)]);
                Bits.AssertUntouched(heavy.Span[(m * n)..], 0f, "heavy sink");
            }
    }

    private readonly struct AddTanh(Buffer<float> c, nint ld) : IHeavySink<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store<W>(W acc, nint row, nint col) where W : unmanaged, IVector<W, float> =>
            W.Store(W.Load(c, row * ld + col) + Float32.Tanh(acc), c, row * ld + col);
    }

    private static void AtEveryWidth<T>(int threads, int m, int n, int k, Random random) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (bool transposed in (bool[])[false, true])
            foreach (int panel in (int[])[16, 32, 64, 0])
            {
                int columns = (n + 15) / 16 * 16, width = panel == 0 ? columns + 16 : panel, panels = (columns + width - 1) / width;
                // Rows 2 KiB apart are copied first.
                int lda = transposed && m % 64 == 3 ? (m + 511) / 512 * 512 : random.Next(2) == 0 ? ((transposed ? m : k) + 15) / 16 * 16 : (transposed ? m : k) + random.Next(3);
                using var a = Native<T>.Random(Math.Max(1, (long)lda * (transposed ? k : m)), random);
                using var b = Native<T>.Random(Math.Max(1, (long)panels * width * k), random);
                T[] expected = Naive(transposed, m, columns, k, a.Span, lda, b.Span, width);
                Check<Vec512<T>, T>(expected, threads, transposed, m, n, k, a.Buffer, lda, b.Buffer, width);
                Check<Vec256<T>, T>(expected, threads, transposed, m, n, k, a.Buffer, lda, b.Buffer, width);
                Check<Vec128<T>, T>(expected, threads, transposed, m, n, k, a.Buffer, lda, b.Buffer, width);
                Check<Vec1<T>, T>(expected, threads, transposed, m, n, k, a.Buffer, lda, b.Buffer, width);
            }
    }

    private static T[] Naive<T>(bool transposed, int m, int n, int k, ReadOnlySpan<T> a, int lda, ReadOnlySpan<T> b, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var c = new T[m * n];
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
                for (int q = 0; q < k; q++)
                    c[i * n + j] = T.FusedMultiplyAdd(
                        transposed ? a[q * lda + i] : a[i * lda + q],
                        b[(j / width * k + q) * width + j % width],
                        c[i * n + j]);
        return c;
    }

    // Into rows and into panels, between guards that must stay untouched.
    private static void Check<V, T>(
        T[] expected, int threads, bool transposed, int m, int n, int k, Buffer<T> a, int lda, Buffer<T> b, int width)
        where V : unmanaged, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int log2 = 5, panelWidth = 1 << log2, guard = 64;
        int columns = (n + 15) / 16 * 16, panels = (columns + panelWidth - 1) / panelWidth;
        T mark = T.CreateChecked(123);
        using var rows = Native<T>.Filled(2 * guard + m * columns, mark);
        using var packed = Native<T>.Filled(2 * guard + panels * m * panelWidth, mark);
        var rowSink = new RowSink<T>(rows.Buffer.At(guard), columns);
        var panelSink = new PanelSink<T>(packed.Buffer.At(guard), m, log2);
        if (transposed)
        {
            MatMul<V, T>.MultiplyTransposed(Team.Get(threads), m, n, k, a, lda, b, width, rowSink);
            MatMul<V, T>.MultiplyTransposed(Team.Get(threads), m, n, k, a, lda, b, width, panelSink);
            // In two parts, where the rows of B lie in one piece; panels of 16 are narrower than some tiles.
            int half = width >= columns ? k / 2 : 0;
            foreach (int wide in (int[])[16, panelWidth])
            {
                using var sums = Native<T>.Filled(2 * guard + panels * m * panelWidth, mark);
                sums.Span[guard..^guard].Clear();
                MatMul<V, T>.AddTransposed(Team.Get(threads), m, n, half, a, lda, b, width, sums.Buffer.At(guard), wide);
                MatMul<V, T>.AddTransposed(Team.Get(threads), m, n, k - half, a.At((nint)half * lda), lda, b.At((nint)half * width), width, sums.Buffer.At(guard), wide);
                for (int i = 0; i < m; i++)
                    for (int j = 0; j < n; j++)
                        Assert.True(Bits.Same(expected[i * columns + j], sums.Span[guard + (j / wide * m + i) * wide + j % wide]), $"{typeof(V)} {m}x{n}x{half}+{k - half} in panels of {wide}");
                Bits.AssertUntouched(sums.Span[..guard], mark, "before the sums");
                Bits.AssertUntouched(sums.Span[^guard..], mark, "behind the sums");
            }
        }
        else
        {
            MatMul<V, T>.Multiply(Team.Get(threads), m, n, k, a, lda, b, width, rowSink);
            MatMul<V, T>.Multiply(Team.Get(threads), m, n, k, a, lda, b, width, panelSink);
        }
        string what = $"{typeof(V)} {(transposed ? "transposed " : "")}{m}x{n}x{k}, panels of {width}, {threads} threads";
        // The padding behind n columns may be anything.
        for (int i = 0; i < m; i++) Bits.AssertSame<T>(expected.AsSpan(i * columns, n), rows.Span.Slice(guard + i * columns, n), what);
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
                Assert.True(Bits.Same(expected[i * columns + j], packed.Span[guard + (j / panelWidth * m + i) * panelWidth + j % panelWidth]), what);
        Bits.AssertUntouched(rows.Span[..guard], mark, what);
        Bits.AssertUntouched(rows.Span[^guard..], mark, what);
        Bits.AssertUntouched(packed.Span[..guard], mark, what);
        Bits.AssertUntouched(packed.Span[^guard..], mark, what);
    }
}
