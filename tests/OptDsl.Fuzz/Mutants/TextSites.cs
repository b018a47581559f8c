using System.Globalization;
using System.Text.RegularExpressions;

namespace OptDsl.Fuzz;

/// <summary>
/// Single changes to emitted text that compile: operators, functions, numbers, arguments, bounds, statements. None reaches before a buffer's
/// start or far behind its end.
/// </summary>
static class TextSites
{
    static readonly (string Kind, string Pattern, string[] By)[] tokens =
    [
        ("operator", @"(?<==.*\w\)?) \+ (?=[\w(])", [" - ", " * "]),
        ("operator", @"(?<==.*\w\)?) - (?=[\w(])", [" + "]),
        ("operator", @"(?<==.*\w\)?) \* (?=[\w(])", [" / ", " + "]),
        ("operator", @"(?<==.*\w\)?) / (?=[\w(])", [" * "]),
        ("sign", @"(?<=[(, ])-(?=[(\w])", [""]),
        ("test", @"V\.Less\(", ["V.LessEqual(", "V.Equal("]),
        ("test", @"V\.LessEqual\(", ["V.Less("]),
        ("test", @"V\.Equal\(", ["V.LessEqual("]),
        ("test", @"V\.And\(", ["V.Or("]),
        ("test", @"V\.Or\(", ["V.And("]),
        ("function", @"V\.(Sqrt|Abs|Floor)\(", ["V.Sqrt(", "V.Abs(", "V.Floor("]),
        ("function", @"(?<=Float(32|64)\.)(Exp|Log|Tanh|Sigmoid|Softplus|Sin|Cos)\(", ["Exp(", "Tanh(", "Sigmoid(", "Sin("]),
        ("function", @"Float(32|64)\.(Flush|Relu)\(", ["(", "-("]),
        ("reduction", @"(?<=maxima\d*)\.Max\((?!\))", [".Add("]),
        ("reduction", @"(?<=sums\d*)\.Add\(", [".Max("]),
        ("reduction", @"\.Sum\(\)", [".Max()"]),
        ("bound", @"i < count;", ["i < count - V.Count;"]),
        ("bound", @"r < rows;", ["r < rows - 1;"]),
        ("bound", @"(?<=nint [ri] = )0", ["1"]),
        ("index", @"(?<=V\.(Load|Store)\(.*), i\)", [", i + 1)"]),
        ("index", @"(?<=[^h] \+ )col\)", ["col + 1)"]),
        ("index", @"\[r\]", ["[0]"]),
        ("index", @"(?<=\(bias, )col\)", ["0)"]),
        ("accumulation", @"total \+= ", ["total = "]),
        ("examples", @"(?<=Team, )n(?=,)", ["n - 1"]),
        ("examples", @"double examples = n;", ["double examples = n + 1;"]),
        ("step", @"double step = Step;", ["double step = Step + 1;"]),
        ("statement", @"(?<=\n)\s*(\w+\d*|MatMul<.*|Moves\..*|Layouts<.*|Reductions<.*)\((.*)\);(?=\n)", [""]),
        ("statement", @"(?<=\n)\s*V\.Store\(.*\);(?=\n)", [""]),
    ];

    /// <summary>Every site: where it is, how long, and what else could stand there.</summary>
    public static IReadOnlyList<(string Kind, int At, int Length, string By)> Of(string text)
    {
        var start = text.IndexOf("Program = (workspace, width)", StringComparison.Ordinal);
        var sites = new List<(string, int, int, string)>();
        foreach (var (kind, pattern, by) in tokens)
            foreach (Match m in Regex.Matches(text, pattern))
                if (m.Index > start && !IsStructure(text, m.Index)) sites.AddRange(by.Where(b => b != m.Value).Select(b => (kind, m.Index, m.Length, b)));
        foreach (Match m in Regex.Matches(text, @"(?<=V\.Create\(|\? | [*/+-] |, )-?\d+(\.\d+)?(E-?\d+)?f?(?=\)| [*/+-]|,)"))
            if (m.Index > start && (m.Value.Contains('.') || m.Value.EndsWith('f') || m.Value.Contains('E'))) sites.AddRange(Numbers(m.Value).Select(n => ("number", m.Index, m.Length, n)));
        foreach (Match m in Regex.Matches(text, @"(?<=\(Team, .*, )\d+(?=,)|(?<=i < )\d+(?=;)|(?<=, )\d+(?= - i)"))
            if (m.Index > start && int.Parse(m.Value, CultureInfo.InvariantCulture) > 1) sites.Add(("size", m.Index, m.Length, m.Value + " - 1"));
        foreach (var function in new[] { "V.Fma", "V.Select", "V.Less", "V.LessEqual" })
            for (var at = text.IndexOf(function + "(", start, StringComparison.Ordinal); at >= 0; at = text.IndexOf(function + "(", at + 1, StringComparison.Ordinal))
            {
                var (a, end) = Arguments.Parse(text, at + function.Length);
                var skip = function == "V.Select" ? 1 : 0;
                for (var i = skip; i + 1 < a.Count; i++)
                    if (a[i] != a[i + 1] && !(function == "V.Fma" && i == 0)) sites.Add(("arguments", at, end - at, $"{function}({string.Join(", ", [.. a.Take(i), a[i + 1], a[i], .. a.Skip(i + 2)])})"));
            }
        sites.AddRange(Calls(text, start));
        return sites;
    }

    /// <summary>Calls of loops with two buffers or two numbers exchanged.</summary>
    static IEnumerable<(string, int, int, string)> Calls(string text, int start)
    {
        foreach (Match m in Regex.Matches(text, @"(?<=\n\s+)[A-Z]\w*\((?=\w)"))
            if (m.Index > start)
            {
                var (a, end) = Arguments.Parse(text, m.Index + m.Length - 1);
                if (text[end] != ';') continue;
                for (var i = 1; i + 1 < a.Count; i++)
                    if (a[i] != a[i + 1] && IsNumber(a[i]) == IsNumber(a[i + 1]) && Regex.IsMatch(a[i] + a[i + 1], @"^\w+$") && !char.IsDigit(a[i][0]) && !char.IsDigit(a[i + 1][0]))
                        yield return ("arguments", m.Index, end - m.Index, $"{m.Value}{string.Join(", ", [.. a.Take(i), a[i + 1], a[i], .. a.Skip(i + 2)])})");
            }
    }

    static bool IsNumber(string argument) => Regex.IsMatch(argument, @"^(rate|share)\d*$");

    static IEnumerable<string> Numbers(string literal)
    {
        var suffix = literal.EndsWith('f') ? "f" : "";
        var number = double.Parse(literal.TrimEnd('f'), CultureInfo.InvariantCulture);
        foreach (var other in new[] { number + 1, -number, number * 1.0001 })
            if (other != number) yield return (other < 0 ? "(" : "") + other.ToString("R", CultureInfo.InvariantCulture) + (suffix.Length > 0 ? suffix : other == Math.Floor(other) && Math.Abs(other) < 1e15 ? ".0" : "") + (other < 0 ? ")" : "");
    }

    /// <summary>Row offsets, loop headers and the places of buffers: a change there leaves the arena.</summary>
    static bool IsStructure(string text, int at)
    {
        var line = text[(text.LastIndexOf('\n', at) + 1)..text.IndexOf('\n', at)];
        return Regex.IsMatch(line, @"\.At\(r \* |workspace\.|row \* \d+ [^+]|=> |namespace|^\s*//") || (line.Contains("for (", StringComparison.Ordinal) && text[at] is '+' or '-' or ' ');
    }
}
