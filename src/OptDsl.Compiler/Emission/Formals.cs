using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Compiler;

/// <summary>
/// What a method or sink is given: formal names by role, so that two layers of one shape write the same text and share it;
/// and the caller's arguments.
/// </summary>
internal sealed class Formals(Func<string, string> fresh)
{
    readonly List<(string Key, string Type, string Name, string Argument)> rows = [];

    public string Parameters => string.Join(", ", rows.Select(r => r.Type + " " + r.Name));

    public string Arguments => string.Join(", ", rows.Select(r => r.Argument));

    /// <summary>The types and arguments, in order.</summary>
    public IReadOnlyList<(string Type, string Argument)> Rows => [.. rows.Select(r => (r.Type, r.Argument))];

    public string Get(string type, string hint, string argument)
    {
        var key = type + " " + argument;
        foreach (var row in rows) if (row.Key == key) return row.Name;
        var name = fresh(hint);
        rows.Add((key, type, name, argument));
        return name;
    }
}
