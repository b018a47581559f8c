namespace OptDsl;

public static partial class Dsl
{
    /// <summary>1 where the index equals the integer label, else 0; <paramref name="classes"/> elements.</summary>
    /// <exception cref="OptDslException">The label is real (OPT0103).</exception>
    public static Expr OneHot(Expr label, int classes)
    {
        CheckSizes("classes", [classes]);
        if (label.Data is InputInfo { IsTarget: true } && label.Element == Element.Real)
            label = new(Primitive.Labels, [label], classes, Shape.Scalar, true, Element.Integer);
        if (label.Element != Element.Integer) throw Error.LabelType(label);
        return Build.Number(Build.Elementwise(Primitive.Equal, Indices(classes), label));
    }
}
