namespace OptDsl;

/// <summary>Something in a valid model that is probably not meant; the same code and text as the warning at build time.</summary>
public sealed class Finding
{
    internal Finding(string code, Expr about, string advice) => (Code, About, Advice) = (code, about, advice);

    /// <summary>The code of the warning, <c>OPT02nn</c>.</summary>
    public string Code { get; }

    /// <summary>The text without the code.</summary>
    public string Advice { get; }

    /// <summary>The expression that the warning is shown at.</summary>
    internal Expr About { get; }

    /// <summary>The code and the text.</summary>
    public override string ToString() => Code + ": " + Advice;
}
