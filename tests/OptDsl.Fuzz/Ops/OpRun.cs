using System.Numerics;
using OptDsl.Compiler;
using OptDsl.Runtime;
using OptDsl.Testing;
using static OptDsl.Dsl;

namespace OptDsl.Fuzz;

/// <summary>A case in one precision: its emitted text, read and run at every width, beside the interpreter and the truth.</summary>
sealed class OpRun
{
    const int MaxBatch = 3;

    static readonly VectorWidth[] widths = [VectorWidth.Bits512, VectorWidth.Bits256, VectorWidth.Bits128, VectorWidth.Scalar];

    readonly OpCase of;
    readonly Precision precision;
    readonly int seed;
    readonly Graph graph;
    readonly Value y, output;
    readonly Value[] leaves;
    readonly EmittedClass emitted;

    OpRun(OpCase of, Precision precision, int seed, Func<string, string> tamper)
    {
        (this.of, this.precision, this.seed) = (of, precision, seed);
        var b = new GraphBuilder();
        leaves = [.. of.Leaves.Select((e, i) => b.Leaf(e.Batched ? Primitive.Input : Primitive.Parameter, Name(i), e, i == of.Index ? Element.Integer : Element.Real))];
        y = of.Of(b, leaves);
        // As the compiler does: Predict answers for each example, also where the answer is the same for all.
        output = b.Broadcast(y, new(true, y.Extent.Dims));
        // A declaration of the same leaves, which names them and their places; the graph of the case stands in for its own.
        Expr[] declared = [.. of.Leaves.Select((e, i) => i == of.Index ? IntegerInput(Name(i), e.Dims.ToArray()) : e.Batched ? Input(e.Dims.ToArray(), Name(i)) : Parameter(shape: e.Dims.ToArray(), name: Name(i)))];
        var model = declared[0].Loss((_, _) => declared.Aggregate(Parameter(shape: [], name: "trained"), (sum, x) => sum + (x.Element == Element.Integer ? Less(x, 0) : x).Sum())).Minimize(Sgd(1));
        var kept = model.Trained.Select(p => (p.Path, Leaf: leaves.FirstOrDefault(l => Equals(l.Data, p.Path)) ?? b.Leaf(Primitive.Parameter, p.Path, Extent.Scalar))).ToArray();
        var loss = b.Constant(0);
        graph = new(new(loss, loss, [(model.Naming[model.Naming.Outputs[0]], output)], [.. kept.Select(k => (k.Path, b.Constant(1, k.Leaf.Extent)))], [.. kept.Select(k => new Stored(k.Path, k.Leaf, null, k.Leaf, false))]));
        Verifier.Check(graph);
        emitted = new(tamper(new ClassWriter(model, graph, ModelCompiler.Schedule(graph), new(null, [], "Model", "class", precision)).Write()));
    }

    int samples;
    double? worst;

    /// <summary>How many elements were compared, and the largest error, of its bound; null where only bits are compared.</summary>
    /// <exception cref="MismatchException">A bit is another one, or an error is above its bound.</exception>
    public static (int Samples, double? Worst) Check(OpCase of, Precision precision, int seed, Func<string, string>? tamper = null)
    {
        var run = new OpRun(of, precision, seed, tamper ?? (text => text));
        if (precision == Precision.Single) run.Check<float, Real32>();
        else run.Check<double, Real64>();
        return (run.samples, run.worst);
    }

    static string Name(int i) => "x" + (char)('0' + i);

    void Check<T, S>() where T : unmanaged, IBinaryFloatingPointIeee754<T> where S : struct, IScalar<S>
    {
        var definition = emitted.Definition<T>();
        foreach (var examples in of.Leaves.Any(l => l.Batched) ? [1, MaxBatch] : new[] { 1 })
            foreach (var extremes in new[] { false, true })
            {
                var (dice, numbers) = (new Dice(seed + examples), new OpNumbers(precision, extremes));
                double[][] x = [.. of.Leaves.Select((e, i) => (Count: (int)e.Dims.Size * (e.Batched ? examples : 1), IsIndex: i == of.Index))
                    .Select(o => o.IsIndex ? [.. Enumerable.Range(0, o.Count).Select(_ => (double)dice.Between(-1, 8))] : numbers.Draw(dice, o.Count))];
                var values = Interpreted<S>(x, examples);
                foreach (var width in widths) Compare(Generated(definition, x, examples, width), values[output], x, width);
                if (IsJudged(extremes)) Judge(x, [.. values[y].Select(n => n.Value)], examples);
            }
    }

    Dictionary<Value, S[]> Interpreted<S>(double[][] x, int examples) where S : struct, IScalar<S>
    {
        var interpreter = new Interpreter<S>(graph);
        for (var i = 0; i < x.Length; i++)
            if (of.Leaves[i].Batched) interpreter.Data[Name(i)] = x[i];
            else interpreter.State[Name(i)] = Array.ConvertAll(x[i], S.Create);
        return interpreter.Evaluate(examples, [output]);
    }

    T[] Generated<T>(Definition<T> definition, double[][] x, int examples, VectorWidth width) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var learner = new Learner<T>(definition, 0, MaxBatch, 1, width);
        var batch = of.Leaves.Any(l => l.Batched) ? new Batch(examples) : Batch.Empty;
        for (var i = 0; i < x.Length; i++)
            if (!of.Leaves[i].Batched) learner[Name(i)].CopyFrom(Array.ConvertAll(x[i], T.CreateChecked));
            else if (i == of.Index) batch = batch.With(Name(i), Array.ConvertAll(x[i], n => (int)n));
            else batch = batch.With(Name(i), precision == Precision.Single ? Array.ConvertAll(x[i], n => (float)n) : x[i]);
        var found = new T[examples * (int)output.Extent.Dims.Size];
        learner.Predict(batch, found);
        return found;
    }

    void Compare<T, S>(T[] found, S[] wanted, double[][] x, VectorWidth width) where T : unmanaged, IBinaryFloatingPointIeee754<T> where S : struct, IScalar<S>
    {
        if (found.Length != wanted.Length) throw new MismatchException($"{found.Length} elements against {wanted.Length}");
        for (var i = 0; i < found.Length; i++)
        {
            double a = double.CreateChecked(found[i]), b = wanted[i].Value;
            if (BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b) || (double.IsNaN(a) && double.IsNaN(b))) continue;
            throw new MismatchException(FormattableString.Invariant($"{width}: [{i}] is {a:R}, interpreted {b:R}; operands {string.Join("; ", x.Select(o => $"[{string.Join(", ", o.Take(20).Select(n => FormattableString.Invariant($"{n:R}")))}]"))}"));
        }
        samples += found.Length;
    }

    /// <summary>The truth has doubles' range and 31 digits: of a double's extremes it knows no more than they. Bases and hashes have no error of one operation.</summary>
    bool IsJudged(bool extremes) => (precision == Precision.Single || !extremes) && y.Operands.SequenceEqual(leaves) && of.Op != Primitive.Random && of.Op != Primitive.Orthonormalize;

    void Judge(double[][] x, double[] found, int examples)
    {
        var isAngle = of.Op == Primitive.Sin || of.Op == Primitive.Cos;
        DoubleDouble[][] operands = [.. x.Select(o => Array.ConvertAll(o, n => isAngle ? Turns.Without(DoubleDouble.Create(n)) : DoubleDouble.Create(n)))];
        var shares = LocalBounds.Shares(new(graph), y, operands, found, examples, precision);
        for (var i = 0; i < shares.Length; i++)
        {
            worst = Math.Max(worst ?? 0, shares[i]);
            if (shares[i] > 1) throw new MismatchException(FormattableString.Invariant($"[{i}] is {found[i]:R}, {shares[i]:F2} of its bound off; operands {string.Join(", ", x.Select(o => o[Math.Min(i, o.Length - 1)]))}"));
        }
    }
}
