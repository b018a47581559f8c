using System.Numerics;
using OptDsl.Runtime;
using Xunit;

namespace OptDsl.Tests.Kernels;

public class ReductionTests
{
    [Fact] public void FloatsAt512() => Check<Vec512<float>, float>();
    [Fact] public void FloatsAt256() => Check<Vec256<float>, float>();
    [Fact] public void FloatsAt128() => Check<Vec128<float>, float>();
    [Fact] public void FloatsAt1() => Check<Vec1<float>, float>();
    [Fact] public void DoublesAt512() => Check<Vec512<double>, double>();
    [Fact] public void DoublesAt256() => Check<Vec256<double>, double>();
    [Fact] public void DoublesAt128() => Check<Vec128<double>, double>();
    [Fact] public void DoublesAt1() => Check<Vec1<double>, double>();

    private static void Check<V, T>() where V : unmanaged, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(6);
        for (int trial = 0; trial < 100; trial++)
        {
            LanesAreTheTree<V, T>(random);
            SumRowsAddsInOrder<V, T>(random.Next(1, 90), random.Next(1, 400), random);
        }
        SumRowsAddsInOrder<V, T>(700, 900, random);      // large enough for the team
    }

    private static void LanesAreTheTree<V, T>(Random random) where V : unmanaged, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int length = random.Next(1, 100), padded = (length + 15) / 16 * 16;
        using var x = Native<T>.Random(padded, random);
        if (random.Next(4) == 0)
            x.Span[random.Next(padded)] = random.Next(2) == 0 ? T.NaN : T.NegativeZero;
        using var scratch = Native<T>.Filled(32, T.NaN);
        T[] sums = new T[16], maxima = new T[16];
        Array.Fill(maxima, T.NegativeInfinity);
        for (int i = 0; i < padded; i++)
        {
            T sum = i < length ? x.Span[i] : T.Zero, max = i < length ? x.Span[i] : T.NegativeInfinity;
            sums[i % 16] += sum;
            maxima[i % 16] = maxima[i % 16] < max ? max : maxima[i % 16];
        }
        for (int h = 8; h > 0; h /= 2)
            for (int j = 0; j < h; j++)
            {
                sums[j] += sums[j + h];
                maxima[j] = maxima[j] < maxima[j + h] ? maxima[j + h] : maxima[j];
            }

        var add = new Lanes<V, T>(scratch.Buffer, T.Zero);
        var max2 = new Lanes<V, T>(scratch.Buffer.At(16), T.NegativeInfinity);
        for (nint i = 0; i < padded; i += V.Count)
        {
            add.Add(V.First(V.Load(x.Buffer, i), length - i, T.Zero), i);
            max2.Max(V.First(V.Load(x.Buffer, i), length - i, T.NegativeInfinity), i);
        }
        Bits.AssertSame<T>([sums[0], maxima[0]], [add.Sum(), max2.Max()]);
    }

    private static void SumRowsAddsInOrder<V, T>(int rows, int cols, Random random) where V : unmanaged, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int padded = (cols + 15) / 16 * 16, ld = padded + 16 * random.Next(2);
        using var x = Native<T>.Random((long)rows * ld, random);
        x.Span[0] = T.NegativeZero;
        var expected = new T[padded];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < padded; j++)
                expected[j] += x.Span[i * ld + j];
        foreach (int threads in (int[])[1, 2, 3])
        {
            using var y = Native<T>.Filled(padded + 16, T.One);
            Reductions<V, T>.SumRows(Team.Get(threads), x.Buffer, rows, cols, ld, y.Buffer);
            Bits.AssertSame<T>(expected, y.Span[..padded]);
            Assert.Equal(T.One, y.Span[padded]);
            // In two parts the sums go on.
            int half = rows / 2;
            y.Span[..padded].Clear();
            Reductions<V, T>.AddRows(Team.Get(threads), x.Buffer, half, cols, ld, y.Buffer);
            Reductions<V, T>.AddRows(Team.Get(threads), x.Buffer.At((nint)half * ld), rows - half, cols, ld, y.Buffer);
            Bits.AssertSame<T>(expected, y.Span[..padded]);
            Assert.Equal(T.One, y.Span[padded]);
        }
    }
}
