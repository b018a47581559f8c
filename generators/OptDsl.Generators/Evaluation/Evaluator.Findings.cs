using System;
using System.Collections.Generic;
using System.Linq;

namespace OptDsl.Generators.Evaluation;

/// <summary>What the language finds in an evaluated model, at the code that it is about.</summary>
internal sealed partial class Evaluator
{
    readonly Origins origins = new();

    IEnumerable<DiagnosticInfo> Findings(Model model, LocationInfo place)
    {
        if (Found(model) is not { Count: > 0 } findings) return [];
        var made = origins.Find(sources.IsOwn);
        return findings.Select(f => new DiagnosticInfo(f.Code, made.TryGetValue(f.About, out var at) ? Places.Use(at) : place, new([f.Advice])));
    }

    static IReadOnlyList<Finding> Found(Model model)
    {
        try
        {
            return model.Findings;
        }
        // Advice that fails is no reason to withhold a learner, which an error would; a law holds the searches to random models.
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            return [];
        }
    }
}
