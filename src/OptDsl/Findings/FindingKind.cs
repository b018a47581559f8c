using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl;

/// <summary>
/// A kind of finding: its code, the title of its help page, and the search for it. Each is a field of <see cref="Findings"/> in a file of its
/// own, and is listed nowhere else. A search prefers to miss something: whoever is warned of what is meant stops reading warnings.
/// </summary>
internal sealed class FindingKind(string code, string title, Func<Anatomy, IEnumerable<(Expr About, string Advice)>> search)
{
    public static IReadOnlyList<FindingKind> All { get; } =
        [.. typeof(Findings).GetFields().Select(f => f.GetValue(null)).OfType<FindingKind>().OrderBy(k => k.Code, StringComparer.Ordinal)];

    public string Code { get; } = code;

    public string Title { get; } = title;

    /// <summary>What a model gives reason to ask, by code; one of a kind for each expression.</summary>
    public static IReadOnlyList<Finding> In(Model model)
    {
        var anatomy = new Anatomy(model);
        return [.. All.SelectMany(kind => kind.Search(anatomy))];
    }

    IEnumerable<Finding> Search(Anatomy anatomy)
    {
        var told = new HashSet<Expr>();
        return search(anatomy).Where(f => told.Add(f.About)).Select(f => new Finding(Code, f.About, f.Advice));
    }
}
