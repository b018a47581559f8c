namespace OptDsl.Generators.Tests;

/// <summary>The declarations of the folder Corpus.</summary>
static class Corpus
{
    static readonly string folder = Path.Combine(AppContext.BaseDirectory, "Corpus");

    public static IEnumerable<string> Files => Directory.EnumerateFiles(folder, "*.cs").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);

    public static string Source(string file) => File.ReadAllText(Path.Combine(folder, file));

    /// <summary>Into the sources, three folders above what was built, and beside the tests that run.</summary>
    public static void Record(string file, string text)
    {
        File.WriteAllText(Path.Combine(folder, file), text);
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "Corpus", file), text);
    }
}
