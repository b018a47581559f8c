using System.Globalization;
using OptDsl.Compiler;

namespace OptDsl.Testing;

/// <summary>The gradient of a model is the derivative of its loss, at random points; and what else its reader should know.</summary>
internal static class GradientLaw
{
    const string Law = "the gradient is the derivative";

    public static void Run(Report report, Model model, int points)
    {
        var check = new GradientCheck();
        var (finite, missed) = (0, 0);
        var sides = new List<(bool Holds, bool Fails)>();
        report.Try(Law, () =>
        {
            Testing.Law.Holds(ModelPoint.Of(model), p =>
            {
                var at = GradientPoint.Finite(p.Model, p.Examples, p.Seed);
                if (p.Model == model && !at.IsFinite) missed++;
                if (!at.IsFinite) return;
                if (p.Model == model)
                {
                    (finite, missed) = (finite + 1, missed + at.Missed);
                    sides = [.. at.Comparisons().Select((c, i) => i < sides.Count ? (c.Holds || sides[i].Holds, c.Fails || sides[i].Fails) : c)];
                }
                check.Run(at);
            }, points);
            return check.Asked == 0 || check.Asked == check.AtKinks
                ? throw new LawException(finite == 0 ? "the loss is no number at any point that was tried, so nothing was checked" : "every point lies on a kink, so nothing was checked", null, null, null)
                : Verdict.Holds(Law, $"{Number(check.Asked)} derivatives at {Number(finite)} points, by differences and carried forward");
        });
        if (report.Fault is null) foreach (var finding in Dead(model, check)) report.Add(finding);
        if (report.Fault is null && missed > 0) report.Add(Verdict.Finding("the loss is a number", $"not at {Number(missed)} of {Number(finite + missed)} points"));
        if (report.Fault is null && sides.Count(s => s.Holds != s.Fails) is > 0 and var oneSided)
            report.Add(Verdict.Finding("comparisons", $"{Number(oneSided)} of {Number(sides.Count)} came out alike at every point: what lies beyond was not checked"));
        if (check.AtKinks > 0) report.Add(Verdict.Finding("kinks", $"{Number(check.AtKinks)} derivatives lay on one and were left out"));
        if (check.Undecided > 0) report.Add(Verdict.Finding("differences", $"{Number(check.Undecided)} derivatives could not be told exactly enough"));
        if (check.Rounded > 0) report.Add(Verdict.Finding("digits in double", $"{Number(check.Rounded)} derivatives lose more than 1e-9 of their tensor's largest"));
        if (check.Asked > 0) report.Add(Verdict.Finding("digits in float", $"the worst gradient is off by {check.WorstInFloat.ToString("G2", CultureInfo.InvariantCulture)} of its tensor's largest"));
    }

    /// <summary>Parameters that nothing moves.</summary>
    static IEnumerable<Verdict> Dead(Model model, GradientCheck check)
    {
        var moved = model.Parameters.Where(p => !p.IsFixed).Select(p => p.Path).ToArray();
        var dead = moved.Where(p => check.Largest.GetValueOrDefault(p) == 0).ToArray();
        if (dead.Length == moved.Length) yield return Verdict.Finding("the loss depends on the parameters", "every gradient was 0 at every point: it is constant");
        else foreach (var name in dead) yield return Verdict.Finding("every parameter has a gradient", $"that of {name} was 0 at every point");
    }

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
