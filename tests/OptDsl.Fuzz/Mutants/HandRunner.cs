using OptDsl.Testing;

namespace OptDsl.Fuzz;

/// <summary>Runs hand-written mutants against the laws, declaration after declaration, until one kills.</summary>
static class HandRunner
{
    /// <summary>Verdicts in order.</summary>
    public static IReadOnlyList<(Mutant Mutant, Verdict Verdict)> Run(IReadOnlyList<Mutant> mutants)
    {
        var verdicts = new Dictionary<Mutant, Verdict>();
        foreach (var mutant in mutants.OfType<RuleMutant>()) verdicts[mutant] = Verdict.Of(mutant.Laws);
        foreach (var mutant in mutants.OfType<CompilerMutant>()) verdicts[mutant] = Static(mutant);
        return [.. mutants.Select(m => (m, verdicts[m]))];
    }

    /// <summary>The right compiler keeps every law on every declaration, else no kill means anything.</summary>
    public static IEnumerable<string> Control() => Corpus.Small.SelectMany(s => CompilerLaws.OfGradients.Where(_ => Corpus.IsDifferentiable(s)).Concat(CompilerLaws.OfPasses).Concat(CompilerLaws.OfPlans)
        .Select(l => (Law: l.Name + ", " + s.Name, Verdict: Verdict.Of([(l.Name, () => l.Run(s))])))).Where(l => l.Verdict.Fate != Fate.Survived).Select(l => l.Law + " " + l.Verdict.By);

    /// <summary>The laws that need no generated code, where the mutant changes what they speak of.</summary>
    static Verdict Static(CompilerMutant mutant)
    {
        var changed = false;
        Verdict? last = null;
        foreach (var right in Corpus.Small)
        {
            var wrong = right.Through(mutant.Pipeline);
            var verdict = Verdict.Of(Laws(right, wrong).Select(l => { changed = true; return (l.Law + ", " + right.Name, l.Check); }));
            if (verdict.Fate != Fate.Survived) last = verdict;
            if (verdict.Fate == Fate.Killed) return verdict;
        }
        // Last, for what no declaration shows: derivatives of primitives that only differentiation makes.
        if (mutant.Pipeline.Differentiate != Pipeline.Right.Differentiate && Verdict.Of(CompilerLaws.OfPipelines.Select(l => (l.Name, (Action)(() => l.Run(mutant.Pipeline))))) is { Fate: not Fate.Survived } alone) return alone;
        return last ?? new(changed ? Fate.Survived : Fate.Equivalent, "");
    }

    static IEnumerable<(string Law, Action Check)> Laws(Subject right, Subject wrong)
    {
        if (Corpus.IsDifferentiable(right) && wrong.Declared.ToString() != right.Declared.ToString())
            foreach (var (name, run) in CompilerLaws.OfGradients) yield return (name, () => run(wrong));
        if (wrong.Compiled.ToString() != right.Compiled.ToString())
            foreach (var (name, run) in CompilerLaws.OfPasses) yield return (name, () => run(wrong));
        if (wrong.Plan.ToString() != right.Plan.ToString() || wrong.Pipeline.Schedule != right.Pipeline.Schedule)
            foreach (var (name, run) in CompilerLaws.OfPlans) yield return (name, () => run(wrong));
    }
}
