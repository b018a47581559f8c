using System.Text.RegularExpressions;

namespace OptDsl.Tests.Examples;

/// <summary>A fenced block of README.md: its language, its text, and the comment on the line before it.</summary>
sealed partial record Fence(string Mark, string Language, string Text)
{
    public static IReadOnlyList<Fence> Of(string markdown) =>
        [.. Pattern().Matches(markdown).Select(m => new Fence(m.Groups["mark"].Value, m.Groups["language"].Value, m.Groups["text"].Value))];

    /// <summary>The block of README.md with this mark.</summary>
    public static string Marked(string mark) => Of(Repository.Text("README.md")).Single(f => f.Mark == mark).Text;

    [GeneratedRegex(@"(^<!-- (?<mark>[^\n]*) -->\n)?^```(?<language>\w*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Pattern();
}

/// <summary>The lines of a source file between <c>// &lt;name&gt;</c> and <c>// &lt;/name&gt;</c>, moved to the left margin.</summary>
static class Region
{
    public static string Of(string source, string name)
    {
        string[] lines = source.Split('\n'), trimmed = [.. lines.Select(line => line.Trim())];
        int start = Array.IndexOf(trimmed, $"// <{name}>"), end = Array.IndexOf(trimmed, $"// </{name}>");
        if (start < 0 || end < start) throw new InvalidDataException($"there is no region {name}");
        string[] body = lines[(start + 1)..end];
        int margin = body.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Concat(body.Select(line => (line.Length == 0 ? "" : line[margin..]) + "\n"));
    }
}
