using OptDsl.Compiler;
using OptDsl.Runtime;

namespace OptDsl.Testing;

/// <summary>What every model keeps, one method a law.</summary>
internal static class ModelLaws
{
    const int Cases = 8;

    public static IReadOnlyList<(string Name, Func<Model, Verdict> Run)> All { get; } =
    [
        ("examples do not see each other", Permuted),
        ("a batch twice is the batch", Doubled),
        ("predicting changes nothing", Idempotent),
        ("data that is no number is refused", NotANumber),
        ("generated code has the interpreter's bits", GeneratedBits.OfModel),
    ];

    /// <summary>Examples in another order have the same outputs, bit for bit; where the model couples them, say by a mean over the batch, the law is silent.</summary>
    static Verdict Permuted(Model model)
    {
        const string law = "examples do not see each other";
        var graph = ModelCompiler.Optimize(model);
        if (model.Naming.Inputs.Count == 0) return new(law, Outcome.DoesNotApply, "there is no data");
        if (model.Naming.Outputs.Count == 0) return new(law, Outcome.DoesNotApply, "nothing is predicted");
        var below = Graph.Order(graph.Roots.Outputs.Select(o => o.Value));
        if (below.Any(v => v.Op == Primitive.Row)) return new(law, Outcome.DoesNotApply, "its noise goes by the place in the batch");
        if (below.Any(v => v.Op == Primitive.BatchSum)) return new(law, Outcome.DoesNotApply, "its outputs use the whole batch");
        for (var seed = 0; seed < Cases; seed++)
        {
            const int examples = 5;
            var straight = At(model, graph, examples, seed);
            var reversed = new Interpreter<Real64>(graph).WithData(straight);
            foreach (var (name, numbers) in straight.Data) reversed.Data[name] = Reversed(numbers, examples);
            var (outputs, backwards) = (Outputs(straight, graph, examples), Outputs(reversed, graph, examples));
            for (var i = 0; i < outputs.Length; i++)
                if (!Reversed(outputs[i], examples).SequenceEqual(backwards[i])) throw new LawException($"with the examples in reverse order, {graph.Roots.Outputs[i].Name} has other values", Declaration.Of(model), null, null);
        }
        var couples = Graph.Order([graph.Roots.Loss]).Count(v => v.Op == Primitive.BatchSum) > 1;
        return Verdict.Holds(law, $"{(couples ? "what is predicted of " : "")}{Cases} batches, to the bit{(couples ? "; the loss uses the whole batch" : "")}");
    }

    static Verdict Doubled(Model model)
    {
        const string law = "a batch twice is the batch";
        var graph = ModelCompiler.Optimize(model);
        if (model.Naming.Inputs.Count == 0) return new(law, Outcome.DoesNotApply, "there is no data");
        if (graph.Values.Any(v => v.Op == Primitive.Row)) return new(law, Outcome.DoesNotApply, "its noise goes by the place in the batch");
        var finite = 0;
        for (var seed = 0; seed < Cases; seed++)
        {
            const int examples = 3;
            var once = At(model, graph, examples, seed);
            var twice = new Interpreter<Real64>(graph).WithData(once);
            foreach (var (name, numbers) in once.Data) twice.Data[name] = [.. numbers, .. numbers];
            Value[] roots = [graph.Roots.Loss, graph.Roots.Evaluated, .. graph.Roots.Gradients.Select(g => g.Value)];
            var (a, b) = (once.Evaluate(examples, roots), twice.Evaluate(2 * examples, roots));
            if (double.IsFinite(a[graph.Roots.Loss][0].Value)) finite++;
            // Where a gradient is 0 by algebra, that of a bias before a batch norm say, there is what larger numbers on the way leave in their last digits.
            var rest = 1e-4 * OnTheWay.Largest(a, below: 1e100);
            foreach (var root in roots)
            {
                var largest = a[root].Max(x => Math.Abs(x.Value)) + rest + 1e-12;
                for (var i = 0; i < a[root].Length; i++)
                    if (!(Math.Abs(a[root][i].Value - b[root][i].Value) <= 1e-11 * largest) && !a[root][i].Value.Equals(b[root][i].Value)) throw new LawException($"the mean over a batch said twice is {b[root][i].Value}, said once {a[root][i].Value}", null, null, null);
            }
        }
        return finite == 0 ? new(law, Outcome.DoesNotApply, "the loss is no number") : Verdict.Holds(law, $"{finite} batches, loss and gradients");
    }

    static Verdict Idempotent(Model model)
    {
        const string law = "predicting changes nothing";
        using var emitted = new Emitted([(model, Precision.Single)]);
        using var learner = emitted.Create<float>(0, new(1, 4));
        var batch = new RandomData(model, ModelCompiler.Optimize(model), 4, 1).Batch(Precision.Single);
        var (before, loss) = (learner.ParametersHash, learner.Evaluate(batch));
        if (model.Naming.Outputs.Count > 0) learner.Predict(batch, new float[4 * (int)model.Naming.Outputs[0].Operands[1].Shape.Size]);
        if (!loss.Equals(learner.Evaluate(batch)) || learner.ParametersHash != before) throw new LawException("Predict or Evaluate changed the learner", null, null, null);
        return Verdict.Holds(law, "float");
    }

    /// <summary>A NaN that reaches the loss must stop the step before anything is written; one that does not is worth knowing.</summary>
    static Verdict NotANumber(Model model)
    {
        const string law = "data that is no number is refused";
        var columns = model.Naming.Inputs.Where(i => i.Element == Element.Real && !IsLabel(model, i)).Select(i => model.Naming[i]).ToArray();
        if (columns.Length == 0) return new(law, Outcome.DoesNotApply, "no column is real");
        using var emitted = new Emitted([(model, Precision.Single)]);
        var graph = ModelCompiler.Optimize(model);
        var unseen = new List<string>();
        using (var learner = emitted.Create<float>(0, new(1, 4)))
            if (!double.IsFinite(learner.Evaluate(new RandomData(model, graph, 2, 1).Batch(Precision.Single)))) return new(law, Outcome.DoesNotApply, "the loss is no number without it either");
        foreach (var column in columns)
        {
            using var learner = emitted.Create<float>(0, new(1, 4));
            var data = new RandomData(model, graph, 2, 1);
            data.Columns[column][0] = double.NaN;
            var before = learner.ParametersHash;
            try
            {
                learner.Learn(data.Batch(Precision.Single));
                unseen.Add(column);
            }
            catch (NonFiniteLossException)
            {
                if (learner.Steps != 0 || learner.ParametersHash != before) throw new LawException($"a NaN in {column} was refused, but something was written", null, null, null);
            }
        }
        return unseen.Count == 0 ? Verdict.Holds(law, "nothing was written") : Verdict.Finding(law, $"a NaN in {string.Join(", ", unseen)} does not reach the loss");
    }

    static bool IsLabel(Model model, Expr input) => Dag.PostOrder(model.Loss).Any(e => e.Op == Primitive.Labels && e.Operands[0] == input);

    static Interpreter<Real64> At(Model model, Graph graph, int examples, int seed)
    {
        var at = new Interpreter<Real64>(graph);
        foreach (var (name, numbers) in new GradientPoint(model, examples, seed).Numbers())
            if (model.Naming.Inputs.Any(i => model.Naming[i] == name)) at.Data[name] = numbers;
            else at.State[name] = Array.ConvertAll(numbers, Real64.Create);
        return at;
    }

    static double[][] Outputs(Interpreter<Real64> at, Graph graph, int examples)
    {
        var values = at.Evaluate(examples, graph.Roots.Outputs.Select(o => o.Value));
        return [.. graph.Roots.Outputs.Select(o => Array.ConvertAll(values[o.Value], v => v.Value))];
    }

    static double[] Reversed(double[] rows, int examples)
    {
        var size = rows.Length / examples;
        return [.. Enumerable.Range(0, examples).Reverse().SelectMany(e => rows[(e * size)..((e + 1) * size)])];
    }
}
