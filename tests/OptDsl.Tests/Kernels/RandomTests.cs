using System.Numerics;
using OptDsl.Runtime;
using Xunit;

namespace OptDsl.Tests.Kernels;

/// <summary>Random numbers as a function of three counters: known values, the same bits at every width, even, and independent along each counter.</summary>
public class RandomTests
{
    const int Size = 1 << 18;

    /// <summary>A way to count: along the columns of a row, down the rows of a column, from step to step and from stream to stream at one element.</summary>
    public static TheoryData<string> Ways => ["columns", "rows", "a matrix", "steps", "streams", "seeds"];

    static (double Key, double Row, double Column) At(string way, int i) => way switch
    {
        "columns" => (Float64.Random(1, 2, 3), 5, i),
        "rows" => (Float64.Random(1, 2, 3), i, 5),
        "a matrix" => (Float64.Random(1, 2, 3), i / 96, i % 96),
        "steps" => (Float64.Random(1, 2, i), 0, 0),
        "streams" => (Float64.Random(1e14 + i, 2, 3), 0, 0),
        _ => (Float64.Random(1, i, 3), 0, 0),
    };

    static double[] Doubles(string way) => [.. Enumerable.Range(0, Size).Select(i => At(way, i)).Select(c => Float64.Random(c.Key, c.Row, c.Column))];

    static double[] Floats(string way) => [.. Enumerable.Range(0, Size).Select(i => At(way, i)).Select(c => (double)Float32.Random((float)c.Key, (float)c.Row, (float)c.Column))];

    [Fact]
    public void Values_are_those_of_the_hash_in_integers()
    {
        Assert.Equal([0.1748752967623569, 0.842806782183182, 0.5395442658472362, 0.8656615916799745, 0.8710367344046299],
            [Float64.Random(0.5, 0, 0), Float64.Random(0.5, 0, 1), Float64.Random(0.5, 1, 0), Float64.Random(0.25, 3, 1000), Float64.Random(-1, 2, 7)]);
        Assert.Equal([0.2531060576438904f, 0.3889467120170593f, 0.5609742999076843f, 0.002244889736175537f, 0.10322809219360352f],
            [Float32.Random(0.5f, 0, 0), Float32.Random(0.5f, 0, 1), Float32.Random(0.5f, 1, 0), Float32.Random(0.25f, 3, 1000), Float32.Random(-1, 2, 7)]);
    }

    [Fact]
    public void Every_width_has_the_same_bits()
    {
        Bits.AssertSame<float>(Rows<Vec1<float>, float>(Float32.Random), Rows<Vec128<float>, float>(Float32.Random));
        Bits.AssertSame<float>(Rows<Vec1<float>, float>(Float32.Random), Rows<Vec256<float>, float>(Float32.Random));
        Bits.AssertSame<float>(Rows<Vec1<float>, float>(Float32.Random), Rows<Vec512<float>, float>(Float32.Random));
        Bits.AssertSame<double>(Rows<Vec1<double>, double>(Float64.Random), Rows<Vec128<double>, double>(Float64.Random));
        Bits.AssertSame<double>(Rows<Vec1<double>, double>(Float64.Random), Rows<Vec256<double>, double>(Float64.Random));
        Bits.AssertSame<double>(Rows<Vec1<double>, double>(Float64.Random), Rows<Vec512<double>, double>(Float64.Random));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void They_are_even(string way)
    {
        foreach (var numbers in new[] { Doubles(way), Floats(way) })
        {
            Assert.All(numbers, x => Assert.InRange(x, 0, 1 - 1.0 / (1L << 53)));
            // χ² of 1,024 cells within 5 deviations of its mean; then the first two moments.
            var cells = new int[1024];
            foreach (var x in numbers) cells[(int)(x * cells.Length)]++;
            double expected = (double)Size / cells.Length, chi = cells.Sum(c => (c - expected) * (c - expected) / expected);
            Assert.InRange(chi, 1023 - 5 * Math.Sqrt(2 * 1023), 1023 + 5 * Math.Sqrt(2 * 1023));
            Assert.InRange(numbers.Average(), 0.5 - 5 * Math.Sqrt(1.0 / 12 / Size), 0.5 + 5 * Math.Sqrt(1.0 / 12 / Size));
            Assert.InRange(numbers.Average(x => (x - 0.5) * (x - 0.5)), 1.0 / 12 - 5 * Math.Sqrt(1.0 / 180 / Size), 1.0 / 12 + 5 * Math.Sqrt(1.0 / 180 / Size));
        }
    }

    /// <summary>The correlation of each number with the one that lies some places on has deviation 1/√n.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public void They_do_not_know_each_other(string way)
    {
        foreach (var numbers in new[] { Doubles(way), Floats(way) })
            foreach (var lag in new[] { 1, 2, 16, 96, 256, 4096 })
            {
                var sum = 0.0;
                for (var i = lag; i < Size; i++) sum += (numbers[i] - 0.5) * (numbers[i - lag] - 0.5);
                Assert.InRange(12 * sum / Math.Sqrt(Size - lag), -5, 5);
            }
    }

    /// <summary>Pairs of neighbours fill the square.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public void Pairs_are_even(string way)
    {
        foreach (var numbers in new[] { Doubles(way), Floats(way) })
        {
            var cells = new int[32, 32];
            for (var i = 0; i < Size; i += 2) cells[(int)(numbers[i] * 32), (int)(numbers[i + 1] * 32)]++;
            var expected = Size / 2 / 1024.0;
            Assert.InRange(cells.Cast<int>().Sum(c => (c - expected) * (c - expected) / expected), 1023 - 5 * Math.Sqrt(2 * 1023), 1023 + 5 * Math.Sqrt(2 * 1023));
        }
    }

    [Fact]
    public void All_bits_are_used()
    {
        Assert.Contains(Floats("columns"), x => x * (1 << 23) % 1 != 0);
        Assert.Contains(Doubles("columns"), x => x * (1L << 52) % 1 != 0);
        Assert.All(Floats("columns"), x => Assert.Equal(0, x * (1 << 24) % 1));
    }

    delegate V Hash<V>(V key, V row, V column);

    static T[] Rows<V, T>(Hash<V> hash) where V : unmanaged, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var memory = new Native<T>(64 * 48);
        for (var r = 0; r < 64; r++)
            for (var i = 0; i < 48; i += V.Count)
                V.Store(hash(V.Create(T.CreateChecked(0.1 * (r % 7) - 0.2)), V.Create(T.CreateChecked(r)), V.Indices + V.Create(T.CreateChecked(i))), memory.Buffer, r * 48 + i);
        return memory.Span.ToArray();
    }
}
