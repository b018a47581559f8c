namespace OptDsl.Fuzz;

/// <summary>The file of hashes in the working copy: a line of a count and the hash after so many networks.</summary>
static class RecordedHash
{
    /// <summary>After few networks for the tests, and after all.</summary>
    public const int Few = 50, All = 1000;

    static string Path => WorkingCopy.File("tests/OptDsl.Fuzz/recorded-hash.txt");

    public static string Text => File.ReadAllText(Path).ReplaceLineEndings("\n");

    public static string Now => string.Concat(SampleHash.After(Few, All).Select(Line));

    public static string Line((int Count, string Hash) after) => $"{after.Count} {after.Hash}\n";

    public static void Write(string text) => File.WriteAllText(Path, text);
}
