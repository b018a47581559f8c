namespace OptDsl.Testing;

/// <summary>
/// A word or a phrase of the language as random cases use it: how it is written, with {0}, {1} for the operands and {a}, {b},
/// {c} for sizes, and what it makes. The text compiles to the same expression.
/// </summary>
internal sealed record Word(string Format, Func<Expr[], int[], Expr> Make)
{
    public int Operands { get; } = Enumerable.Range(0, 3).Count(i => Format.Contains("{" + i + "}"));

    /// <summary>Writes an operand more than once.</summary>
    public bool Repeats { get; } = Enumerable.Range(0, 3).Any(i => Format.Split("{" + i + "}").Length > 2);

    public int Sizes { get; } = "abc".Count(c => Format.Contains("{" + c + "}"));

    public string Text(IReadOnlyList<string> operands, IReadOnlyList<int> sizes)
    {
        var text = Format;
        for (var i = 0; i < operands.Count; i++) text = text.Replace("{" + i + "}", operands[i]);
        for (var i = 0; i < sizes.Count; i++) text = text.Replace("{" + "abc"[i] + "}", OptDsl.Text.Number(sizes[i]));
        return text;
    }

    /// <summary>A number as C# writes a double.</summary>
    public static string Number(double value) => OptDsl.Text.Number(value) is var text && text.Contains('.') ? text : text + ".0";
}
