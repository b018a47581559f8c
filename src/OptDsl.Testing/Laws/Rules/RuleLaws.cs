using System.Globalization;

namespace OptDsl.Testing;

/// <summary>What every update rule keeps, one method a law. A law that cannot speak of a rule says why.</summary>
internal static class RuleLaws
{
    const int Cases = 60;

    /// <summary>Name and law, in the order of the report.</summary>
    public static IReadOnlyList<(string Name, Func<RuleBench, Verdict> Run)> All { get; } =
    [
        ("the gradient is used", UsesGradient),
        ("finite gradients give finite steps", IsFinite),
        ("a zero gradient moves nothing outward", ZeroGradient),
        ("steps go along the gradient", FollowsGradient),
        ("without a gradient the weights settle", Settles),
        ("a parabola is descended", Descends),
        ("elements are independent", Independent),
        (LowerBound.Law, LowerBound.Run),
        ("generated code has the interpreter's bits", GeneratedBits.Run),
        ("stopped, saved and loaded it goes on the same", GeneratedBits.Resumes),
        ("scaling all gradients", Scale),
        ("mirroring weights and gradients", Mirror),
        ("float against double", InFloat),
    ];

    static Verdict UsesGradient(RuleBench bench) =>
        bench.ReadsGradient ? Verdict.Holds("the gradient is used", "read off the equations") : throw new LawException("neither the step nor a slot reads the gradient", null, null, null);

    static Verdict IsFinite(RuleBench bench) => ForAll("finite gradients give finite steps", bench, 20, trial =>
    {
        foreach (var w in trial.Bench.Run<Real64>(trial.Weights, trial.Gradients))
            if (!w.All(double.IsFinite)) throw new MismatchException($"the weights became {Text(w)}");
    });

    static Verdict ZeroGradient(RuleBench bench) => ForAll("a zero gradient moves nothing outward", bench, 10, trial =>
    {
        var before = trial.Weights;
        foreach (var w in trial.Bench.Run<Real64>(trial.Weights, trial.Gradients.Select(g => new double[g.Length])))
        {
            // Through 0 is outward too, so far as it passes the other side's old distance.
            for (var i = 0; i < w.Length; i++)
                if (!(Math.Abs(w[i]) <= Math.Abs(before[i]))) throw new MismatchException($"with gradient 0 a weight went from {Text(before[i])} to {Text(w[i])}");
            before = w;
        }
    });

    /// <summary>From weights 0, where nothing decays, a constant gradient must have moved them against itself.</summary>
    static Verdict FollowsGradient(RuleBench bench)
    {
        const string law = "steps go along the gradient";
        if (bench.ReadsNoise) return new(law, Outcome.DoesNotApply, "among random numbers a small gradient is not heard");
        var moved = false;
        var verdict = ForAll(law, bench, 1, trial =>
        {
            var g = trial.Gradients[0];
            if (g.All(x => x == 0)) return;
            var w = trial.Bench.Run<Real64>(new double[g.Length], Enumerable.Repeat(g, 200)).Last();
            var along = w.Zip(g, (a, b) => a * b).Sum();
            if (along > 0) throw new MismatchException($"200 steps of this gradient moved the weights from 0 to {Text(w)}");
            moved |= along < 0;
        });
        return moved ? verdict : Verdict.Finding(verdict.Law, "no step was seen in 200");
    }

    /// <summary>A velocity that never decays carries the weights on for ever.</summary>
    static Verdict Settles(RuleBench bench)
    {
        const int Long = 20_000;
        double[] g = [.. Enumerable.Range(0, (int)bench.Shape.Size).Select(i => 1.0 + i)], zero = new double[g.Length];
        double largest = 0, late = 0;
        var before = new double[g.Length];
        var step = 0;
        foreach (var w in bench.Run<Real64>(before, Enumerable.Repeat(g, 5).Concat(Enumerable.Repeat(zero, Long))))
        {
            var distance = w.Zip(before, (a, b) => Math.Abs(a - b)).Max();
            largest = Math.Max(largest, distance);
            late = step % 100 == 0 ? distance : Math.Max(late, distance);
            if (step > 200 && step % 100 == 99 && late <= 1e-3 * largest) break;
            (before, step) = (w, step + 1);
        }
        const string law = "without a gradient the weights settle";
        if (!(late <= 1e-3 * largest)) throw new LawException($"{Long} steps after the last gradient the weights still move by {Text(late)} a step, the largest was {Text(largest)}", null, null, null);
        return Verdict.Holds(law, largest == 0 ? "nothing moved" : $"after {step} steps");
    }

    /// <summary>From eight of its own longest steps away, on a parabola whose gradient there is 1.</summary>
    static Verdict Descends(RuleBench bench)
    {
        const string law = "a parabola is descended";
        const int Long = 2000;
        double[] zero = new double[bench.Shape.Size], ones = Array.ConvertAll(zero, _ => 1.0);
        double longest = 0, before = 0;
        foreach (var w in bench.Run<Real64>(zero, Enumerable.Repeat(ones, Long))) (longest, before) = (Math.Max(longest, Math.Abs(w[0] - before)), w[0]);
        if (longest == 0) return Verdict.Finding(law, $"no step was seen in {Long}");
        // A rule whose rate grows with the way it has gone has no longest step to begin from.
        if (!(longest < 1e100)) return Verdict.Finding(law, "its steps grow without bound while the gradient stays");
        var start = 8 * longest;
        double first = start * start, sum = 0;
        var step = 0;
        foreach (var w in bench.Descend(Array.ConvertAll(zero, _ => start), w => Array.ConvertAll(w, x => x / start)).Take(Long))
            if (++step > Long - 500) sum += w[0] * w[0] / 500;
        if (!(sum < 0.3 * first)) throw new LawException($"from {Text(start)} on w²/{Text(2 * start)}, the last quarter of {Long} steps has {Text(sum / first)} of the first value", null, null, null);
        return Verdict.Holds(law, $"to {(sum / first).ToString("G2", CultureInfo.InvariantCulture)} of its height in {Long} steps");
    }

    /// <summary>Each element alone has the steps that it has among others: bit for bit.</summary>
    static Verdict Independent(RuleBench bench)
    {
        const string law = "elements are independent";
        if (!bench.IsElementwise) return new(law, Outcome.DoesNotApply, "its equations couple the elements of a tensor");
        var single = new RuleBench(bench.Rule, new(1));
        return ForAll(law, bench, 6, trial =>
        {
            var together = trial.Bench.Run<Real64>(trial.Weights, trial.Gradients).ToArray();
            for (var i = 0; i < trial.Weights.Length; i++)
            {
                var alone = single.Run<Real64>([trial.Weights[i]], trial.Gradients.Select(g => new[] { g[i] })).ToArray();
                for (var step = 0; step < alone.Length; step++)
                    if (!alone[step][0].Equals(together[step][i])) throw new MismatchException($"element {i} at step {step} is {Text(together[step][i])}, alone {Text(alone[step][0])}");
            }
        });
    }

    static Verdict Scale(RuleBench bench)
    {
        const string law = "scaling all gradients";
        double[] g = [.. Enumerable.Range(0, (int)bench.Shape.Size).Select(i => 0.3 - 0.7 * i)], zero = new double[g.Length];
        double[] Last(double factor) => bench.Run<Real64>(zero, Enumerable.Range(1, 5).Select(k => Array.ConvertAll(g, x => factor * x / k))).Last();
        double[] once = Last(1), larger = Last(1024);
        return Verdict.Finding(law, once.SequenceEqual(larger) ? "changes no bit of a step" : once.Zip(larger).All(p => p.First * 1024 == p.Second) ? "scales the steps alike, to the bit"
            : once.Zip(larger).All(p => Math.Abs(p.Second - p.First) <= 1e-4 * Math.Abs(p.First)) ? "hardly changes the steps" : "changes the steps in another way");
    }

    static Verdict Mirror(RuleBench bench)
    {
        const string law = "mirroring weights and gradients";
        double[] w = [.. Enumerable.Range(0, (int)bench.Shape.Size).Select(i => 1 - 0.4 * i)], g = [.. w.Select((x, i) => x - 0.9 * i)];
        double[] Last(double sign) => bench.Run<Real64>(Array.ConvertAll(w, x => sign * x), Enumerable.Range(1, 5).Select(k => Array.ConvertAll(g, x => sign * x / k))).Last();
        return Verdict.Finding(law, Last(1).Zip(Last(-1)).All(p => p.First == -p.Second) ? "mirrors the steps, to the bit" : "does something else");
    }

    static Verdict InFloat(RuleBench bench)
    {
        const string law = "float against double";
        double[] w = [.. Enumerable.Range(0, (int)bench.Shape.Size).Select(i => (double)(float)(1 - 0.4 * i))];
        var gradients = Enumerable.Range(1, 50).Select(k => Array.ConvertAll(w, x => (double)(float)(Math.Sin(k * x) + 0.1))).ToArray();
        double[] wide = bench.Run<Real64>(w, gradients).Last(), narrow = bench.Run<Real32>(w, gradients).Last();
        var way = wide.Zip(w, (a, b) => Math.Abs(a - b)).Max();
        var off = wide.Zip(narrow, (a, b) => Math.Abs(a - b)).Max();
        return Verdict.Finding(law, way == 0 ? "nothing moved" : $"{(off / way).ToString("G2", CultureInfo.InvariantCulture)} of the way after 50 steps");
    }

    /// <summary>A law over random trials of the bench's shape.</summary>
    internal static Verdict ForAll(string law, RuleBench bench, int steps, Action<RuleTrial> holds)
    {
        // Counted: a replay runs one of them.
        var ran = 0;
        Law.Holds(RuleTrial.Of(bench.Rule, bench.Shape, steps), trial => { ran++; holds(trial); }, Cases);
        return Verdict.Holds(law, ran == 1 ? "1 case" : $"{ran} cases");
    }

    internal static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    internal static string Text(double[] numbers) => "[" + string.Join(", ", numbers.Select(Text)) + "]";
}
