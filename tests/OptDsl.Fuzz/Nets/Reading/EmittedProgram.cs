using System.Numerics;
using OptDsl.Runtime;

namespace OptDsl.Fuzz;

/// <summary>The generic class of emitted text for one vector. Every method is read when it is first called.</summary>
sealed class EmittedProgram<V, T> : StepProgram<T> where V : unmanaged, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly EmittedClass text;
    readonly Dictionary<string, (Cell<nint> N, Action Run, Term? Result)> programs = [];
    readonly Dictionary<string, (Cell[] Formals, Action Run)> kernels = [];

    public EmittedProgram(EmittedClass text, Workspace<T> workspace) : base(workspace)
    {
        this.text = text;
        foreach (var (name, isBatched, offset) in text.Places)
            Fields.Declare(name, new Cell<Buffer<T>>()).Value = isBatched ? workspace.Batched(offset) : workspace.At(offset);
    }

    public Scope Fields { get; } = new(null, isFields: true);

    public Team Crew => Team;

    public Term<Buffer<T>> Reals(nint column) => new(() => Real((int)column));

    public Term<Buffer<int>> Integers(nint column) => new(() => Integer((int)column));

    public Term<double> Hyperparameter(nint hyper) => new(() => Hyper((int)hyper));

    public void Check(double loss) => CheckLoss(loss);

    public override double Learn(nint n) => Run("Learn", n);

    public override double Evaluate(nint n) => Run("Evaluate", n);

    public override double Gradient(nint n) => Run("Gradient", n);

    public override void Predict(nint n) => Run("Predict", n);

    public override void Start()
    {
        if (text.Overrides.ContainsKey("Start")) Run("Start", 0);
    }

    protected override double Declared(int hyper) => Run("Declared", hyper);

    public bool IsKernel(string name) => text.Kernels.ContainsKey(name);

    /// <summary>A call of a kernel.</summary>
    public Action Call(string name, Term[] arguments)
    {
        if (!kernels.TryGetValue(name, out var kernel))
        {
            var (formals, body) = text.Kernels[name];
            var statements = new Statements<V, T>(text.At(body), null);
            kernels[name] = kernel = (statements.Declare(formals), statements.Block());
        }
        var set = Assign(kernel.Formals, arguments);
        return () =>
        {
            set();
            kernel.Run();
        };
    }

    /// <summary>A new sink.</summary>
    public Term Sink(string name, Term[] arguments)
    {
        var (fields, formals, body) = text.Sinks[name];
        var statements = new Statements<V, T>(text.At(body), null);
        var set = Assign(statements.Declare(fields), arguments);
        var cells = statements.Declare(formals);
        var sink = new EmittedSink<V, T>((Cell<V>)cells[0], (Cell<nint>)cells[1], (Cell<nint>)cells[2], statements.Block());
        return new Term<EmittedSink<V, T>>(() =>
        {
            set();
            return sink;
        });
    }

    static Action Assign(Cell[] formals, Term[] arguments)
    {
        if (formals.Length != arguments.Length) throw new FormatException($"{arguments.Length} arguments for {formals.Length}");
        Action[] set = [.. formals.Zip(arguments, (f, a) => f.Assign(a))];
        return () =>
        {
            foreach (var one in set) one();
        };
    }

    double Run(string name, nint n)
    {
        if (!programs.TryGetValue(name, out var program))
        {
            var (formals, body) = text.Overrides[name];
            var statements = new Statements<V, T>(text.At(body), this);
            var cells = statements.Declare(formals);
            programs[name] = program = (cells is [Cell<nint> only] ? only : new(), statements.Block(), statements.Result);
        }
        program.N.Value = n;
        program.Run();
        return program.Result?.As<double>()() ?? 0;
    }
}
