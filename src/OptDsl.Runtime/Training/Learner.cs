using System.Numerics;
using System.Runtime.CompilerServices;
using OptDsl.Checkpoints;
using OptDsl.Reporting;

namespace OptDsl.Runtime;

/// <summary>
/// The engine behind a generated class: memory, checks, the in-use flag, the step count, tensors, checkpoints. Everything is allocated in the
/// constructor; a call with spans allocates nothing.
/// </summary>
/// <typeparam name="T">The precision.</typeparam>
public sealed partial class Learner<T> : ILearner<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Definition<T> definition;
    readonly Gate gate;
    readonly Arena<T> arena;
    readonly Workspace<T> workspace;
    readonly StepProgram<T> program;
    readonly TensorTable<T> tensors;
    readonly Door<T> door;
    readonly long flopsPerExample;

    /// <summary>Allocates the arena, fills the parameters from <paramref name="seed"/>, and makes the program.</summary>
    /// <param name="definition">The model.</param>
    /// <param name="seed">The key of the first values.</param>
    /// <param name="maxBatch">The most examples of one call, at least 1.</param>
    /// <param name="threads">How many threads share the work, at least 1.</param>
    /// <param name="width">The vectors; all widths and thread counts give the same bits.</param>
    /// <exception cref="ArgumentException"><paramref name="maxBatch"/> or <paramref name="threads"/> is below 1, or the former above 2³⁰, or the definition contradicts itself.</exception>
    public Learner(Definition<T> definition, long seed, int maxBatch, int threads, VectorWidth width)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBatch, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxBatch, 1 << 30);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        int capacity = checked(maxBatch + 15) / 16 * 16;
        (this.definition, Seed, MaxBatch) = (definition, seed, maxBatch);
        flopsPerExample = definition.Summary.Sum(row => row.FlopsPerExample);
        gate = new(definition.Model);
        door = new(definition, maxBatch);
        arena = new(checked(definition.Fixed + definition.PerExample * capacity));
        try
        {
            workspace = new(arena, definition.Fixed, capacity, Team.Get(threads));
            tensors = new(definition, arena, gate);
            tensors.Fill(unchecked((ulong)seed));
            program = definition.Program(workspace, VectorWidths.Resolve(width));
            program.AsSet = [.. definition.Hypers.Select(_ => double.NaN)];
            Hyperparameters = new(definition.Hypers, gate, program.AsSet, program.HyperOf, static value => T.IsFinite(T.CreateSaturating(value)));
            program.Start();
        }
        catch
        {
            arena.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public long Steps => program.Completed;

    /// <inheritdoc/>
    public int MaxBatch { get; }

    /// <inheritdoc/>
    public long Seed { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<TensorView<T>> Parameters => tensors.Parameters;

    /// <inheritdoc/>
    public IReadOnlyList<TensorView<T>> Slots => tensors.Slots;

    /// <inheritdoc/>
    public TensorView<T> this[string name] => tensors.Find(name);

    /// <inheritdoc/>
    public TensorView<T> GradientOf(string name) => tensors.FindGradient(name);

    /// <inheritdoc/>
    public Hyperparameters Hyperparameters { get; }

    /// <inheritdoc/>
    public string Summary => SummaryTable.Text(definition, MaxBatch, arena.Length);

    /// <inheritdoc/>
    public StepPlan Plan => new(MaxBatch, definition.Kernels(), definition.Buffers(), arena.Length * Unsafe.SizeOf<T>()) { Part = definition.Part, OverBudget = definition.OverBudget };

    /// <inheritdoc/>
    public string ParametersHash
    {
        get
        {
            gate.Enter();
            try { return tensors.Hash(); }
            finally { gate.Exit(); }
        }
    }

    CheckpointInfo Info => new(definition.Model, definition.Fingerprint, Steps, unchecked((ulong)Seed), Hyperparameters.AsSet.ToDictionary());

    /// <inheritdoc/>
    public void Save(string path)
    {
        gate.Enter();
        try { Checkpoint.Save(path, Info, tensors); }
        finally { gate.Exit(); }
    }

    /// <inheritdoc/>
    public void Load(string path)
    {
        gate.Enter();
        try
        {
            CheckpointInfo loaded = Checkpoint.Load(path, Info, tensors);
            (program.Completed, Seed) = (loaded.Step, unchecked((long)loaded.Seed));
            Hyperparameters.Load(loaded.Hyper);
        }
        finally { gate.Exit(); }
    }

    /// <summary>Frees the memory; later calls throw.</summary>
    /// <exception cref="InvalidOperationException">Another thread is inside a call; nothing was freed.</exception>
    public void Dispose()
    {
        if (gate.Close())
            arena.Dispose();
    }
}
