namespace OptDsl;

public static partial class Dsl
{
    /// <summary>1 where the index equals the integer label, else 0: <paramref name="classes"/> elements for each label, along a last dimension of their own.</summary>
    /// <exception cref="OptDslException">The label is real (OPT0103).</exception>
    public static Expr OneHot(Expr label, int classes)
    {
        CheckSizes("classes", [classes]);
        if (label.Data is InputInfo { IsTarget: true } && label.Element == Element.Real)
            label = new(Primitive.Labels, [label], classes, label.LabelShape, true, Element.Integer);
        if (label.Element != Element.Integer) throw Error.LabelType(label);
        if (label.Rank > 0) label = Build.Reshape(label, new([.. label.Shape.Dims, 1]));
        return Build.Number(Build.Elementwise(Primitive.Equal, Indices(classes), label));
    }
}
