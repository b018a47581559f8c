using System.Numerics;
using OptDsl.Runtime;
using Xunit;

namespace OptDsl.Tests.Kernels;

public class LayoutTests
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
        var random = new Random(5);
        for (int trial = 0; trial <= 60; trial++)
        {
            // The last is large enough for the team.
            int rows = random.Next(1, 90) + trial / 60 * 900, cols = random.Next(1, 90) + trial / 60 * 800;
            int width = 16 << random.Next(3), transposedWidth = 16 << random.Next(3);
            int threads = random.Next(1, 4);
            var matrix = new T[rows * cols];
            foreach (ref T x in matrix.AsSpan())
                x = T.CreateChecked(random.NextDouble());

            using var panels = Native<T>.Filled((cols + width - 1) / width * width * rows, T.NaN);
            Layouts<V, T>.Pack(matrix, rows, cols, panels.Buffer, width);
            var back = new T[matrix.Length];
            Layouts<V, T>.Unpack(panels.Buffer, rows, cols, width, back);
            Bits.AssertSame<T>(matrix, back);
            Assert.False(panels.Span.Contains(T.NaN));     // the padding is written

            using var transpose = Native<T>.Filled((rows + transposedWidth - 1) / transposedWidth * transposedWidth * cols, T.NaN);
            Layouts<V, T>.Transpose(Team.Get(threads), panels.Buffer, rows, cols, width, transpose.Buffer, transposedWidth);
            for (int j = 0; j < cols; j++)
                for (int i = 0; i < (rows + 15) / 16 * 16; i++)
                {
                    T got = transpose.Span[(i / transposedWidth * cols + j) * transposedWidth + i % transposedWidth];
                    Assert.True(Bits.Same(i < rows ? matrix[i * cols + j] : T.Zero, got), $"{rows}x{cols} {width}->{transposedWidth} ({i},{j}): {got}");
                }
        }
    }

    // Dimensions in any order, some of them repeated; what lies between the rows of the result stays.
    [Fact]
    public void ABroadcastIsTheNaiveLoop()
    {
        var random = new Random(7);
        for (int trial = 0; trial < 300; trial++)
        {
            BroadcastOf<float>(random);
            BroadcastOf<double>(random);
        }
    }

    private static void BroadcastOf<T>(Random random) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rank = random.Next(1, 5), examples = random.Next(1, 3), size = 1;
        int[] sizes = [.. Enumerable.Range(0, rank).Select(_ => random.Next(1, 10))], order = [.. Enumerable.Range(0, rank)];
        random.Shuffle(order);
        long[] strides = new long[rank];
        foreach (int d in order)
        {
            if (random.Next(4) == 0) continue;
            strides[d] = size;
            size *= sizes[d] + random.Next(2);
        }
        int columns = sizes[^1], stride = columns + random.Next(4), rows = sizes.Aggregate(1, (a, b) => a * b) / columns;
        T mark = T.CreateChecked(123);
        using var from = Native<T>.Random(examples * size, random);
        using var to = Native<T>.Filled(examples * rows * stride, mark);
        Moves.Broadcast<T, T>(from.Buffer, size, strides, to.Buffer, sizes, stride, examples);
        for (int i = 0; i < examples * rows * stride; i++)
        {
            int row = i / stride % rows, at = i / stride / rows * size, left = row * columns + i % stride;
            for (int d = rank - 1; d >= 0; left /= sizes[d--]) at += (int)strides[d] * (left % sizes[d]);
            Assert.True(Bits.Same(i % stride < columns ? from.Span[at] : mark, to.Span[i]), $"[{string.Join(", ", sizes)}] along {string.Join(", ", strides)}, element {i}");
        }
    }

    [Fact]
    public void CopyRowsLeavesThePaddingAlone()
    {
        using var source = Native<float>.Random(3 * 7, new Random(1));
        using var target = Native<float>.Filled(3 * 16, 9f);
        Layouts<Vec512<float>, float>.CopyRows(source.Buffer, 3, 5, 7, target.Buffer, 16);
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 16; j++)
                Assert.Equal(j < 5 ? source.Span[i * 7 + j] : 9f, target.Span[i * 16 + j]);
    }
}
