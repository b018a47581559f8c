using OptDsl.Runtime;

namespace OptDsl;

public sealed partial class Batch
{
    /// <summary>
    /// One epoch: every example once, in an order that depends on seed and epoch alone, <paramref name="size"/> at a time; the last batch may
    /// be smaller. The batches are views and stay valid; nothing is copied before a learner takes them.
    /// </summary>
    /// <param name="size">Examples per batch.</param>
    /// <param name="seed">Another seed, another order.</param>
    /// <param name="epoch">Another epoch, another order.</param>
    public IEnumerable<Batch> Shuffled(int size, long seed = 0, long epoch = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        return Cut(Places(Order(Count, seed, epoch)), size);
    }

    /// <summary>The examples in their order, <paramref name="size"/> at a time; the last batch may be smaller.</summary>
    public IEnumerable<Batch> InOrder(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        return Cut(null, size);
    }

    /// <summary>Fisher and Yates: a permutation of 0 … count − 1.</summary>
    internal static int[] Order(int count, long seed, long epoch)
    {
        int[] order = new int[count];
        for (int i = 0; i < count; i++)
            order[i] = i;
        // The golden ratio spreads consecutive epochs over the streams.
        var random = new Philox(unchecked((ulong)seed), Philox.Stream("shuffle") + (ulong)epoch * 0x9E3779B97F4A7C15);
        for (int i = count - 1; i > 0; i--)
        {
            int j = random.Integer((ulong)i, i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }

    IEnumerable<Batch> Cut(ReadOnlyMemory<int>? order, int size)
    {
        for (int start = 0; start < Count; start += size)
        {
            int length = Math.Min(size, Count - start);
            yield return order is { } all ? Choose(all.Slice(start, length)) : Slice(start, length);
            if (start > int.MaxValue - size)
                yield break;
        }
    }
}
