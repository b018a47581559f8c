namespace OptDsl.Testing;

/// <summary>
/// One line checks what you wrote: a model's gradients, a rule's laws. Throws where something is wrong, with the smallest case
/// as C# and a token that runs it again; else returns a report to print. Needs no test framework and works in all.
/// </summary>
public static partial class Check
{
    /// <summary>
    /// The laws that every update rule keeps: finite steps that go along the gradient, nothing outward without one, a parabola
    /// descended, generated code with the interpreter's bits, and what scaling or mirroring its gradients does.
    /// </summary>
    /// <param name="rule">The rule, at the rate it will have.</param>
    /// <param name="like">Another rule that should take the same steps on any gradients, to 1e-10 of the way.</param>
    /// <param name="closedForm">A rule that should take the same steps while the gradient is constant: a closed form in <c>g</c> and <c>Step</c>.</param>
    /// <exception cref="LawException">A law fails; the message is the report and the smallest case.</exception>
    /// <exception cref="OptDslException">The rule fits neither a vector nor a matrix.</exception>
    public static Report Laws(Rule rule, Rule? like = null, Rule? closedForm = null)
    {
        var bench = RuleBench.Of(rule);
        var report = new Report($"rule of {(bench.IsElementwise ? "single elements" : "whole tensors")} with {bench.Model.Updates[0].Slots.Count} slots");
        foreach (var (name, run) in RuleLaws.All) report.Try(name, () => run(bench));
        if (like is not null) report.Try(SameSteps.Likeness, () => SameSteps.OnAnyGradients(bench, like));
        if (closedForm is not null) report.Try(SameSteps.ClosedForm, () => SameSteps.OnConstantGradients(bench, closedForm));
        return report.OrThrow();
    }

    /// <summary>
    /// The laws that every model keeps, its gradient among them: examples do not see each other, a batch said twice is the batch,
    /// predicting changes nothing, generated code has the interpreter's bits.
    /// </summary>
    /// <exception cref="LawException">A law fails; the message is the report and the smallest case.</exception>
    public static Report Laws(Model model)
    {
        var report = new Report($"model of {model.Parameters.Count} parameters");
        GradientLaw.Run(report, model, 20);
        foreach (var (name, run) in ModelLaws.All) report.Try(name, () => run(model));
        return report.OrThrow();
    }

    /// <summary>The laws of the model that a function or layer makes: its gradient, and code that computes it for vectors of awkward lengths.</summary>
    /// <param name="layer">The function; it is applied to values of this shape, per example.</param>
    /// <param name="shape">Of its input, without the batch.</param>
    /// <exception cref="LawException">A law fails.</exception>
    public static Report Laws(Func<Expr, Expr> layer, int[] shape) => Laws(Around(layer, shape).Minimize(Dsl.Sgd(0.1)));

    /// <summary>The laws of a loss: those of a model that ends in it, and a finite value for outputs up to ±10⁴.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="size">The width of the output.</param>
    /// <exception cref="LawException">A law fails.</exception>
    public static Report Laws(LossFunction loss, int size)
    {
        var report = new Report("loss");
        report.Try(LossLaws.Law, () => LossLaws.IsFinite(loss, size));
        if (report.Fault is not null) return report.OrThrow();
        var model = Laws(Ending(loss, size).Minimize(Dsl.Sgd(0.1)));
        foreach (var verdict in model.Verdicts) report.Add(verdict);
        return report;
    }

    /// <summary>The law of a schedule: a rate that is a number and not negative, from step 0 to far beyond 2³¹.</summary>
    /// <param name="schedule">An expression of <c>Step</c>.</param>
    /// <exception cref="LawException">At some step it is no rate.</exception>
    /// <exception cref="ArgumentException">It depends on more than <c>Step</c> and hyperparameters, or is not one number.</exception>
    public static Report Laws(Expr schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        if (!ScheduleLaws.IsSchedule(schedule))
            throw new ArgumentException($"A schedule is one number that depends on Step and hyperparameters alone, but this is {schedule.Describe()}; a loss is checked by Check.Gradients, or by Check.Laws of a model.", nameof(schedule));
        var report = new Report("schedule");
        report.Try(ScheduleLaws.Law, () => ScheduleLaws.IsRate(schedule));
        return report.OrThrow();
    }

    /// <summary>All laws of all that a static class of yours offers: its rules, schedules, losses, functions and layers, found by reflection.</summary>
    /// <param name="vocabulary">The class; members that need arguments get usual ones by name (<c>lr</c>, <c>decay</c>, <c>steps</c>, …).</param>
    /// <exception cref="LawException">A law of a member fails; the message begins with its name.</exception>
    /// <exception cref="ArgumentException">The class offers nothing of the kind in public.</exception>
    public static IReadOnlyList<Report> All(Type vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        Report[] reports = [.. Vocabulary.Of(vocabulary).Select(Vocabulary.Laws)];
        return reports.Length > 0 ? reports
            : throw new ArgumentException($"{vocabulary.Name} has no public static method, property or field that is a rule, schedule, loss or function, so nothing was checked.", nameof(vocabulary));
    }
}
