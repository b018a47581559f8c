using System.Text.RegularExpressions;

namespace OptDsl.Fuzz;

/// <summary>A rule as its source says it: the name, and where its doc comment says it comes from.</summary>
sealed partial record RuleDoc(string Name, string Origin)
{
    const string Folder = "src/OptDsl/Rules";

    /// <summary>The words of the folder of rules, without the transforms they are made of.</summary>
    public static IReadOnlyList<RuleDoc> Rules { get; } = [.. Read(Folder)];

    public static IReadOnlyList<RuleDoc> Transforms { get; } = [.. Read(Folder + "/Transforms")];

    static IEnumerable<RuleDoc> Read(string folder) =>
        from path in Directory.GetFiles(WorkingCopy.File(folder), "*.cs").Order(StringComparer.OrdinalIgnoreCase)
        from Match word in Word().Matches(File.ReadAllText(path).ReplaceLineEndings("\n"))
        select new RuleDoc(word.Groups["name"].Value, From(word.Groups["doc"].Value));

    /// <summary>The link, or where there is none, the formula: all up to the first full stop.</summary>
    static string From(string doc)
    {
        var link = Link().Match(doc);
        return link.Success ? $"[{link.Groups["place"].Value}]({link.Value})" : doc.Split(". ")[0];
    }

    [GeneratedRegex(@"/// <summary>(?<doc>((?!</summary>).)*)</summary>\s*public static Rule (?<name>\w+)\(", RegexOptions.Singleline)]
    private static partial Regex Word();

    [GeneratedRegex(@"https://(?<place>[^/\s]+)/[^\s<]*[^\s<.,]")]
    private static partial Regex Link();
}
