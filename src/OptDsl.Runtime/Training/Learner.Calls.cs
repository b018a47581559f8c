using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

// The calls that generated code and batches make: enter, check everything, pin, run.
public sealed unsafe partial class Learner<T>
{
    /// <summary>FLOPs, about 20 µs of one core.</summary>
    const long WorthWaking = 4_000_000;

    enum Pass { Learn, Evaluate, Gradient, Predict }

    /// <summary>One update; returns the mean loss. The number of examples follows from the lengths.</summary>
    public double Learn(in Columns columns) => Call(columns, Pass.Learn);

    /// <summary>The mean loss; nothing is updated.</summary>
    public double Evaluate(in Columns columns) => Call(columns, Pass.Evaluate);

    /// <summary>The mean loss, and its gradient into <see cref="GradientOf"/>; nothing is updated.</summary>
    public double Gradient(in Columns columns) => Call(columns, Pass.Gradient);

    /// <summary>Writes every output. <paramref name="inputs"/> are the columns with <see cref="Column.Predicts"/>, in order.</summary>
    public void Predict(in Columns inputs, in OutputSpans<T> outputs)
    {
        gate.Enter();
        try
        {
            int n = door.CountExamples(inputs, predicts: true);
            door.CheckOutputs(inputs, outputs, n);
            Run(inputs, Pass.Predict, n);
            for (int i = 0; i < definition.Outputs.Count; i++)
                CopyOutput(definition.Outputs[i], n, outputs[i]);
        }
        finally { gate.Exit(); }
    }

    /// <inheritdoc/>
    public double Learn(Batch batch) => Call(batch, Pass.Learn);

    /// <inheritdoc/>
    public double Evaluate(Batch batch) => Call(batch, Pass.Evaluate);

    /// <inheritdoc/>
    public double Gradient(Batch batch) => Call(batch, Pass.Gradient);

    /// <inheritdoc/>
    public void Predict(Batch batch, Span<T> output)
    {
        if (definition.Outputs.Count == 0)
            throw new InvalidOperationException($"{definition.Model} has no output.");
        Predict(batch, definition.Outputs[0], output);
    }

    /// <inheritdoc/>
    public void Predict(Batch batch, string name, Span<T> output) =>
        Predict(batch, definition.Outputs.FirstOrDefault(o => o.Name == name)
            ?? throw Names.Unknown("output", name, definition.Outputs.Select(o => o.Name)), output);

    void Predict(Batch batch, OutputInfo info, Span<T> output)
    {
        gate.Enter();
        try
        {
            Columns inputs = door.Open(batch, predicts: true);
            int n = door.CountExamples(inputs, predicts: true);
            door.CheckOutput(inputs, info, output, n);
            Run(inputs, Pass.Predict, n);
            CopyOutput(info, n, output);
        }
        finally { gate.Exit(); }
    }

    double Call(in Columns columns, Pass pass)
    {
        gate.Enter();
        try { return Run(columns, pass, door.CountExamples(columns, predicts: false)); }
        finally { gate.Exit(); }
    }

    double Call(Batch batch, Pass pass)
    {
        gate.Enter();
        try
        {
            Columns columns = door.Open(batch, predicts: false);
            return Run(columns, pass, door.CountExamples(columns, predicts: false));
        }
        finally { gate.Exit(); }
    }

    double Run(in Columns columns, Pass pass, nint n)
    {
        // Eight at once, since one `fixed` cannot loop; a reference that was never set pins nothing.
        fixed (byte* p0 = &columns.C0, p1 = &columns.C1, p2 = &columns.C2, p3 = &columns.C3, p4 = &columns.C4, p5 = &columns.C5, p6 = &columns.C6, p7 = &columns.C7)
        {
            byte** given = stackalloc byte*[] { p0, p1, p2, p3, p4, p5, p6, p7 };
            ReadOnlySpan<int> places = pass == Pass.Predict ? door.PredictPlaces : door.Places;
            for (int i = 0; i < places.Length; i++)
                program.Pinned[places[i]] = (nint)given[i];
            // Once per step: waking a worker costs more than a small step takes.
            if (flopsPerExample * n > WorthWaking) workspace.Team.Wake();
            switch (pass)
            {
                case Pass.Learn:
                    double loss = program.Learn(n);
                    program.Completed++;
                    return loss;
                case Pass.Evaluate: return program.Evaluate(n);
                case Pass.Gradient: return program.Gradient(n);
                default: program.Predict(n); return 0;
            }
        }
    }

    void CopyOutput(OutputInfo info, int n, Span<T> target) =>
        Layouts<Vec1<T>, T>.Unpack(workspace.Batched(info.PerExample), n * (info.Size / info.Columns), info.Columns, info.Stride, target);
}
