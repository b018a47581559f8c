using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace OptDsl.Generators;

/// <summary>Brings together what declarations and learners have to report.</summary>
internal static class Report
{
    public static ImmutableArray<DiagnosticInfo> Of(ImmutableArray<Declaration> declarations, ImmutableArray<Learner> learners)
    {
        var reports = new List<DiagnosticInfo>();
        foreach (var declaration in declarations)
        {
            reports.AddRange(declaration.Diagnostics);
            foreach (var learner in learners.Where(l => l.HintName == declaration.Request?.HintName))
                reports.AddRange(learner.Problems.Select(p => new DiagnosticInfo(p.Code, declaration.Places[p.Place], p.Arguments)));
        }
        // Of one model, declared once and compiled in two classes, everything would be told twice.
        return [.. reports.Distinct()];
    }
}
