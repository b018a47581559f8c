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
        foreach (var judgement in Bench.Run([.. Corpus.All.Select(Job.Of)])) if (judgement.Fate != Fate.Survived) yield return judgement.By;
    }

    /// <summary>Judgements in order.</summary>
    public static IReadOnlyList<(Mutant Mutant, Judgement Judgement)> Run(IReadOnlyList<Mutant> mutants)
    {
        var judgements = new Dictionary<Mutant, Judgement>();
        foreach (var mutant in mutants.OfType<RuleMutant>()) judgements[mutant] = Judgement.Of(mutant.Laws);
        foreach (var mutant in mutants.OfType<CompilerMutant>()) judgements[mutant] = mutant.Pipeline.Edit == Pipeline.Right.Edit ? Static(mutant) : new(Fate.Equivalent, "");
        Compiled([.. mutants.OfType<CompilerMutant>().Where(m => judgements[m].Fate is Fate.Equivalent or Fate.Survived)], judgements);
        return [.. mutants.Select(m => (m, judgements[m]))];
    }

    /// <summary>The laws that need no generated code, where the mutant changes what they speak of.</summary>
    static Judgement Static(CompilerMutant mutant)
    {
        var changed = false;
        Judgement? last = null;
        foreach (var right in mutant.Pipeline.Schedule == Pipeline.Right.Schedule ? Corpus.Small : Corpus.All)
        {
            var wrong = right.Through(mutant.Pipeline);
            var judgement = Judgement.Of(Laws(right, wrong).Select(l => { changed = true; return (l.Law + ", " + right.Name, l.Check); }));
            if (judgement.Fate == Fate.Killed) return judgement;
            if (judgement.Fate != Fate.Survived) last = judgement;
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
    static void Compiled(IReadOnlyList<CompilerMutant> mutants, Dictionary<Mutant, Judgement> judgements)
    {
        var right = Corpus.All.Select(s => (Subject: s, Job.Of(s).Text)).ToArray();
        // Emitted only when it is its turn.
        var left = mutants.Where(m => m.Pipeline.Edit != Pipeline.Right.Edit || m.Pipeline.Schedule != Pipeline.Right.Schedule)
            .Select(m => (Mutant: m, Jobs: right.Select(r => (Job: Job.Of(r.Subject.Through(m.Pipeline)), r.Text)).Where(r => r.Job.Text != r.Text).Select(r => r.Job).GetEnumerator())).ToList();
        while (true)
        {
            left.RemoveAll(m => judgements[m.Mutant].Fate == Fate.Killed || !m.Jobs.MoveNext());
            if (left.Count == 0) return;
            var results = Bench.Run([.. left.Select(m => m.Jobs.Current)]);
            for (var i = 0; i < left.Count; i++) judgements[left[i].Mutant] = results[i];
        }
    }
}
