using System.Numerics;

namespace OptDsl.Runtime;

/// <summary>Everything about a compiled model except its code; generated code builds it once.</summary>
/// <typeparam name="T">The precision.</typeparam>
public sealed class Definition<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>SHA-256, in hex, of the model's canonical text: checkpoints carry it.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The name for messages.</summary>
    public required string Model { get; init; }

    /// <summary>Inputs and targets in order of declaration, at most <see cref="Runtime.Columns.Most"/>.</summary>
    public required IReadOnlyList<Column> Columns { get; init; }

    /// <summary>What Predict writes, in order, at most <see cref="OutputSpans{T}.Most"/>.</summary>
    public required IReadOnlyList<OutputInfo> Outputs { get; init; }

    /// <summary>The parameters in order of declaration.</summary>
    public required IReadOnlyList<TensorInfo> Parameters { get; init; }

    /// <summary>The slots of the rule, named <c>dense1.weights/m</c>.</summary>
    public required IReadOnlyList<TensorInfo> Slots { get; init; }

    /// <summary>One for each of <see cref="Parameters"/>, in their order and under their names.</summary>
    public required IReadOnlyList<TensorInfo> Gradients { get; init; }

    /// <summary>The names of the hyperparameters that can be set.</summary>
    public IReadOnlyList<string> Hypers { get; init; } = [];

    /// <summary>Elements of the arena that do not depend on the batch.</summary>
    public required long Fixed { get; init; }

    /// <summary>Elements of the arena for each example of capacity; the capacity is the largest batch rounded up to 16.</summary>
    public required long PerExample { get; init; }

    /// <summary>The lines of the summary.</summary>
    public required IReadOnlyList<SummaryRow> Summary { get; init; }

    /// <summary>What Learn runs, in order.</summary>
    public Func<IReadOnlyList<PlannedKernel>> Kernels { get; init; } = () => [];

    /// <summary>What Learn needs for a while, in order of its first use.</summary>
    public Func<IReadOnlyList<PlannedBuffer>> Buffers { get; init; } = () => [];

    /// <summary>How many examples a step takes at a time; 0 where all at once.</summary>
    public int Part { get; init; }

    /// <summary>Why the memory budget cannot be kept; null where it is or there is none.</summary>
    public string? OverBudget { get; init; }

    /// <summary>FLOPs of a step that do not depend on the number of examples: the update.</summary>
    public long FlopsPerStepFixed { get; init; }

    /// <summary>Makes the code for a vector width that is no longer <see cref="VectorWidth.Auto"/>.</summary>
    public required Func<Workspace<T>, VectorWidth, StepProgram<T>> Program { get; init; }
}
