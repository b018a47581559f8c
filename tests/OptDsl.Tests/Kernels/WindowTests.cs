using System.Numerics;
using OptDsl.Runtime;
using Xunit;

namespace OptDsl.Tests.Kernels;

public class WindowTests
{
    [Fact]
    public void WhatAWindowSeesIsTheNaiveLoop()
    {
        var random = new Random(5);
        for (int trial = 0; trial < 400; trial++)
        {
            var shape = Shape.Draw(random);
            AtEveryWidth<float>(shape, random);
            AtEveryWidth<double>(shape, random);
        }
    }

    private sealed record Shape(int Examples, int[] Image, int[] Fits, int[] Window, int Stride, int Dilation, int[] Start, int PixelStride, int PlaceStride)
    {
        public int C => Image[2];

        public int Pixels => Examples * Image[0] * Image[1];

        public int Places => Examples * Fits[0] * Fits[1];

        public int Run => Window[0] * Window[1] * C;

        public static Shape Draw(Random random)
        {
            int c = random.Next(3) == 0 ? 1 : random.Next(1, 40), stride = random.Next(1, 4), dilation = random.Next(1, 3);
            int[] window = [random.Next(1, 6), random.Next(1, 6)], start = [random.Next(-3, 4), random.Next(-3, 4)], fits = [random.Next(1, 9), random.Next(1, 9)];
            // Rows padded to 16, as of our own tensors, or pixels without gaps, as of a user's images.
            int apart = random.Next(2) == 0 ? c : (c + 15) / 16 * 16;
            return new(random.Next(1, 4), [random.Next(1, 12), random.Next(1, 12), c], fits, window, stride, dilation, start, apart, (window[0] * window[1] * c + 15) / 16 * 16);
        }

        /// <summary>The pixel of a cell, or −1 outside.</summary>
        public int Pixel(int place, int cell)
        {
            int example = place / (Fits[0] * Fits[1]), y = place / Fits[1] % Fits[0], x = place % Fits[1];
            int row = y * Stride + cell / Window[1] * Dilation - Start[0], column = x * Stride + cell % Window[1] * Dilation - Start[1];
            return row < 0 || row >= Image[0] || column < 0 || column >= Image[1] ? -1 : (example * Image[0] + row) * Image[1] + column;
        }
    }

    private static void AtEveryWidth<T>(Shape s, Random random) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var pixels = new Fenced<T>(s.Pixels * s.PixelStride, random);
        using var places = new Fenced<T>(s.Places * s.PlaceStride, random);
        // A single −0 stays, and is not the sum of itself and a 0.
        for (int i = 0; i < places.Span.Length; i += 5) places.Span[i] = T.NegativeZero;
        T[] seen = new T[s.Places * s.Run];
        T?[] sums = new T?[s.Pixels * s.C];
        for (int place = 0; place < s.Places; place++)
            for (int i = 0; i < s.Run; i++)
                if (s.Pixel(place, i / s.C) is >= 0 and var pixel)
                {
                    seen[place * s.Run + i] = pixels.Span[pixel * s.PixelStride + i % s.C];
                    ref T? sum = ref sums[pixel * s.C + i % s.C];
                    sum = places.Span[place * s.PlaceStride + i] is var x && sum is { } before ? before + x : x;
                }
        T[] summed = [.. sums.Select(sum => sum ?? T.Zero)];
        foreach (int threads in (int[])[1, 3])
        {
            Check<Vec512<T>, T>(s, threads, pixels.Buffer, places.Buffer, seen, summed);
            Check<Vec256<T>, T>(s, threads, pixels.Buffer, places.Buffer, seen, summed);
            Check<Vec128<T>, T>(s, threads, pixels.Buffer, places.Buffer, seen, summed);
            Check<Vec1<T>, T>(s, threads, pixels.Buffer, places.Buffer, seen, summed);
        }
    }

    // What is behind the last place, or pixel, must stay untouched.
    private static void Check<V, T>(Shape s, int threads, Buffer<T> pixels, Buffer<T> places, T[] seen, T[] summed)
        where V : unmanaged, IVector<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int guard = 64;
        T mark = T.CreateChecked(123);
        using var unfolded = Native<T>.Filled(s.Places * s.PlaceStride + guard, mark);
        using var folded = Native<T>.Filled(s.Pixels * s.PixelStride + guard, mark);
        Windows<V, T>.Unfold(Team.Get(threads), pixels, s.PixelStride, unfolded.Buffer, s.PlaceStride, s.Examples, s.Image, s.Fits, s.Window, s.Stride, s.Dilation, s.Start);
        Windows<V, T>.Fold(Team.Get(threads), places, s.PlaceStride, folded.Buffer, s.PixelStride, s.Examples, s.Image, s.Fits, s.Window, s.Stride, s.Dilation, s.Start);
        string what = $"{typeof(V)} {s}: image {string.Join(" ", s.Image)}, fits {string.Join(" ", s.Fits)}, window {string.Join(" ", s.Window)}, start {string.Join(" ", s.Start)}, {threads} threads";
        for (int place = 0; place < s.Places; place++)
            Bits.AssertSame<T>(seen.AsSpan(place * s.Run, s.Run), unfolded.Span.Slice(place * s.PlaceStride, s.Run), $"{what}, place {place}");
        for (int pixel = 0; pixel < s.Pixels; pixel++)
            Bits.AssertSame<T>(summed.AsSpan(pixel * s.C, s.C), folded.Span.Slice(pixel * s.PixelStride, s.C), what);
        Bits.AssertUntouched(unfolded.Span[^guard..], mark, what);
        Bits.AssertUntouched(folded.Span[^guard..], mark, what);
    }
}
