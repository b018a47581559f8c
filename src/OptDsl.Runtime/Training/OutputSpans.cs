using System.Numerics;

namespace OptDsl.Runtime;

/// <summary>Where one call of Predict writes, an output each, in order of declaration: <c>new OutputSpans&lt;float&gt;().Add(output)</c>.</summary>
/// <typeparam name="T">The precision.</typeparam>
public ref struct OutputSpans<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The most outputs that a model has.</summary>
    public const int Most = 8;

    Span<T> s0, s1, s2, s3, s4, s5, s6, s7;

    /// <summary>How many were added.</summary>
    public int Count { get; private set; }

    /// <summary>With one more output.</summary>
    /// <exception cref="InvalidOperationException">There are <see cref="Most"/> already.</exception>
    public readonly OutputSpans<T> Add(Span<T> output)
    {
        OutputSpans<T> more = this;
        switch (Count)
        {
            case 0: more.s0 = output; break;
            case 1: more.s1 = output; break;
            case 2: more.s2 = output; break;
            case 3: more.s3 = output; break;
            case 4: more.s4 = output; break;
            case 5: more.s5 = output; break;
            case 6: more.s6 = output; break;
            case 7: more.s7 = output; break;
            default: throw new InvalidOperationException($"A model has at most {Most} outputs.");
        }
        more.Count = Count + 1;
        return more;
    }

    internal readonly Span<T> this[int i] => i switch { 0 => s0, 1 => s1, 2 => s2, 3 => s3, 4 => s4, 5 => s5, 6 => s6, _ => s7 };
}
