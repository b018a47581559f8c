using OptDsl.Reporting;

namespace OptDsl;

/// <summary>One kernel of a step, under the name that it has in the generated code.</summary>
/// <param name="Name">What it is and what it stores.</param>
/// <param name="Flops">Arithmetic operations, a fused multiply-add being two.</param>
/// <param name="FlopsPerExample">Those that each example adds.</param>
/// <param name="Bytes">Read and written, each array once.</param>
/// <param name="BytesPerExample">Those that each example adds.</param>
public sealed record PlannedKernel(string Name, long Flops, long FlopsPerExample, long Bytes, long BytesPerExample);

/// <summary>What a step needs for a while.</summary>
/// <param name="Name">Its name in the generated code.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="BytesPerExample">What each example adds to it.</param>
/// <param name="From">The kernel that fills it, counted from 0.</param>
/// <param name="To">The last one that reads it.</param>
public sealed record PlannedBuffer(string Name, long Bytes, long BytesPerExample, int From, int To);

/// <summary>What one update computes and moves, kernel by kernel, and what lies in memory meanwhile; as text, two tables.</summary>
/// <param name="examples">How many examples the step has.</param>
/// <param name="kernels">In order.</param>
/// <param name="buffers">In order of their first use.</param>
/// <param name="reserved">Bytes that the learner holds: parameters, slots, gradients, and room for the buffers, which share it.</param>
public sealed class StepPlan(int examples, IReadOnlyList<PlannedKernel> kernels, IReadOnlyList<PlannedBuffer> buffers, long reserved)
{
    /// <summary>How many examples the step has.</summary>
    public int Examples => examples;

    /// <summary>The kernels of a step in their order.</summary>
    public IReadOnlyList<PlannedKernel> Kernels => kernels;

    /// <summary>What a step needs for a while, in order of its first use.</summary>
    public IReadOnlyList<PlannedBuffer> Buffers => buffers;

    /// <summary>Bytes that the learner holds: parameters, slots, gradients, and room for the buffers, which share it.</summary>
    public long ReservedBytes => reserved;

    /// <summary>How many examples a step takes at a time, so that buffers are no larger; 0 where all at once.</summary>
    public int Part { get; init; }

    /// <summary>Why the model's memory budget cannot be kept; null where it is or there is none.</summary>
    public string? OverBudget { get; init; }

    /// <summary>Operations of the step.</summary>
    public long Flops => kernels.Sum(FlopsOf);

    /// <summary>Bytes that all kernels read and write, each array once a kernel.</summary>
    public long Bytes => kernels.Sum(BytesOf);

    /// <summary>The most bytes of <see cref="Buffers"/> that are needed at the same time.</summary>
    public long PeakBytes => Enumerable.Range(0, kernels.Count).Select(k => buffers.Where(b => b.From <= k && k <= b.To).Sum(BytesOf)).DefaultIfEmpty(0).Max();

    /// <summary>Operations of a kernel with this many examples.</summary>
    public long FlopsOf(PlannedKernel kernel) => kernel.Flops + examples * kernel.FlopsPerExample;

    /// <summary>Bytes that a kernel moves with this many examples.</summary>
    public long BytesOf(PlannedKernel kernel) => kernel.Bytes + examples * kernel.BytesPerExample;

    /// <summary>The size of a buffer with this many examples.</summary>
    public long BytesOf(PlannedBuffer buffer) => buffer.Bytes + (Part == 0 ? examples : Math.Min(examples, Part)) * buffer.BytesPerExample;

    /// <summary>The same for another number of examples; what is reserved stays.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public StepPlan For(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new(count, kernels, buffers, reserved) { Part = Part, OverBudget = OverBudget };
    }

    /// <summary>Microseconds of a kernel on a roofline: the larger of its operations at their peak and its bytes at theirs.</summary>
    /// <param name="kernel">One of <see cref="Kernels"/>.</param>
    /// <param name="gigaflops">Operations per nanosecond at most.</param>
    /// <param name="gigabytes">Bytes per nanosecond at most.</param>
    /// <exception cref="ArgumentOutOfRangeException">A peak is not above 0.</exception>
    public double Microseconds(PlannedKernel kernel, double gigaflops, double gigabytes)
    {
        return Math.Max(FlopsOf(kernel) / Peak(gigaflops, nameof(gigaflops)), BytesOf(kernel) / Peak(gigabytes, nameof(gigabytes))) / 1e3;

        static double Peak(double value, string name) => value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, "A peak is above 0.");
    }

    /// <summary>The tables with the time of each kernel on a roofline: <c>learner.Plan.On(230, 60)</c>.</summary>
    /// <param name="gigaflops">Operations per nanosecond at most.</param>
    /// <param name="gigabytes">Bytes per nanosecond at most.</param>
    /// <exception cref="ArgumentOutOfRangeException">A peak is not above 0.</exception>
    public string On(double gigaflops, double gigabytes) => PlanTable.Text(this, kernel => Microseconds(kernel, gigaflops, gigabytes));

    /// <summary>Two tables: kernels with operations, bytes and operations per byte; buffers with their lifetimes.</summary>
    public override string ToString() => PlanTable.Text(this, null);
}
