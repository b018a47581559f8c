using OptDsl.Testing;

namespace OptDsl.Fuzz;

/// <summary>Runs hand-written mutants against the laws, declaration after declaration, until one kills.</summary>
static class HandRunner
{
    /// <summary>The right compiler keeps every law on every declaration, else no kill means anything.</summary>
    public static IEnumerable<string> Control()
    {
        foreach (var (right, laws) in RuleMutants.Control.Concat(RateMutants.Control))
            if (Judgement.Of(laws) is { Fate: not Fate.Survived } wrong) yield return $"{right}: {wrong.By}";
        foreach (var right in Corpus.Small)
            foreach (var (name, run) in CompilerLaws.OfGradients.Where(_ => Corpus.IsDifferentiable(right)).Concat(CompilerLaws.OfPasses))
                if (Judgement.Of([(name, () => run(right))]) is { Fate: not Fate.Survived } wrong) yield return $"{right.Name}: {wrong.By}";
        foreach (var right in Corpus.All)
            foreach (var (name, run) in CompilerLaws.OfPlans)
                if (Judgement.Of([(name, () => run(right))]) is { Fate: not Fate.Survived } wrong) yield return $"{right.Name}: {wrong.By}";
        foreach (var verdict in Bench.Run([.. Corpus.All.Select(Job.Of)])) if (verdict.Fate != Fate.Survived) yield return verdict.By;
    }

    /// <summary>Verdicts in order.</summary>
    public static IReadOnlyList<(Mutant Mutant, Judgement Judgement)> Run(IReadOnlyList<Mutant> mutants)
    {
        var verdicts = new Dictionary<Mutant, Judgement>();
        foreach (var mutant in mutants.OfType<RuleMutant>()) verdicts[mutant] = Judgement.Of(mutant.Laws);
        foreach (var mutant in mutants.OfType<CompilerMutant>()) verdicts[mutant] = mutant.Pipeline.Edit == Pipeline.Right.Edit ? Static(mutant) : new(Fate.Equivalent, "");
        Compiled([.. mutants.OfType<CompilerMutant>().Where(m => verdicts[m].Fate is Fate.Equivalent or Fate.Survived)], verdicts);
        return [.. mutants.Select(m => (m, verdicts[m]))];
    }

    /// <summary>The laws that need no generated code, where the mutant changes what they speak of.</summary>
    static Judgement Static(CompilerMutant mutant)
    {
        var changed = false;
        Judgement? last = null;
        foreach (var right in mutant.Pipeline.Schedule == Pipeline.Right.Schedule ? Corpus.Small : Corpus.All)
        {
            var wrong = right.Through(mutant.Pipeline);
            var verdict = Judgement.Of(Laws(right, wrong).Select(l => { changed = true; return (l.Law + ", " + right.Name, l.Check); }));
            if (verdict.Fate == Fate.Killed) return verdict;
            if (verdict.Fate != Fate.Survived) last = verdict;
        }
        // Last, for what no declaration shows: derivatives of primitives that only differentiation makes.
        if (mutant.Pipeline.Differentiate != Pipeline.Right.Differentiate && Judgement.Of(CompilerLaws.OfPipelines.Select(l => (l.Name, (Action)(() => l.Run(mutant.Pipeline))))) is { Fate: not Fate.Survived } alone) return alone;
        return last ?? new(changed ? Fate.Survived : Fate.Equivalent, "");
    }

    static IEnumerable<(string Law, Action Check)> Laws(Subject right, Subject wrong)
    {
        if (Corpus.IsDifferentiable(right) && wrong.Declared.ToString() != right.Declared.ToString())
            foreach (var (name, run) in CompilerLaws.OfGradients) yield return (name, () => run(wrong));
        if (wrong.Compiled.ToString() != right.Compiled.ToString())
            foreach (var (name, run) in CompilerLaws.OfPasses) yield return (name, () => run(wrong));
        if (wrong.Pipeline.Schedule != right.Pipeline.Schedule)
            foreach (var (name, run) in CompilerLaws.OfPlans) yield return (name, () => run(wrong));
    }

    /// <summary>Round after round on the next declaration whose text is another one, until the bits differ.</summary>
    static void Compiled(IReadOnlyList<CompilerMutant> mutants, Dictionary<Mutant, Judgement> verdicts)
    {
        var texts = Corpus.All.ToDictionary(s => s, s => Job.Of(s).Text);
        var rounds = mutants.Where(m => m.Pipeline.Edit != Pipeline.Right.Edit || m.Pipeline.Schedule != Pipeline.Right.Schedule)
            .Select(m => (Mutant: m, Jobs: new Queue<Job>(Corpus.All.Select(s => Job.Of(s.Through(m.Pipeline))).Where((j, i) => j.Text != texts[Corpus.All[i]])))).ToList();
        while (rounds.RemoveAll(r => r.Jobs.Count == 0 || verdicts[r.Mutant].Fate == Fate.Killed) >= 0 && rounds.Count > 0)
        {
            var results = Bench.Run([.. rounds.Select(r => r.Jobs.Dequeue())]);
            for (var i = 0; i < rounds.Count; i++) verdicts[rounds[i].Mutant] = results[i];
        }
    }
}
