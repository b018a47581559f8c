using System.Numerics;

namespace OptDsl;

/// <summary>What trains: the class that the generator completes, or what <c>Compile()</c> returns. One thread at a time; a second one gets an exception, never wrong numbers.</summary>
/// <typeparam name="T">The precision: float or double.</typeparam>
public interface ILearner<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many updates are complete.</summary>
    long Steps { get; }

    /// <summary>The most examples that one call takes.</summary>
    int MaxBatch { get; }

    /// <summary>The seed that filled the parameters; a loaded checkpoint brings its own.</summary>
    long Seed { get; }

    /// <summary>The parameters in order of declaration.</summary>
    IReadOnlyList<TensorView<T>> Parameters { get; }

    /// <summary>The memory of the rule, named <c>dense1.weights/m</c>.</summary>
    IReadOnlyList<TensorView<T>> Slots { get; }

    /// <summary>A parameter (<c>dense1.weights</c>) or a slot (<c>dense1.weights/m</c>).</summary>
    /// <exception cref="KeyNotFoundException">There is none of this name; the message lists the nearest.</exception>
    TensorView<T> this[string name] { get; }

    /// <summary>The hyperparameters that the declaration named with <c>Hyper</c>, to read and to set.</summary>
    Hyperparameters Hyperparameters { get; }

    /// <summary>A table of layers, shapes, parameters, FLOPs and bytes.</summary>
    string Summary { get; }

    /// <summary>What a step of <see cref="MaxBatch"/> examples computes and moves, kernel by kernel, and what lies in memory meanwhile.</summary>
    StepPlan Plan { get; }

    /// <summary>SHA-256, in lower-case hex, of all parameters in order: row-major, little-endian.</summary>
    string ParametersHash { get; }

    /// <summary>One update; returns the mean loss over the batch, as it was before the update.</summary>
    /// <exception cref="ArgumentException">A column is missing, or has a wrong type, length or integer. Nothing was written.</exception>
    /// <exception cref="NonFiniteLossException">The loss is NaN or infinite. Nothing was written.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the learner. Nothing was written.</exception>
    /// <exception cref="ObjectDisposedException">The learner was disposed.</exception>
    double Learn(Batch batch);

    /// <summary>The mean loss over the batch; nothing is updated. Throws what <see cref="Learn"/> throws.</summary>
    double Evaluate(Batch batch);

    /// <summary>The mean loss over the batch, and its gradient into <see cref="GradientOf"/>; nothing is updated. Throws what <see cref="Learn"/> throws.</summary>
    double Gradient(Batch batch);

    /// <summary>The gradient of a parameter, as the last call of <see cref="Gradient"/> left it: <see cref="Learn"/> takes its place for gradients of its own.</summary>
    /// <exception cref="KeyNotFoundException">There is no parameter of this name.</exception>
    TensorView<T> GradientOf(string name);

    /// <summary>The first output, row-major, one example after another; <paramref name="output"/> holds exactly examples × size.</summary>
    /// <exception cref="ArgumentException">A column or the output has a wrong length, or they overlap. Nothing was written.</exception>
    void Predict(Batch batch, Span<T> output);

    /// <summary>The output called <paramref name="name"/>; otherwise like <see cref="Predict(Batch, Span{T})"/>.</summary>
    /// <exception cref="KeyNotFoundException">There is no output of this name.</exception>
    void Predict(Batch batch, string name, Span<T> output);

    /// <summary>Writes parameters, slots, step, seed and hyperparameters that were set as safetensors; the file at <paramref name="path"/> is the old one or the new one at any moment.</summary>
    /// <exception cref="IOException">The file cannot be written; the old one stands.</exception>
    void Save(string path);

    /// <summary>Reads what <see cref="Save"/> wrote, bit for bit; on any fault nothing changes.</summary>
    /// <exception cref="InvalidDataException">The file is truncated, corrupt, foreign, or another model's; the message says which.</exception>
    void Load(string path);
}
