using System.Numerics;
using OptDsl.Runtime;
using Xunit;

namespace OptDsl.Tests.Kernels;

public class FramedTests
{
    [Fact]
    public void ProductsThroughWindowsAreTheNaiveSums()
    {
        var random = new Random(11);
        for (int trial = 0; trial < 250; trial++)
        {
            var shape = Shape.Draw(random);
            AtEveryWidth<float>(shape, random);
            AtEveryWidth<double>(shape, random);
        }
    }

    // Enough work to be shared.
    [Fact]
    public void ThreadsShareThem()
    {
        foreach (int filters in (int[])[6, 8, 20])
        {
            var shape = new Shape(37, [28, 28, 3], [14, 14], [5, 5], 2, [2, 1], 3, filters, 16);
            AtEveryWidth<float>(shape, new Random(filters));
        }
    }

    private sealed record Shape(int Examples, int[] Image, int[] Fits, int[] Window, int Stride, int[] Start, int PixelStride, int Filters, int Width)
    {
        public int C => Image[2];

        public int Places => Examples * Fits[0] * Fits[1];

        public int Cells => Window[0] * Window[1] * C;

        public int Padded => (Filters + 15) / 16 * 16;

        public int FrameSize => (((Fits[0] - 1) * Stride + Window[0]) * ((Fits[1] - 1) * Stride + Window[1]) * C + 31) / 16 * 16;

        public static Shape Draw(Random random)
        {
            // Sometimes enough examples to fill all lanes, and some more.
            int c = random.Next(3) == 0 ? 1 : random.Next(1, 20), stride = random.Next(1, 4), filters = random.Next(2) == 0 ? random.Next(1, 9) : random.Next(1, 50);
            int[] window = [random.Next(1, 6), random.Next(1, 6)], start = [random.Next(0, 4), random.Next(0, 4)], fits = [random.Next(1, 7), random.Next(1, 7)];
            int apart = random.Next(2) == 0 ? c : (c + 15) / 16 * 16;
            return new(random.Next(2) == 0 ? random.Next(1, 4) : random.Next(4, 40), [random.Next(1, 12), random.Next(1, 12), c], fits, window, stride, start, apart, filters, random.Next(2) == 0 ? 16 : (filters + 15) / 16 * 16);
        }

        /// <summary>The element of the images that a place sees in a cell, or −1 outside.</summary>
        public int Seen(int place, int cell)
        {
            int example = place / (Fits[0] * Fits[1]), y = place / Fits[1] % Fits[0], x = place % Fits[1], at = cell / C;
            int row = y * Stride + at / Window[1] - Start[0], column = x * Stride + at % Window[1] - Start[1];
            return row < 0 || row >= Image[0] || column < 0 || column >= Image[1] ? -1 : ((example * Image[0] + row) * Image[1] + column) * PixelStride + cell % C;
        }

        public override string ToString() =>
            $"{Examples} examples, image {string.Join(" ", Image)}, {PixelStride} apart, fits {string.Join(" ", Fits)}, window {string.Join(" ", Window)}, stride {Stride}, start {string.Join(" ", Start)}, {Filters} filters in {Width}";
    }

    private static void AtEveryWidth<T>(Shape s, Random random) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var pixels = new Fenced<T>(s.Examples * s.Image[0] * s.Image[1] * s.PixelStride, random);
        using var weights = new Fenced<T>(s.Cells * s.Padded, random);
        using var errors = new Fenced<T>(s.Places * s.Padded, random);
        using var before = new Fenced<T>(s.Cells * s.Padded, random);
        T[] forward = new T[s.Places * s.Filters], back = new T[s.Cells * s.Filters];
        for (int cell = 0; cell < s.Cells; cell++)
            for (int j = 0; j < s.Filters; j++) back[cell * s.Filters + j] = before.Span[cell * s.Padded + j];
        for (int place = 0; place < s.Places; place++)
            for (int cell = 0; cell < s.Cells; cell++)
            {
                T seen = s.Seen(place, cell) is >= 0 and var at ? pixels.Span[at] : T.Zero;
                for (int j = 0; j < s.Filters; j++)
                {
                    ref T z = ref forward[place * s.Filters + j], dw = ref back[cell * s.Filters + j];
                    z = T.FusedMultiplyAdd(seen, weights.Span[(j / s.Width * s.Cells + cell) * s.Width + j % s.Width], z);
                    dw = T.FusedMultiplyAdd(seen, errors.Span[place * s.Padded + j], dw);
                }
            }
        foreach (int threads in (int[])[1, 3])
        {
            Check<Vec512<T>, T>(s, threads, pixels, weights, errors, before, forward, back);
            Check<Vec256<T>, T>(s, threads, pixels, weights, errors, before, forward, back);
            Check<Vec128<T>, T>(s, threads, pixels, weights, errors, before, forward, back);
            Check<Vec1<T>, T>(s, threads, pixels, weights, errors, before, forward, back);
        }
    }

    // Frames hold what they held before; what is behind the results must stay untouched.
    private static void Check<V, T>(Shape s, int threads, Fenced<T> pixels, Fenced<T> weights, Fenced<T> errors, Fenced<T> before, T[] forward, T[] back)
        where V : unmanaged, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int guard = 64;
        T mark = T.CreateChecked(123);
        Team team = Team.Get(threads);
        using var images = new Fenced<T>(s.Examples * s.FrameSize, new Random(s.Examples));
        using var z = Native<T>.Filled(s.Places * s.Padded + guard, mark);
        using var dw = Native<T>.Filled(s.Cells * s.Padded + guard, mark);
        var framed = new Framed<T>(images.Buffer, s.Fits, s.Window, s.Stride, s.C);
        Frames<V, T>.Put(team, pixels.Buffer, s.PixelStride, framed, s.Examples, s.Image, s.Start);
        before.Span.CopyTo(dw.Span);
        MatMul<V, T>.Multiply(team, s.Places, s.Filters, framed, weights.Buffer, s.Width, new RowSink<T>(z.Buffer, s.Padded));
        MatMul<V, T>.AddTransposed(team, s.Places, s.Filters, framed, errors.Buffer, s.Padded, dw.Buffer, s.Padded);
        string what = $"{typeof(V)} {s}, {threads} threads";
        for (int place = 0; place < s.Places; place++)
            Bits.AssertSame<T>(forward.AsSpan(place * s.Filters, s.Filters), z.Span.Slice(place * s.Padded, s.Filters), $"{what}, place {place}");
        for (int cell = 0; cell < s.Cells; cell++)
            Bits.AssertSame<T>(back.AsSpan(cell * s.Filters, s.Filters), dw.Span.Slice(cell * s.Padded, s.Filters), $"{what}, cell {cell}");
        Bits.AssertUntouched(z.Span[(s.Places * s.Padded)..], mark, what);
        Bits.AssertUntouched(dw.Span[(s.Cells * s.Padded)..], mark, what);
    }
}
