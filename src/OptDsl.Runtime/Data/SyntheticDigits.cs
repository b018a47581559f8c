using OptDsl.Runtime;

namespace OptDsl.Data;

/// <summary>
/// Ten digits as pen strokes: every drawing moves the points of the strokes, then the whole by an affine map, picks a pen, and adds noise.
/// A function of seed, purpose and place alone, with our own sine, so that everybody gets the same bits.
/// </summary>
static class SyntheticDigits
{
    const int Side = 28, Classes = 10, DrawsPerImage = 128;

    // Smooth curves through points; x to the right, y down, in the unit square. A corner is where one stroke ends and another begins.
    static readonly (double X, double Y)[][][] Strokes =
    [
        [[(0.5, 0.1), (0.3, 0.25), (0.26, 0.55), (0.36, 0.83), (0.55, 0.9), (0.71, 0.72), (0.74, 0.42), (0.65, 0.18), (0.5, 0.1)]],
        [[(0.36, 0.27), (0.53, 0.1)], [(0.53, 0.1), (0.51, 0.9)]],
        [[(0.26, 0.3), (0.36, 0.13), (0.6, 0.12), (0.71, 0.3), (0.58, 0.55), (0.25, 0.88)], [(0.25, 0.88), (0.77, 0.87)]],
        [[(0.27, 0.18), (0.5, 0.1), (0.69, 0.26), (0.62, 0.42), (0.44, 0.48)], [(0.44, 0.48), (0.68, 0.55), (0.73, 0.73), (0.54, 0.9), (0.25, 0.82)]],
        [[(0.58, 0.1), (0.22, 0.62)], [(0.22, 0.62), (0.8, 0.6)], [(0.6, 0.34), (0.6, 0.9)]],
        [[(0.72, 0.12), (0.33, 0.12)], [(0.33, 0.12), (0.3, 0.46)], [(0.3, 0.46), (0.53, 0.41), (0.72, 0.56), (0.7, 0.78), (0.5, 0.9), (0.25, 0.82)]],
        [[(0.64, 0.11), (0.42, 0.28), (0.29, 0.58), (0.35, 0.83), (0.54, 0.9), (0.7, 0.75), (0.65, 0.57), (0.47, 0.53), (0.31, 0.68)]],
        [[(0.24, 0.13), (0.76, 0.13)], [(0.76, 0.13), (0.56, 0.47), (0.43, 0.9)]],
        [[(0.5, 0.48), (0.31, 0.3), (0.5, 0.1), (0.69, 0.3), (0.5, 0.48), (0.27, 0.7), (0.5, 0.9), (0.73, 0.7), (0.5, 0.48)]],
        [[(0.69, 0.33), (0.53, 0.5), (0.33, 0.39), (0.38, 0.17), (0.57, 0.1), (0.69, 0.3), (0.66, 0.6), (0.53, 0.9)]],
    ];

    public static Dataset Draw(int count, long seed, string purpose)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        float[] images = new float[checked(count * Side * Side)];
        int[] labels = new int[count];
        var random = new Philox(unchecked((ulong)seed), Philox.Stream("digits/" + purpose));
        for (int i = 0; i < count; i++)
        {
            ulong next = (ulong)i * DrawsPerImage;
            labels[i] = random.Integer(next++, Classes);
            Draw(labels[i], random, next, images.AsSpan(i * Side * Side, Side * Side));
        }
        return new(images, labels, Side, Side, Classes);
    }

    static void Draw(int digit, Philox random, ulong next, Span<float> image)
    {
        double Between(double low, double high) => low + (high - low) * random.Uniform(next++);

        double angle = Between(-0.3, 0.3), shear = Between(-0.25, 0.25), width = Between(15, 23), height = Between(18, 23);
        double left = Side / 2.0 + Between(-2, 2), top = Side / 2.0 + Between(-2, 2), pen = Between(0.7, 1.6), ink = Between(0.75, 1);
        (double cos, double sin) = (Float64.Cos(angle), Float64.Sin(angle));
        Span<(double X, double Y)> room = stackalloc (double, double)[16];
        foreach ((double X, double Y)[] stroke in Strokes[digit])
        {
            Span<(double X, double Y)> points = room[..stroke.Length];
            for (int k = 0; k < stroke.Length; k++)
            {
                double y = (stroke[k].Y - 0.5 + Between(-0.04, 0.04)) * height, x = (stroke[k].X - 0.5 + Between(-0.04, 0.04)) * width - shear * y;
                points[k] = (left + cos * x - sin * y, top + sin * x + cos * y);
            }
            Pen.Stroke(points, pen, ink, image, Side);
        }
        for (int i = 0; i < image.Length; i++)
        {
            // Sixteen bytes of noise from each draw.
            (ulong low, ulong high) = random.Block(next + (ulong)i / 16);
            int noise = (byte)((i % 16 < 8 ? low : high) >> 8 * (i % 8));
            image[i] = Math.Clamp(image[i] + (noise - 127.5f) * (0.1f / 127.5f), 0, 1);
        }
    }
}
