using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace OptDsl.Runtime;

/// <summary>Checks what a call brings, before anything is written, and turns a batch into columns.</summary>
sealed partial class Door<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static readonly ElementKind Real = Unsafe.SizeOf<T>() == 4 ? ElementKind.Single : ElementKind.Double;

    readonly Column[] columns;
    readonly OutputInfo[] outputs;
    readonly int[] places, predictPlaces;
    readonly int maxBatch;
    readonly T[]?[] reals;       // where a batch's columns are gathered or narrowed; allocated on first need
    readonly int[]?[] integers;

    public Door(Definition<T> definition, int maxBatch)
    {
        (columns, outputs, this.maxBatch) = ([.. definition.Columns], [.. definition.Outputs], maxBatch);
        if (columns.Length > Columns.Most || outputs.Length > OutputSpans<T>.Most)
            throw new ArgumentException($"{definition.Model} has {columns.Length} columns and {outputs.Length} outputs; at most {Columns.Most} and {OutputSpans<T>.Most} are possible.", nameof(definition));
        places = [.. Enumerable.Range(0, columns.Length)];
        predictPlaces = [.. places.Where(i => columns[i].Predicts)];
        (reals, integers) = (new T[columns.Length][], new int[columns.Length][]);
    }

    public ReadOnlySpan<int> Places => places;

    /// <summary>The columns that Predict takes.</summary>
    public ReadOnlySpan<int> PredictPlaces => predictPlaces;

    /// <summary>How many examples the columns hold; 1 for a problem without data.</summary>
    public int CountExamples(in Columns given, bool predicts)
    {
        ReadOnlySpan<int> expected = predicts ? predictPlaces : places;
        if (given.Count != expected.Length)
            throw new ArgumentException($"{expected.Length} columns are needed, {given.Count} were given.");
        int n = expected.IsEmpty ? 1 : Count(given, 0, columns[expected[0]]);
        for (int i = 1; i < expected.Length; i++)
        {
            int count = Count(given, i, columns[expected[i]]);
            if (count != n)
                throw new ArgumentException($"'{columns[expected[0]].Name}' holds {n} examples, '{columns[expected[i]].Name}' {count}.");
        }
        if (n < 1 || n > maxBatch)
            throw new ArgumentException($"{n} examples were given; this learner takes 1 to {maxBatch} (maxBatch).");
        for (int i = 0; i < expected.Length; i++)
            if (columns[expected[i]].IsInteger)
                CheckRange(given.Integers(i), columns[expected[i]]);
        return n;
    }

    public void CheckOutputs(in Columns inputs, in OutputSpans<T> targets, int n)
    {
        if (targets.Count != outputs.Length)
            throw new ArgumentException($"{outputs.Length} outputs are needed, {targets.Count} were given.");
        for (int i = 0; i < outputs.Length; i++)
        {
            CheckOutput(inputs, outputs[i], targets[i], n);
            for (int j = 0; j < i; j++)
                if (targets[i].Overlaps(targets[j]))
                    throw new ArgumentException($"Outputs '{outputs[j].Name}' and '{outputs[i].Name}' overlap.");
        }
    }

    public void CheckOutput(in Columns inputs, OutputInfo output, Span<T> target, int n)
    {
        if (target.Length != (long)n * output.Size)
            throw new ArgumentException($"'{output.Name}' needs {n} × {output.Size} elements, the span has {target.Length}.", nameof(output));
        ref byte first = ref Unsafe.As<T, byte>(ref System.Runtime.InteropServices.MemoryMarshal.GetReference(target));
        for (int i = 0; i < inputs.Count; i++)
            if (Overlap(ref first, (nuint)target.Length * (nuint)Unsafe.SizeOf<T>(), ref inputs.First(i), (nuint)inputs.Bytes(i)))
                throw new ArgumentException($"'{output.Name}' overlaps '{columns[predictPlaces[i]].Name}'.", nameof(output));
    }

    static int Count(in Columns given, int i, Column column)
    {
        ElementKind kind = given.Kind(i), needed = column.IsInteger ? ElementKind.Integer : Real;
        if (kind != needed)
            throw new ArgumentException($"'{column.Name}' takes {Word(needed)}, not {Word(kind)}.", column.Name);
        int n = given.Length(i) / column.Size;
        if (n * column.Size != given.Length(i))
            throw new ArgumentException($"'{column.Name}' has {given.Length(i)} elements: no multiple of its {column.Size} per example.", column.Name);
        return n;
    }

    static void CheckRange(ReadOnlySpan<int> values, Column column)
    {
        if (column.Below == 0 || !values.ContainsAnyExceptInRange(0, column.Below - 1))
            return;
        int at = values.IndexOfAnyExceptInRange(0, column.Below - 1);
        throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"'{column.Name}' must be in 0 … {column.Below - 1}; element {at} is {values[at]}."), column.Name);
    }

    // Span.Overlaps counts in elements of one type and up to 2³¹ bytes; this counts in bytes.
    static bool Overlap(ref byte a, nuint aBytes, ref byte b, nuint bBytes)
    {
        nint distance = Unsafe.ByteOffset(ref a, ref b);
        return aBytes != 0 && bBytes != 0 && ((nuint)distance < aBytes || (nuint)(-distance) < bBytes);
    }

    static string Word(ElementKind kind) => kind switch { ElementKind.Single => "float", ElementKind.Double => "double", _ => "int" };
}
