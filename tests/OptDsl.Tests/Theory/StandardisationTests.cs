using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>Inputs far from zero make a ravine of a linear model's loss; standardised ones make a bowl. LeCun et al., Efficient BackProp, 1998.</summary>
public class StandardisationTests
{
    static readonly double[] rows = [1003.2, 1005.1, 1001.1, 1008.2, 998.3, 1003.4], targets = [3.3, 4.8, 2.9];

    static Expr Standard(Expr x)
    {
        var centred = x - BatchMean(x);
        return centred / Sqrt(BatchMean(Square(centred)));
    }

    static Descent Fit(Func<Expr, Expr> of, double lr)
    {
        var weights = Parameter(shape: [2, 1], name: "w");
        return new(MatMul(Input(2).Apply(of), weights).Loss((y, t) => 0.5 * Square(y - t).Sum()).Minimize(Sgd(lr)), 0, ("input", rows), ("target", targets));
    }

    /// <summary>The Hessian's columns, as differences of the gradient, and from its trace and determinant the eigenvalues.</summary>
    static (double Small, double Large) Curvatures(Func<Expr, Expr> of)
    {
        var fit = Fit(of, 1);
        double[] At(double a, double b)
        {
            fit.At = [a, b];
            return fit.GradientOf("w", 3);
        }
        double[] zero = At(0, 0), first = At(1, 0), second = At(0, 1);
        double a = first[0] - zero[0], b = second[0] - zero[0], d = second[1] - zero[1];
        double half = (a + d) / 2, root = Math.Sqrt((a - d) * (a - d) / 4 + b * b);
        return ((a * d - b * b) / (half + root), half + root);
    }

    [Fact]
    public void Standardising_takes_the_condition_number_from_nearly_a_million_to_nearly_one()
    {
        var (small, large) = Curvatures(x => x);
        Assert.InRange(large / small, 8.7e5, 8.9e5);
        (small, large) = Curvatures(Standard);
        Assert.InRange(large / small, 2.4, 2.6);
    }

    [Fact]
    public void Standardised_columns_have_mean_zero_and_variance_one()
    {
        var y = new Descent((Standard(Input(2)) + 0 * Parameter(0.0)).Loss(SquaredError).Minimize(Sgd(1)), 0, ("input", rows)).Predict(3);
        for (var column = 0; column < 2; column++)
        {
            double[] values = [y[column], y[2 + column], y[4 + column]];
            // The mean of numbers near 1000 rounds by 1e-13 of a deviation of 2.
            Assert.Equal(0, values.Sum(), 1e-12);
            Assert.Equal(1, values.Average(v => v * v), 1e-14);
        }
    }

    /// <summary>As many steps as its condition number asks for: the standardised fit is done when the raw one has hardly begun.</summary>
    [Fact]
    public void Descent_fits_standardised_inputs_at_once_and_raw_ones_not_at_all()
    {
        double Left(Func<Expr, Expr> of)
        {
            var (small, large) = Curvatures(of);
            var run = Fit(of, 2 / (small + large));
            for (var k = 0; k < 40; k++) run.Step(3);
            return Math.Sqrt(run.GradientOf("w", 3).Sum(g => g * g) / Fit(of, 1).GradientOf("w", 3).Sum(g => g * g));
        }
        Assert.True(Left(Standard) < 1e-12);
        Assert.True(Left(x => x) > 1e-4);
    }

    /// <summary>
    /// What comes out of a normalisation over the batch does not change when all its inputs are shifted or scaled, so the gradients of
    /// a shift and of a scale before it are 0: Σ dx = 0 and Σ dx·x̂ = 0. https://arxiv.org/abs/1502.03167.
    /// </summary>
    [Fact]
    public void Before_a_batch_normalisation_shift_and_scale_have_no_gradient()
    {
        Expr shift = Parameter(shape: [2], name: "shift"), scale = Parameter(shape: [2], Init.One, "scale"), after = Parameter(shape: [2], Init.One, "after");
        var run = new Descent((Standard(Input(2).Tanh() * scale + shift) * after).Loss((y, t) => (y * y * y * t).Sum()).Minimize(Sgd(1)), 0,
            ("input", [1, -0.3, 0.2, 0.8, -1.1, 0.5, 0.4, 2]), ("target", [1, 2, -1, 0.5, 3, -2, 0.1, 0.3]));
        var size = run.GradientOf("after", 4).Max(Math.Abs);
        Assert.True(size > 0.1);
        Assert.All(run.GradientOf("shift", 4).Concat(run.GradientOf("scale", 4)), g => Assert.Equal(0, g, 20 * 2.3e-16 * size));
    }
}
