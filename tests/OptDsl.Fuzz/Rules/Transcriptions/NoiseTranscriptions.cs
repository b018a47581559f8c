using static OptDsl.Dsl;

namespace OptDsl.Fuzz;

/// <summary>Noise, with the hash of its counters in integers.</summary>
static class NoiseTranscriptions
{
    public static IEnumerable<Transcription> All =>
    [
        new("AddNoise(0.1, 0.55)", AddNoise(0.1, 0.55), Noisy(1, 0.1, 0.55)),
        new("NoisySgd(0.02)", NoisySgd(0.02), Noisy(0.02, 0.01, 0.55)),
        new("NoisySgd(0.02, 0.3, 1.5, seed: 7)", NoisySgd(0.02, 0.3, 1.5, seed: 7), Noisy(0.02, 0.3, 1.5, 7)),
        new("NoisySgd(0.02, 1) of a matrix", NoisySgd(0.02, 1), Noisy(0.02, 1, 0.55), 3),
    ];

    static Func<double[], Loops> Noisy(double lr, double eta, double gamma, double seed = 0) => _ => (w, g, t) =>
    {
        double u = Random(Stream("w/random1"), seed, t - 1), v = Random(Stream("w/random2"), seed, t - 1), deviation = Math.Sqrt(eta * Math.Pow(t, -gamma));
        for (var i = 0; i < w.Length; i++)
        {
            var (row, column) = w.Length % Transcription.Columns == 0 ? (i / Transcription.Columns, i % Transcription.Columns) : (0, i);
            var z = Math.Sqrt(-2 * Math.Log(1 - Random(u, row, column))) * Math.Cos(Math.Tau * Random(v, row, column));
            w[i] -= lr * (g[i] + deviation * z);
        }
    };

    static double Random(double key, double row, double column) => (Mixed(Mixed(Mixed(0, key), row), column) >> 11) / (double)(1UL << 53);

    /// <summary>SplitMix64's finaliser, after the bits of a number are taken in.</summary>
    static ulong Mixed(ulong state, double number)
    {
        var x = state ^ BitConverter.DoubleToUInt64Bits(number);
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    /// <summary>49 bits of a path's FNV-1a hash.</summary>
    static double Stream(string path)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var letter in System.Text.Encoding.UTF8.GetBytes(path)) hash = (hash ^ letter) * 0x100000001B3;
        return hash >> 15;
    }
}
