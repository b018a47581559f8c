using OptDsl.Testing;

namespace OptDsl.Fuzz;

/// <summary>Laws that a paper's own equation breaks; they must be seen to break, and no others.</summary>
static class BrokenLaws
{
    public const string CentredRmsProp = "RmsProp(lr, centred: true)";

    static readonly Dictionary<string, string[]> all = new()
    {
        // A mean over 10⁴ steps divided by a root of a mean over 10³: without gradients the quotient grows until eps stops it.
        ["ScaleByAdemamix(b1, b2, b3, alpha, eps)"] = ["without a gradient the weights settle"],
        ["AdEMAMix(lr, b1, b2, b3, alpha, eps, decay)"] = ["without a gradient the weights settle"],
        // It moves to where the weights sum to 1, whatever the gradient.
        ["ProjectToSimplex(iterations)"] = ["a zero gradient moves nothing outward", "steps go along the gradient"],
        // A constant gradient has no variance to divide by, so the longest step is 10⁴ of those on the parabola.
        ["ScaleByStddev(rho, eps, inside)"] = ["a parabola is descended"],
        // Noise moves the weights wherever they are; its deviation falls as t^−gamma/2, which takes longer than the law waits.
        ["AddNoise(eta, gamma, seed)"] = ["a zero gradient moves nothing outward", "without a gradient the weights settle"],
        ["NoisySgd(lr, eta, gamma, seed)"] = ["a zero gradient moves nothing outward", "without a gradient the weights settle"],
        [CentredRmsProp] = ["a parabola is descended"],
    };

    /// <summary>Of a word with its arguments' names.</summary>
    public static IReadOnlyList<string> Of(string name) => all.GetValueOrDefault(name, []);

    /// <summary>The laws that fail.</summary>
    public static IReadOnlyList<string> Seen(Func<Report> laws)
    {
        try
        {
            laws();
            return [];
        }
        catch (LawException fault) when (fault.Report is { } report)
        {
            return [.. report.Verdicts.Where(v => v.Outcome == Outcome.Fails).Select(v => v.Law)];
        }
    }
}
