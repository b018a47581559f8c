using OptDsl.Runtime;

namespace OptDsl.Tests.Runtime;

/// <summary>A model of integer columns in double that learns nothing: its loss is the number of examples, and it shows what it was given.</summary>
static class Counting
{
    /// <summary>The first integer of each column of the last call that was there.</summary>
    public static List<int> Seen { get; } = [];

    public static Learner<double> New(IReadOnlyList<Column>? columns = null) => new(Definition(columns ?? [new("label", true, [], 3, true)]), 0, 20, 1, VectorWidth.Scalar);

    static Definition<double> Definition(IReadOnlyList<Column> columns) => new()
    {
        Model = "Counting",
        Fingerprint = "",
        Columns = columns,
        Outputs = [],
        Parameters = [],
        Slots = [],
        Gradients = [],
        Fixed = 0,
        PerExample = 0,
        Summary = [],
        Program = (workspace, _) => new Program(workspace, columns),
    };

    sealed class Program(Workspace<double> workspace, IReadOnlyList<Column> columns) : StepProgram<double>(workspace)
    {
        public override double Learn(nint n) => Look(n, _ => true);

        public override double Evaluate(nint n) => n;

        public override double Gradient(nint n) => n;

        public override void Predict(nint n) => Look(n, column => column.Predicts);

        nint Look(nint n, Func<Column, bool> there)
        {
            Seen.Clear();
            Seen.AddRange(Enumerable.Range(0, columns.Count).Where(i => there(columns[i])).Select(i => Integer(i)[0]));
            return n;
        }
    }
}
