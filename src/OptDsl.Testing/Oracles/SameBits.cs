using System.Globalization;
using System.Numerics;
using OptDsl.Compiler;

namespace OptDsl.Testing;

/// <summary>A learner beside the interpreter, step by step: losses, outputs, gradients, parameters and slots have the same bits.</summary>
internal static class SameBits
{
    /// <summary>A step per number of examples. Every NaN is one NaN; zeros keep their sign.</summary>
    /// <exception cref="MismatchException">Something differs; it names the first such thing.</exception>
    public static void Check<T, S>(ILearner<T> learner, Model model, IReadOnlyList<int> examples, int seed) where T : unmanaged, IBinaryFloatingPointIeee754<T> where S : struct, IScalar<S> =>
        Check<T, S>(learner, model, ModelCompiler.Optimize(model), examples, seed);

    /// <summary>The same for a graph that is at hand. All is called at every step, or at the first one and then Learn alone.</summary>
    public static void Check<T, S>(ILearner<T> learner, Model model, Graph graph, IReadOnlyList<int> examples, int seed, bool onlyOnce = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> where S : struct, IScalar<S>
    {
        var reference = new Interpreter<S>(graph);
        foreach (var parameter in model.Trained) Drawn(learner, parameter);
        foreach (var parameter in learner.Parameters) reference.State[parameter.Name] = [.. parameter.ToArray().Select(x => S.Create(double.CreateChecked(x)))];
        reference.Start();
        CompareState(learner, reference, "at the start");
        for (var step = 0; step < examples.Count; step++)
        {
            if (step == 1) SetHypers(learner, reference, new(seed));
            // Where slots are still 0, or all elements alike, one may stand for another.
            if (step > 0 && step == examples.Count - 1) DrawSlots(learner, reference, seed);
            Step(learner, reference, graph, new(model, graph, examples[step], seed + step), $"step {step}", hasAll: step == 0 || !onlyOnce);
        }
        // Where nothing is a number, mostly the loss is none: then nothing may be written.
        var last = new RandomData(model, graph, examples[^1], seed).Spoiled();
        if (last is not null) Step(learner, reference, graph, last, "step of NaN", hasAll: false);
    }

    /// <summary>As declared in the first step, half of them set to another number in the next ones.</summary>
    static void SetHypers<T, S>(ILearner<T> learner, Interpreter<S> reference, Random random) where T : unmanaged, IBinaryFloatingPointIeee754<T> where S : struct, IScalar<S>
    {
        foreach (var name in learner.Hyperparameters.Names.Where(_ => random.Next(2) == 0))
            learner.Hyperparameters[name] = reference.Hyper[name] = random.NextDouble();
    }

    /// <summary>A parameter has the first values that it is declared with: drawn from the seed, its name and the place.</summary>
    static void Drawn<T>(ILearner<T> learner, Parameter parameter) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!learner[parameter.Path].ToArray().SequenceEqual(parameter.First<T>(learner.Seed))) throw new MismatchException($"{parameter.Path} does not start as declared");
    }

    /// <summary>As after loading a checkpoint: every element another positive number, since many a slot holds squares.</summary>
    static void DrawSlots<T, S>(ILearner<T> learner, Interpreter<S> reference, int seed) where T : unmanaged, IBinaryFloatingPointIeee754<T> where S : struct, IScalar<S>
    {
        var random = new Random(seed);
        foreach (var slot in learner.Slots)
        {
            double[] numbers = [.. slot.ToArray().Select(_ => (double)(0.1f + random.NextSingle()))];
            slot.CopyFrom(Array.ConvertAll(numbers, T.CreateChecked));
            reference.State[slot.Name] = Array.ConvertAll(numbers, S.Create);
        }
    }

    /// <summary>Each of the four calls once; where the loss is no number the step is refused, and training goes on from where it was.</summary>
    static void Step<T, S>(ILearner<T> learner, Interpreter<S> reference, Graph graph, RandomData data, string at, bool hasAll)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> where S : struct, IScalar<S>
    {
        foreach (var (name, numbers) in data.Columns) reference.Data[name] = numbers;
        var batch = data.Batch(typeof(T) == typeof(float) ? Precision.Single : Precision.Double);
        var values = reference.Evaluate(data.Examples, hasAll ? graph.Roots.All : graph.Roots.Stored.Select(s => s.Next).Prepend(graph.Roots.Loss));
        var loss = values[graph.Roots.Loss][0].Value;
        if (hasAll) OthersThanLearn(learner, reference, graph, batch, values, at);
        if (!double.IsFinite(loss))
        {
            Refused(learner, batch, at);
            CompareState(learner, reference, $"{at} after a refused step");
            return;
        }
        Compare(learner.Learn(batch), loss, $"{at}: Learn");
        foreach (var stored in graph.Roots.Stored) reference.State[stored.Name] = values[stored.Next];
        reference.Step++;
        CompareState(learner, reference, $"{at} after Learn");
    }

    static void OthersThanLearn<T, S>(ILearner<T> learner, Interpreter<S> reference, Graph graph, Batch batch, Dictionary<Value, S[]> values, string at)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> where S : struct, IScalar<S>
    {
        Compare(learner.Evaluate(batch), values[graph.Roots.Evaluated][0].Value, $"{at}: Evaluate");
        foreach (var (name, value) in graph.Roots.Outputs)
        {
            // Outputs that need no data are asked for without examples, as one.
            var expected = graph.PredictsFromData() ? values[value] : values[value][..(int)value.Extent.Dims.Size];
            var output = new T[expected.Length];
            learner.Predict(batch, name, output);
            Compare<T, S>(output, expected, $"{at}: Predict {name}");
        }
        Compare(learner.Gradient(batch), values[graph.Roots.Loss][0].Value, $"{at}: loss of Gradient");
        foreach (var (name, value) in graph.Roots.Gradients) Compare<T, S>(learner.GradientOf(name).ToArray(), values[value], $"{at}: gradient of {name}");
        CompareState(learner, reference, $"{at} before Learn");
    }

    static bool PredictsFromData(this Graph graph) => Graph.Order(graph.Roots.Outputs.Select(o => o.Value)).Any(v => v.Op == Primitive.Input);

    static void Refused<T>(ILearner<T> learner, Batch batch, string at) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var before = learner.Steps;
        try
        {
            learner.Learn(batch);
        }
        catch (NonFiniteLossException)
        {
            if (learner.Steps != before) throw new MismatchException($"{at}: a refused step was counted");
            return;
        }
        throw new MismatchException($"{at}: Learn accepted a loss that is no number");
    }

    static void CompareState<T, S>(ILearner<T> learner, Interpreter<S> reference, string at) where T : unmanaged, IBinaryFloatingPointIeee754<T> where S : struct, IScalar<S>
    {
        foreach (var tensor in learner.Parameters.Concat(learner.Slots)) Compare<T, S>(tensor.ToArray(), reference.State[tensor.Name], $"{at}: {tensor.Name}");
    }

    static void Compare<T, S>(T[] generated, S[] interpreted, string what) where T : unmanaged, IBinaryFloatingPointIeee754<T> where S : struct, IScalar<S>
    {
        if (generated.Length != interpreted.Length) throw new MismatchException($"{what}: {generated.Length} elements against {interpreted.Length}");
        for (var i = 0; i < generated.Length; i++) Compare(double.CreateChecked(generated[i]), interpreted[i].Value, what, i);
    }

    static void Compare(double generated, double interpreted, string what, int? index = null)
    {
        if (BitConverter.DoubleToInt64Bits(generated) == BitConverter.DoubleToInt64Bits(interpreted) || (double.IsNaN(generated) && double.IsNaN(interpreted))) return;
        throw new MismatchException(string.Create(CultureInfo.InvariantCulture, $"{what}{(index is null ? "" : $"[{index}]")}: generated {generated:R}, interpreted {interpreted:R}"));
    }
}

/// <summary>Two computations that should agree do not.</summary>
internal sealed class MismatchException(string message) : Exception(message);
