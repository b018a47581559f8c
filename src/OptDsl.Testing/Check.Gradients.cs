namespace OptDsl.Testing;

public static partial class Check
{
    /// <summary>
    /// The gradient of a model against the derivatives of its declared loss, which are taken by differences and carried forward with
    /// 31 digits: a gradient that is off by 1e-9 of its tensor's largest element fails. Kinks are told by which way each
    /// comparison goes, not by a loose tolerance.
    /// </summary>
    /// <param name="model">The model; parameters and data are drawn at random, data to ±1.5 and at every fourth point to ±12.</param>
    /// <param name="points">At how many points.</param>
    /// <exception cref="LawException">A derivative is wrong, or none could be checked; the message is the report and the smallest part of the model that shows it.</exception>
    public static Report Gradients(Model model, int points = 20)
    {
        var report = new Report($"gradient of {model.Parameters.Count} parameters");
        GradientLaw.Run(report, model, points);
        return report.OrThrow();
    }

    /// <summary>The gradient of a loss, a sum of losses, or a problem without data.</summary>
    /// <inheritdoc cref="Gradients(Model, int)"/>
    public static Report Gradients(Expr loss, int points = 20) => Gradients(loss.Minimize(Dsl.Sgd(1)), points);

    /// <summary>The derivatives of a function or layer, in what it reads and in its own parameters.</summary>
    /// <param name="layer">The function; it is applied to values of this shape, per example.</param>
    /// <param name="shape">Of its input, without the batch.</param>
    /// <param name="points">At how many points.</param>
    /// <exception cref="LawException">A derivative is wrong, or none could be checked.</exception>
    public static Report Gradients(Func<Expr, Expr> layer, int[] shape, int points = 20) => Gradients(Around(layer, shape), points);

    /// <summary>The derivative of a loss in what a network puts out.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="size">The width of the output.</param>
    /// <param name="points">At how many points.</param>
    /// <exception cref="LawException">A derivative is wrong, or none could be checked.</exception>
    public static Report Gradients(LossFunction loss, int size, int points = 20) =>
        Gradients(Ending(loss, size), points);

    /// <summary>A loss around a layer. A trained shift makes what the layer reads a parameter too; the square makes no two elements alike.</summary>
    internal static Expr Around(Func<Expr, Expr> layer, int[] shape) => Nonlinear(layer(Shifted(shape)));

    internal static Expr Nonlinear(Expr y) => (y + 0.1 * y * y).Sum();

    static Expr Ending(LossFunction loss, int size) => Shifted([size]).Loss(loss);

    static Expr Shifted(int[] shape) => Dsl.Input(shape, "x") + Dsl.Parameter(shape, Init.Uniform(-1, 1), "shift");
}
