using OptDsl.Runtime;
using OptDsl.Tests.Kernels;
using Xunit;

namespace OptDsl.Tests.Baselines.HandWritten;

public class HandWrittenDigitsTests
{
    [Fact] public void Bits512() => IsTheNaiveLoop<Vec512<float>>(1);
    [Fact] public void Bits512OnTwoThreads() => IsTheNaiveLoop<Vec512<float>>(2);
    [Fact] public void Bits256() => IsTheNaiveLoop<Vec256<float>>(1);
    [Fact] public void Bits128() => IsTheNaiveLoop<Vec128<float>>(1);
    [Fact] public void Scalar() => IsTheNaiveLoop<Vec1<float>>(1);

    [Fact]
    public void LearningAllocatesNothing()
    {
        using var digits = new HandWrittenDigits<Vec512<float>>(seed: 1, threads: 2);
        var (x, y) = Batch(64, new Random(1));
        Allocations.AssertNone(() => digits.Learn(x, y), calls: 20);
    }

    // Three full batches and a short one; every bit of every parameter and of the loss.
    private static void IsTheNaiveLoop<V>(int threads) where V : unmanaged, IVector<V, float>
    {
        var random = new Random(7);
        using var digits = new HandWrittenDigits<V>(seed: 3, threads);
        var naive = new NaiveDigits(digits.CopyParameters());
        foreach (int batch in (int[])[64, 64, 37, 1])
        {
            var (x, y) = Batch(batch, random);
            float loss = digits.Learn(x, y), expected = naive.Learn(x, y);
            Bits.AssertSame<float>([expected], [loss]);
            Bits.AssertSame<float>(naive.Parameters, digits.CopyParameters());
        }
    }

    private static (float[] X, int[] Y) Batch(int batch, Random random)
    {
        var x = new float[batch * 784];
        foreach (ref float e in x.AsSpan())
            e = random.Next(4) == 0 ? (float)random.NextDouble() : 0f;
        var y = new int[batch];
        foreach (ref int e in y.AsSpan())
            e = random.Next(10);
        return (x, y);
    }
}
