using System.Globalization;

namespace OptDsl.Fuzz;

/// <summary>What a run found, as one line that is read back from other processes.</summary>
/// <param name="Networks">How many ran.</param>
/// <param name="Shipped">Of them, how many as shipped and fully optimised.</param>
/// <param name="Directions">Directional derivatives compared.</param>
/// <param name="Constant">Networks with StopGradient, whose gradient is no derivative.</param>
/// <param name="Kinks">Derivatives not compared: at a kink, or where the loss is no number.</param>
/// <param name="Mismatches">Networks that something is wrong with.</param>
readonly record struct NetCounts(int Networks, int Shipped, int Directions, int Constant, int Kinks, int Mismatches)
{
    public static NetCounts operator +(NetCounts a, NetCounts b) => new(a.Networks + b.Networks, a.Shipped + b.Shipped,
        a.Directions + b.Directions, a.Constant + b.Constant, a.Kinks + b.Kinks, a.Mismatches + b.Mismatches);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Networks} networks, {Shipped} as shipped, {Directions} derivatives, {Constant} with StopGradient, {Kinks} at kinks, {Mismatches} mismatches");

    /// <summary>Null where a line is none.</summary>
    public static NetCounts? Parse(string line)
    {
        int[] n = [.. line.Split(", ").Select(part => int.TryParse(part.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : -1)];
        return n is [>= 0, >= 0, >= 0, >= 0, >= 0, >= 0, ..] ? new(n[0], n[1], n[2], n[3], n[4], n[5]) : null;
    }
}
