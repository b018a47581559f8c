using System.Numerics;

namespace OptDsl.Runtime;

/// <summary>The base of the generated code: one model at one vector width. The learner has checked everything before it calls.</summary>
/// <typeparam name="T">The precision.</typeparam>
public abstract unsafe class StepProgram<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Set by the learner around each call: where the pinned columns are. Native integers, since an array of pointers is none.
    internal readonly nint[] Pinned = new nint[Columns.Most];

    /// <summary>Takes what it works with from the learner.</summary>
    protected StepProgram(Workspace<T> workspace) => Team = workspace.Team;

    /// <summary>Who shares the work.</summary>
    protected Team Team { get; }

    /// <summary>Completed updates: 0 during the first one.</summary>
    protected long Step => Completed;

    internal long Completed { get; set; }

    /// <summary>The hyperparameters that were set, NaN where they are as declared; the learner's.</summary>
    internal double[] AsSet { get; set; } = [];

    internal double HyperOf(int hyper) => Hyper(hyper);

    /// <summary>The data of a real column in this call, examples one after another; valid until the method returns.</summary>
    /// <param name="column">Its place in <see cref="Definition{T}.Columns"/>.</param>
    protected Buffer<T> Real(int column) => new((T*)Pinned[column]);

    /// <summary>The data of an integer column in this call.</summary>
    /// <param name="column">Its place in <see cref="Definition{T}.Columns"/>.</param>
    protected Buffer<int> Integer(int column) => new((int*)Pinned[column]);

    /// <summary>A hyperparameter in this step, in double: as set, else as declared.</summary>
    /// <param name="hyper">Its place in <see cref="Definition{T}.Hypers"/>.</param>
    protected double Hyper(int hyper) => AsSet[hyper] is var set && double.IsNaN(set) ? Declared(hyper) : set;

    /// <summary>What the declaration says of a hyperparameter in this step.</summary>
    protected virtual double Declared(int hyper) => throw new ArgumentOutOfRangeException(nameof(hyper));

    /// <summary>Refuses a loss that is not a finite number; called before the first write.</summary>
    /// <exception cref="NonFiniteLossException">It is NaN or infinite.</exception>
    protected void CheckLoss(double loss)
    {
        if (!double.IsFinite(loss))
            throw new NonFiniteLossException(Step, loss);
    }

    /// <summary>First values of slots that are not plain numbers; called once the parameters are filled.</summary>
    public virtual void Start()
    {
    }

    /// <summary>One update over n examples; returns their mean loss before it.</summary>
    public abstract double Learn(nint n);

    /// <summary>The mean loss over n examples.</summary>
    public abstract double Evaluate(nint n);

    /// <summary>The mean loss over n examples, and its gradient in <see cref="Definition{T}.Gradients"/>.</summary>
    public abstract double Gradient(nint n);

    /// <summary>Leaves the outputs of n examples in the batched region; only columns with <see cref="Column.Predicts"/> are there.</summary>
    public abstract void Predict(nint n);
}
