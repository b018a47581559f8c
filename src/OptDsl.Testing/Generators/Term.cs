namespace OptDsl.Testing;

/// <summary>A random equation of a rule or a schedule; it prints as C# that compiles to the same expression.</summary>
internal abstract record Term
{
    /// <summary>The text; in parentheses where it stands within another.</summary>
    public abstract string Text(bool inner);

    public abstract Expr Build(IReadOnlyDictionary<string, Expr> symbols);

    /// <summary>Terms with fewer words.</summary>
    public abstract IEnumerable<Term> Shrink();

    /// <summary>The same with other names.</summary>
    public abstract Term Renamed(Func<string, string> name);

    public sealed override string ToString() => Text(inner: false);
}

/// <summary>g, a slot, <c>Param</c>, <c>Step</c>.</summary>
internal sealed record Symbol(string Name) : Term
{
    public override string Text(bool inner) => Name;

    public override Expr Build(IReadOnlyDictionary<string, Expr> symbols) => symbols[Name];

    public override IEnumerable<Term> Shrink() => Name == "g" ? [] : [new Symbol("g")];

    public override Term Renamed(Func<string, string> name) => new Symbol(name(Name));
}

/// <summary>A constant.</summary>
internal sealed record Number(double Value) : Term
{
    public override string Text(bool inner) => Word.Number(Value);

    public override Expr Build(IReadOnlyDictionary<string, Expr> symbols) => Value;

    public override IEnumerable<Term> Shrink() => Value == 1 ? [] : [new Number(1)];

    public override Term Renamed(Func<string, string> name) => this;
}

/// <summary>A word said of other terms.</summary>
internal sealed record Call(Word Word, IReadOnlyList<Term> Operands, IReadOnlyList<int> Sizes) : Term
{
    public override string Text(bool inner)
    {
        // Within a function's own parentheses an operand needs none.
        var isFunction = Word.Format.EndsWith(')') && Word.Format.IndexOf(' ') < 0;
        var text = Word.Text([.. Operands.Select(o => o.Text(inner: !isFunction))], Sizes);
        return inner && Word.Format.Contains(' ') ? "(" + text + ")" : text;
    }

    public override Expr Build(IReadOnlyDictionary<string, Expr> symbols) => Word.Make([.. Operands.Select(o => o.Build(symbols))], [.. Sizes]);

    public override Term Renamed(Func<string, string> name) => this with { Operands = [.. Operands.Select(o => o.Renamed(name))] };

    public override IEnumerable<Term> Shrink()
    {
        foreach (var operand in Operands) yield return operand;
        for (var i = 0; i < Operands.Count; i++)
            foreach (var smaller in Operands[i].Shrink())
                if (smaller is not Number || Operands.Where((_, k) => k != i).Any(o => o is not Number)) yield return this with { Operands = [.. Operands.Select((o, k) => k == i ? smaller : o)] };
    }
}
