namespace OptDsl.Testing;

/// <summary>A random declaration: a network with its loss, and a rule.</summary>
internal sealed record ModelCase(NetworkCase Network, RuleCase Rule)
{
    Model? built;

    /// <summary>The declaration, made once.</summary>
    public Model Model => built ??= Network.Build().Minimize(Rule.Build());

    public static FsCheck.Arbitrary<ModelCase> Any(NetworkStyle? style = null) => Cases.Of((dice, size) => Random(dice, size, style ?? new()), c => c.Shrink());

    public static ModelCase Random(Dice dice, int size, NetworkStyle style) => Random(NetworkCases.Random(dice, 2 + size / 9, style), () => RuleCases.Random(dice));

    /// <summary>A network with the first rule that fits it.</summary>
    public static ModelCase Random(NetworkCase network, Func<RuleCase> rule)
    {
        while (true)
        {
            var made = new ModelCase(network, rule());
            if (Cases.TryModel(() => made.Model) is not null) return made;
        }
    }

    public IEnumerable<ModelCase> Shrink() =>
        Rule.Shrink().Select(r => new ModelCase(Network, r)).Concat(Network.Shrink().Select(n => new ModelCase(n, Rule)))
            .Where(c => Cases.TryModel(() => c.Model) is not null);

    /// <summary>C# that compiles to the same model.</summary>
    public override string ToString() => $"{Network.Text.Lines}Model model = {Network.Text.Loss}\n    .Minimize({Rule});\n";

    public bool Equals(ModelCase? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());
}
