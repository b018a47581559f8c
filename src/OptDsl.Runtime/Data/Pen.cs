namespace OptDsl.Data;

/// <summary>Draws smooth strokes with soft edges into a square image.</summary>
static class Pen
{
    const int PiecesPerSpan = 6;

    /// <summary>The curve of Catmull and Rom through the points, as short straight pieces.</summary>
    public static void Stroke(ReadOnlySpan<(double X, double Y)> points, double radius, double ink, Span<float> image, int side)
    {
        for (int k = 0; k + 1 < points.Length; k++)
        {
            var a = points[Math.Max(k - 1, 0)];
            var b = points[k];
            var c = points[k + 1];
            var d = points[Math.Min(k + 2, points.Length - 1)];
            var from = b;
            for (int piece = 1; piece <= PiecesPerSpan; piece++)
            {
                double t = (double)piece / PiecesPerSpan;
                var to = (Spline(a.X, b.X, c.X, d.X, t), Spline(a.Y, b.Y, c.Y, d.Y, t));
                Line(from, to, radius, ink, image, side);
                from = to;
            }
        }
    }

    static double Spline(double a, double b, double c, double d, double t) =>
        0.5 * (2 * b + t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a))));

    // A pixel takes ink · clamp(radius + ½ − distance, 0, 1), and keeps what is darker already.
    static void Line((double X, double Y) from, (double X, double Y) to, double radius, double ink, Span<float> image, int side)
    {
        double dx = to.X - from.X, dy = to.Y - from.Y, length2 = dx * dx + dy * dy, reach = radius + 0.5;
        int left = Bound(Math.Min(from.X, to.X) - reach, side), right = Bound(Math.Max(from.X, to.X) + reach, side);
        int top = Bound(Math.Min(from.Y, to.Y) - reach, side), bottom = Bound(Math.Max(from.Y, to.Y) + reach, side);
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                double px = x + 0.5 - from.X, py = y + 0.5 - from.Y;
                double t = length2 > 0 ? Math.Clamp((px * dx + py * dy) / length2, 0, 1) : 0;
                double ex = px - t * dx, ey = py - t * dy;
                float shade = (float)(ink * Math.Clamp(reach - Math.Sqrt(ex * ex + ey * ey), 0, 1));
                ref float pixel = ref image[y * side + x];
                pixel = Math.Max(pixel, shade);
            }
        }
    }

    static int Bound(double x, int side) => Math.Clamp((int)Math.Floor(x), 0, side - 1);
}
