namespace OptDsl.Tests.Kernels;

/// <summary>Numbers that find mistakes: every kind of bit pattern, the usual ranges, and the awkward ones by name.</summary>
internal static class Samples
{
    public static float[] Floats(int count, int seed)
    {
        float[] awkward =
        [
            0f, -0f, 1f, -1f, float.Epsilon, -float.Epsilon, 1.17549421e-38f, 1.17549435e-38f, float.MaxValue, float.MinValue,
            float.PositiveInfinity, float.NegativeInfinity, float.NaN, 88.72283f, 88.72284f, -87.33655f, -103.97208f, -103.97209f, -104f,
            0.34657359f, 0.70710677f, 0.70710683f, 1.41421354f, 9.01091f, -0.99999994f, 0.99999994f, 1.00000012f, 0.5f, 3.14159274f,
            1.57079637f, 131072f, 131073f, 1e10f, 3e38f, 16777216f, 2.44140625e-4f, 5.96e-8f, -5.96e-8f,
        ];
        var random = new Random(seed);
        var x = new float[(count + 15) / 16 * 16];
        for (int i = 0; i < x.Length; i++)
            x[i] = i < awkward.Length ? awkward[i]
                : (i % 4) switch
                {
                    0 => BitConverter.Int32BitsToSingle((int)random.NextInt64(int.MinValue, 1L + int.MaxValue)),
                    1 => (float)(random.NextDouble() * 2 - 1),
                    2 => (float)(random.NextDouble() * 30 - 15),
                    _ => (float)(random.NextDouble() * 220 - 110),
                };
        return x;
    }

    public static double[] Doubles(int count, int seed)
    {
        double[] awkward =
        [
            0.0, -0.0, 1, -1, double.Epsilon, -double.Epsilon, 2.225073858507201E-308, 2.2250738585072014E-308, double.MaxValue,
            double.MinValue, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 709.78271289338397, 709.782712893384,
            -708.39641853226408, -745.13321910194111, -745.13321910194122, -746, 0.34657359027997264, 0.70710678118654746,
            0.70710678118654757, 1.4142135623730951, 19.0615474653984, -0.99999999999999989, 0.99999999999999989, 1.0000000000000002,
            Math.PI, Math.PI / 2, 1073741824, 1073741825, 6381956970095103 * Math.ScaleB(1, 797), 1e22, 1e300, 1e-10, -1e-17,
        ];
        var random = new Random(seed);
        var x = new double[(count + 15) / 16 * 16];
        for (int i = 0; i < x.Length; i++)
            x[i] = i < awkward.Length ? awkward[i]
                : (i % 4) switch
                {
                    0 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
                    1 => random.NextDouble() * 2 - 1,
                    2 => random.NextDouble() * 50 - 25,
                    _ => random.NextDouble() * 1500 - 750,
                };
        return x;
    }
}
