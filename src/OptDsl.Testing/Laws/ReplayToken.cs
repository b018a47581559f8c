using System.Globalization;

namespace OptDsl.Testing;

/// <summary>What re-makes one random case: <c>seed,gamma,size</c>.</summary>
internal readonly record struct ReplayToken(ulong Seed, ulong Gamma, int Size)
{
    public static ReplayToken? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var invariant = CultureInfo.InvariantCulture;
        return text.Split(',') is [var seed, var gamma, var size]
            ? new(ulong.Parse(seed, invariant), ulong.Parse(gamma, invariant), int.Parse(size, invariant))
            : throw new FormatException($"{Law.ReplayVariable} is 'seed,gamma,size', not '{text}'.");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Seed},{Gamma},{Size}");
}
