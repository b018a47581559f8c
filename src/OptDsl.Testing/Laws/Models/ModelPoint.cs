using System.Globalization;
using System.Text;
using OptDsl.Compiler;

namespace OptDsl.Testing;

/// <summary>A model at a random point: what its gradient is checked at. It shrinks to the smallest part of the loss that still shows the fault.</summary>
internal sealed record ModelPoint(Model Model, int Examples, int Seed)
{
    static readonly Rule rule = Dsl.Sgd(1);

    public static FsCheck.Arbitrary<ModelPoint> Of(Model model) => Cases.Of(
        (dice, size) => new ModelPoint(model, dice.Between(1, 4), dice.Between(0, 1_000_000)), p => p.Shrink());

    public IEnumerable<ModelPoint> Shrink()
    {
        if (Examples > 1) yield return this with { Examples = 1 };
        foreach (var loss in LossParts.Of(Model.Loss))
            if (Cases.TryModel(() => loss().Minimize(rule)) is { } smaller && smaller.ToString().Length < Model.ToString().Length) yield return this with { Model = smaller };
    }

    public bool Equals(ModelPoint? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    /// <summary>The declaration, and where the numbers are few, they and their bits.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Declaration.Of(Model));
        text.Append(CultureInfo.InvariantCulture, $"// {Examples} examples, seed {Seed}\n");
        foreach (var (name, numbers) in GradientPoint.Finite(Model, Examples, Seed).Numbers())
            if (numbers.Length <= 8)
                text.Append(CultureInfo.InvariantCulture, $"// {name} = {string.Join(", ", numbers.Select(n => n.ToString("R", CultureInfo.InvariantCulture)))}  bits {string.Join(' ', numbers.Select(n => BitConverter.DoubleToInt64Bits(n).ToString("x16", CultureInfo.InvariantCulture)))}\n");
        return text.ToString();
    }
}
