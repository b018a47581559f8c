using System.Globalization;
using System.Linq;

namespace OptDsl.Generators;

/// <summary>
/// File names of learners. They must differ even where case is ignored and stay short on disk, so a readable ASCII stem is
/// followed by a hash of the full name.
/// </summary>
internal static class HintName
{
    const int Longest = 80;

    public static string Of(string fullName)
    {
        var stem = new string([.. fullName.Select(c => c < 128 && (char.IsLetterOrDigit(c) || c == '.') ? c : '_')]);
        if (stem.Length > Longest) stem = stem.Substring(stem.Length - Longest);
        return stem + "." + Hash(fullName) + ".g.cs";
    }

    /// <summary>FNV-1a: the same on every host, unlike <c>GetHashCode</c>.</summary>
    static string Hash(string text)
    {
        var hash = text.Aggregate(14695981039346656037, (h, c) => unchecked((h ^ c) * 1099511628211));
        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
