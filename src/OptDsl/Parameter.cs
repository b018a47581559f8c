namespace OptDsl;

/// <summary>A trained tensor of a model, as rules choose among them (<c>rule.Only(p =&gt; p.Rank &gt; 1)</c>).</summary>
public sealed class Parameter
{
    internal Parameter(string path, Expr value) => (Path, Value) = (path, value);

    /// <summary>The name: scopes, layer and own name, <c>encoder.dense1.weights</c>.</summary>
    public string Path { get; }

    /// <summary>The dimensions.</summary>
    public Shape Shape => Value.Shape;

    /// <summary>The number of dimensions.</summary>
    public int Rank => Shape.Rank;

    internal Expr Value { get; }

    internal bool IsFixed => ((ParameterInfo)Value.Data!).IsFixed;

    internal Start Start => ((ParameterInfo)Value.Data!).Start;
}
