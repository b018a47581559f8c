using OptDsl.Runtime;

namespace OptDsl;

/// <summary>
/// The hyperparameters that a declaration gave a name, <c>Adam(Hyper("lr", 1e-3))</c>, readable and settable while training:
/// <c>learner.Hyperparameters["lr"] = 1e-4</c>. A value that was set stays until <see cref="Reset"/>, and travels in checkpoints.
/// </summary>
public sealed class Hyperparameters
{
    readonly Gate gate;
    readonly double[] set;
    readonly Func<int, double> now;
    readonly Func<double, bool> isFinite;

    internal Hyperparameters(IReadOnlyList<string> names, Gate gate, double[] set, Func<int, double> now, Func<double, bool> isFinite) =>
        (Names, this.gate, this.set, this.now, this.isFinite) = (names, gate, set, now, isFinite);

    /// <summary>The names, in order of declaration.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>What the next step uses: the value that was set, else the declared number or the schedule at <see cref="ILearner{T}.Steps"/>.</summary>
    /// <exception cref="KeyNotFoundException">There is none of this name; the message lists the nearest.</exception>
    /// <exception cref="ArgumentException">The value is NaN or infinite, or becomes so in the learner's precision; the old one stands.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the learner; nothing was changed.</exception>
    public double this[string name]
    {
        get
        {
            int place = Place(name);
            gate.Enter();
            try { return now(place); }
            finally { gate.Exit(); }
        }
        set
        {
            int place = Place(name);
            if (!isFinite(value))
                throw new ArgumentException($"The hyperparameter '{name}' must be a finite number in the learner's precision.", nameof(value));
            Write(place, value);
        }
    }

    /// <summary>Returns to what was declared. Throws what the indexer throws.</summary>
    public void Reset(string name) => Write(Place(name), double.NaN);

    /// <summary>What was set, by name.</summary>
    internal IEnumerable<KeyValuePair<string, double>> AsSet => Names.Select((name, i) => KeyValuePair.Create(name, set[i])).Where(h => !double.IsNaN(h.Value));

    /// <summary>Exactly this is set; called inside the gate, with names that are known.</summary>
    internal void Load(IReadOnlyDictionary<string, double> values)
    {
        for (int i = 0; i < set.Length; i++)
            set[i] = values.GetValueOrDefault(Names[i], double.NaN);
    }

    void Write(int place, double value)
    {
        gate.Enter();
        try { set[place] = value; }
        finally { gate.Exit(); }
    }

    int Place(string name)
    {
        for (int i = 0; i < Names.Count; i++)
            if (Names[i] == name)
                return i;
        throw Runtime.Names.Unknown("hyperparameter", name, Names);
    }
}
