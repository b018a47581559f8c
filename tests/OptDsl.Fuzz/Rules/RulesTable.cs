using System.Text;
using System.Text.RegularExpressions;

namespace OptDsl.Fuzz;

/// <summary>The table of rules in README.md: a row per rule, a column per kind of witness.</summary>
static partial class RulesTable
{
    /// <summary>A rule with fewer witnesses is not believed.</summary>
    public const int Least = 3;

    const string Head = """
        | rule | formula or link | laws | paper | constant | quadratic | PyTorch | same as |
        |---|---|---|---|---|---|---|---|

        """;

    static readonly ILookup<string, Oracle> oracles = Oracles.All.ToLookup(o => o.Word);

    static string File => WorkingCopy.File("README.md");

    /// <summary>The table where every oracle holds.</summary>
    public static string Expected => Text(_ => true);

    /// <summary>The table that stands there.</summary>
    public static string Written => Place().Match(System.IO.File.ReadAllText(File).ReplaceLineEndings("\n")).Groups["table"].Value;

    public static void Write(string table) => System.IO.File.WriteAllText(File, Place().Replace(System.IO.File.ReadAllText(File), _ => $"<!-- rules -->\n{table}<!-- /rules -->", 1));

    /// <param name="holds">Asked once for each oracle of a rule, in the order of the table.</param>
    public static string Text(Func<Oracle, bool> holds)
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var rule in RuleDoc.Rules) text.Append(Row(rule, holds)).Append('\n');
        return text.ToString();
    }

    public static string Row(RuleDoc rule, Func<Oracle, bool> holds) =>
        $"| {rule.Name} | {rule.Origin} | {string.Join(" | ", Enum.GetValues<Witness>().Select(by => Cell([.. oracles[rule.Name].Where(o => o.By == by)], holds)))} |";

    /// <summary>How many kinds of witness a rule has.</summary>
    public static int Count(RuleDoc rule) => oracles[rule.Name].Where(o => o.Counts).Select(o => o.By).Distinct().Count();

    static string Cell(Oracle[] of, Func<Oracle, bool> holds)
    {
        // All are asked, whatever the first says.
        if (of.Count(o => !holds(o)) > 0) return "✗";
        return string.Join(' ', new[] { of.Any(o => o.Counts) ? "✓" : "", string.Join(", ", of.Select(o => o.Note).Where(n => n.Length > 0).Distinct()) }.Where(part => part.Length > 0));
    }

    [GeneratedRegex("<!-- rules -->\n(?<table>.*?)<!-- /rules -->", RegexOptions.Singleline)]
    private static partial Regex Place();
}
