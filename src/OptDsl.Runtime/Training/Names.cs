namespace OptDsl.Runtime;

/// <summary>Looking up by name: what to say when there is none.</summary>
static class Names
{
    const int Shown = 5;

    /// <summary>Says which of the known names are nearest.</summary>
    public static KeyNotFoundException Unknown(string kind, string name, IEnumerable<string> known)
    {
        string[] near = [.. known.OrderBy(k => Distance(name, k)).ThenBy(k => k, StringComparer.Ordinal).Take(Shown)];
        return new($"There is no {kind} '{name}'" + (near.Length == 0 ? "; there is none at all." : $"; the nearest: {string.Join(", ", near)}."));
    }

    /// <summary>Levenshtein's: insertions, deletions and replacements, case apart.</summary>
    static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }
        return row[^1];
    }
}
