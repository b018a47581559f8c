namespace OptDsl.Testing;

/// <summary>The choices of one random case: all of them follow from one number, so that FsCheck's token makes the case again.</summary>
internal sealed class Dice(int seed)
{
    readonly Random random = new(seed);

    /// <summary>low … high, both included.</summary>
    public int Between(int low, int high) => random.Next(low, high + 1);

    public bool Chance(double probability) => random.NextDouble() < probability;

    public T One<T>(params ReadOnlySpan<T> of) => of[random.Next(of.Length)];

    public T One<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

    /// <summary>One of a list, the last ones more often.</summary>
    public int Recent(int count) => count - 1 - (int)(count * Math.Pow(random.NextDouble(), 2.5));

    /// <summary>A number with few digits, so that it prints short.</summary>
    public double Number(double low, double high) => Math.Round(low + (high - low) * random.NextDouble(), 2);

    public double Uniform() => random.NextDouble();
}
