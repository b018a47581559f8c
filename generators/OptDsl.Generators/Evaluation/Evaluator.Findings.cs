using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Generators.Evaluation;

/// <summary>What the language finds in an evaluated model, at the code that it is about.</summary>
internal sealed partial class Evaluator
{
    readonly Origins origins = new();

    IReadOnlyList<DiagnosticInfo> Findings(Model model, LocationInfo place)
    {
        try
        {
            if (model.Findings is not { Count: > 0 } findings) return [];
            var made = origins.Find(sources.IsOwn);
            return [.. findings.Select(f => new DiagnosticInfo(f.Code, made.TryGetValue(f.About, out var at) ? Places.Use(at) : place, new([f.Advice])))];
        }
        // The learner is written all the same: only the advice failed.
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            return [DiagnosticInfo.Of(Descriptors.Internal, place, nameof(Findings), Bug.Describe(bug))];
        }
    }
}
