using OptDsl.Compiler;
using OptDsl.Testing;

namespace OptDsl.Fuzz;

/// <summary>A mutant by chance: of which stage, what was changed, where, and what became of it.</summary>
sealed record Chance(string Area, string Change, string Where, Judgement Judgement);

/// <summary>Single changes by chance to compiled graphs, to gradients and to emitted text of random models.</summary>
static class AutoRunner
{
    const int PerModel = 12;

    /// <summary>A third each, in this order; those that change no bit are not counted.</summary>
    public static IReadOnlyList<Chance> Run(int count, int seed) => [.. Compiled(count / 3, seed), .. Gradients(count / 3, seed), .. Texts(count - 2 * (count / 3), seed)];

    static IEnumerable<Chance> Compiled(int count, int seed)
    {
        for (var made = 0; made < count; seed++)
        {
            var model = ModelCase.Random(new(seed), 10 + seed % 60, new(Widest: 5)).Model;
            var (declared, right) = (Lower.Run(model), ModelCompiler.Optimize(model));
            var law = new SameMeaning(model, declared, seed);
            if (Judgement.Of([("", () => law.Check(right))]).Fate != Fate.Survived) continue;
            foreach (var (name, site, wrong) in Mutated(right, right.Values, new Random(seed)))
            {
                var found = Judgement.Of([("the compiled graph is well formed", () => Verifier.Check(wrong)), ("a slot below 1e-30 is stored as 0", () => FlushLaw.Check(wrong)), ("compiled graph = declared graph", () => law.Check(wrong))]);
                if (found.Fate == Fate.Survived && !Twins.Differ(model, right, wrong, r => r.All)) found = new(Fate.Equivalent, "");
                if (found.Fate != Fate.Equivalent) made++;
                yield return new("compiled", name, $"{site} of seed {seed}", found);
            }
        }
    }

    static IEnumerable<Chance> Gradients(int count, int seed)
    {
        for (var made = 0; made < count; seed++)
        {
            var model = NetworkCases.Random(new(seed), 3 + seed % 8, new(Widest: 5, IsDifferentiable: true)).Build().Minimize(Dsl.Sgd(1));
            var right = Lower.Run(model);
            var laws = Enumerable.Range(0, 6).Select(i => ("gradient = dual number", new CarriedGradients(model, right, seed + i, onTies: false)))
                .Concat(Enumerable.Range(0, 8).Select(i => ("gradient on ties = dual number", new CarriedGradients(model, right, seed + i, onTies: true)))).ToArray();
            // Nothing to say where every point is a kink.
            if (laws.Take(6).All(l => l.Item2.IsSilent) || laws.Any(l => Judgement.Of([("", () => l.Item2.Check(right))]).Fate != Fate.Survived)) continue;
            var forward = Graph.Order([right.Roots.Loss, .. right.Roots.Outputs.Select(o => o.Value)]).ToHashSet();
            foreach (var (name, site, wrong) in Mutated(right, [.. Graph.Order(right.Roots.Gradients.Select(g => g.Value)).Where(v => !forward.Contains(v))], new Random(seed)))
            {
                var found = Judgement.Of([("the graph is well formed", () => Verifier.Check(wrong)), .. laws.Select(l => (l.Item1, (Action)(() => l.Item2.Check(wrong))))]);
                if (found.Fate == Fate.Survived && !Twins.Differ(model, right, wrong, r => r.Gradients.Select(g => g.Value))) found = new(Fate.Equivalent, "");
                if (found.Fate != Fate.Equivalent) made++;
                yield return new("gradients", name, $"{site} of seed {seed}", found);
            }
        }
    }

    /// <summary>Some changes to some of these values, one at a time.</summary>
    static IEnumerable<(string Name, string Site, Graph Wrong)> Mutated(Graph graph, IReadOnlyList<Value> among, Random random)
    {
        var sites = among.SelectMany(v => GraphSites.Of(v).Select(s => (Value: v, s.Name, s.Rewrite))).ToArray();
        random.Shuffle(sites);
        foreach (var (value, name, rewrite) in sites.Take(PerModel))
        {
            var wrong = Rewriting.Run(graph, (b, v, x) => v == value ? rewrite(b, v, x) : null);
            if (wrong.ToString() != graph.ToString()) yield return (name, "%" + value.Id, wrong);
        }
    }

    static IEnumerable<Chance> Texts(int count, int seed)
    {
        var made = 0;
        for (var round = 0; made < count; round++)
        {
            var (jobs, sites) = (new List<Job>(), new List<(string Kind, string By, string Line)>());
            foreach (var subject in Corpus.All)
            {
                var right = Job.Of(subject);
                // No hash code: those differ from run to run.
                var random = new Random(1000 * (1000 * seed + round) + subject.Seed);
                // One of each kind, so that numbers do not outnumber all else.
                foreach (var kind in TextSites.Of(right.Text).GroupBy(s => s.Kind).OrderBy(_ => random.Next()).Take(PerModel / 2))
                {
                    var (_, at, length, by) = kind.ElementAt(random.Next(kind.Count()));
                    jobs.Add(right with { Text = right.Text[..at] + by + right.Text[(at + length)..] });
                    sites.Add((kind.Key, by, right.Text[(right.Text.LastIndexOf('\n', at) + 1)..right.Text.IndexOf('\n', at + length)].Trim()));
                }
            }
            jobs.RemoveRange(Math.Min(jobs.Count, Wanted(count - made)), Math.Max(0, jobs.Count - Wanted(count - made)));
            var judgements = Judge(jobs);
            for (var i = 0; i < jobs.Count; i++)
            {
                // What does not compile is no mutant.
                if (judgements[i].Fate == Fate.Equivalent || judgements[i].By == Bench.DoesNotCompile) continue;
                made++;
                yield return new("text", $"{sites[i].Kind} → {sites[i].By.Trim()}", $"{jobs[i].Subject.Name}: {sites[i].Line}", judgements[i]);
            }
        }
    }

    /// <summary>Some of them change nothing or do not compile.</summary>
    static int Wanted(int left) => left + left / 4 + 4;

    static IReadOnlyList<Judgement> Judge(IReadOnlyList<Job> jobs)
    {
        var judgements = Bench.Run(jobs).ToArray();
        var alive = Enumerable.Range(0, jobs.Count).Where(i => judgements[i].Fate == Fate.Survived).ToArray();
        // The right text and the survivor side by side.
        var pairs = alive.SelectMany(i => new[] { Job.Of(jobs[i].Subject), jobs[i] }).ToArray();
        var differ = Bench.Run(pairs, (emitted, index, job) => index % 2 == 0 ? new(Fate.Survived, "") : job.Differs(emitted, index - 1, index) ? new(Fate.Survived, "") : new Judgement(Fate.Equivalent, ""));
        for (var k = 0; k < alive.Length; k++) judgements[alive[k]] = differ[2 * k + 1];
        return judgements;
    }
}
