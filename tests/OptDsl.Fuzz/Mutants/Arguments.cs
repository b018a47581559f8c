namespace OptDsl.Fuzz;

/// <summary>Calls in emitted text: <c>V.Fma(a, f(b), c)</c> and its arguments.</summary>
static class Arguments
{
    /// <summary>Every call of a function (or the one of a number) with other arguments; null leaves it.</summary>
    public static string Replace(string text, string function, Func<IReadOnlyList<string>, string?> call, int? only = null)
    {
        var number = 0;
        for (var at = text.IndexOf(function + "(", StringComparison.Ordinal); at >= 0; at = text.IndexOf(function + "(", at + 1, StringComparison.Ordinal))
        {
            if (number++ is var mine && only is { } wanted && mine != wanted) continue;
            var (arguments, end) = Parse(text, at + function.Length);
            if (call(arguments) is { } other) text = text[..at] + other + text[end..];
        }
        return text;
    }

    /// <summary>The arguments of the call whose parenthesis is here, and where it ends.</summary>
    public static (IReadOnlyList<string> Arguments, int End) Parse(string text, int open)
    {
        var (arguments, depth, start) = (new List<string>(), 0, open + 1);
        for (var at = open; ; at++)
        {
            if (text[at] is '(' or '[') depth++;
            if (text[at] is ')' or ']') depth--;
            if (depth != 0 && !(depth == 1 && text[at] == ',')) continue;
            arguments.Add(text[start..at].Trim());
            start = at + 1;
            if (depth == 0) return (arguments, at + 1);
        }
    }
}
