using OptDsl.Testing;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests;

/// <summary>What a check cannot judge, or what no one should write, is a line of its report: no law is silent, and none crashes.</summary>
public class BadInputTests
{
    static Verdict Line(Report report, string law) => Assert.Single(report.Verdicts, v => v.Law == law);

    /// <summary>The report of a check that throws.</summary>
    static Report Broken(Func<Report> check) => Assert.Throws<LawException>(check).Report!;

    [Fact]
    public void Data_that_is_no_number_is_refused_or_the_report_says_that_it_does_not_matter()
    {
        const string law = "data that is no number is refused";
        Assert.Equal(Outcome.Holds, Line(Check.Laws(Input(2).Dense(2).Loss(SquaredError).Minimize(Sgd(0.1))), law).Outcome);
        // NaN is not greater than 0.
        var deaf = Square(Where(Greater(Input(2, "x"), 0), 1, -1) * Parameter(0.5) - Input(2, "y")).Sum().Minimize(Sgd(0.1));
        Assert.Equal(new(law, Outcome.Finding, "a NaN in x does not reach the loss"), Line(Check.Laws(deaf), law));
    }

    [Fact]
    public void A_loss_that_is_no_number_anywhere_fails_and_no_law_holds_of_it()
    {
        var report = Broken(() => Check.Laws(Log(-1 - Square(Input(2, "x").Dense(2))).Mean().Minimize(Sgd(0.1))));
        Assert.Equal("the loss is no number at any point that was tried, so nothing was checked", Line(report, "the gradient is the derivative").Note);
        Assert.Equal(new("a batch twice is the batch", Outcome.DoesNotApply, "the loss is no number"), Line(report, "a batch twice is the batch"));
        Assert.Equal(new("data that is no number is refused", Outcome.DoesNotApply, "the loss is no number without it either"), Line(report, "data that is no number is refused"));
    }

    [Fact]
    public void A_loss_that_is_no_number_at_some_points_is_told() =>
        Assert.Matches("^not at [1-9][0-9]* of [0-9]+ points$", Line(Check.Gradients(Log(Parameter([2], Init.Uniform(-1, 1))).Sum()), "the loss is a number").Note);

    public static TheoryData<string> Divisors => [.. divisions.Keys];

    static readonly Dictionary<string, Rule> divisions = new()
    {
        ["by the gradient"] = Rule.Of(g => 0.1 * g / Abs(g)),
        ["by its norm"] = Rule.Of(g => 0.1 * g / Norm(g)),
        ["by a slot"] = Rule.Of((g, v) => (0.1 * g / Sqrt(v), 0.9 * v + 0.1 * Square(g))),
        ["by 0"] = Rule.Of(g => g / 0),
    };

    [Theory]
    [MemberData(nameof(Divisors))]
    public void A_rule_that_divides_by_zero_fails_with_its_whole_report(string by)
    {
        var report = Broken(() => Check.Laws(divisions[by]));
        Assert.Contains(report.Verdicts, v => v.Outcome == Outcome.Fails && v.Law is "finite gradients give finite steps" or "a zero gradient moves nothing outward");
        Assert.Equal(RuleLaws.All.Select(law => law.Name), report.Verdicts.Select(v => v.Law));
    }

    [Fact]
    public void A_constant_loss_is_told()
    {
        var report = Check.Gradients((0 * Parameter([3], Init.Uniform(-1, 1))).Sum() + 1);
        Assert.Equal(new("the loss depends on the parameters", Outcome.Finding, "every gradient was 0 at every point: it is constant"), Line(report, "the loss depends on the parameters"));
        Assert.Equal(Outcome.Finding, Line(Check.Laws((y, t) => 0 * (y - t).Sum(), 3), "the loss depends on the parameters").Outcome);
    }

    [Fact]
    public void A_parameter_without_a_gradient_is_named()
    {
        var loss = Square(Input(2, "x").Dense(2)).Mean() + Floor(Parameter(0.5, "idle"));
        Assert.Equal(new("every parameter has a gradient", Outcome.Finding, "that of idle was 0 at every point"), Line(Check.Gradients(loss), "every parameter has a gradient"));
    }

    [Fact]
    public void A_model_without_data_says_which_laws_do_not_apply()
    {
        var report = Check.Laws(Square(Parameter([3], Init.Uniform(-1, 1))).Sum().Minimize(Sgd(0.1)));
        foreach (var law in new[] { "examples do not see each other", "a batch twice is the batch", "data that is no number is refused" }) Assert.Equal(Outcome.DoesNotApply, Line(report, law).Outcome);
        Assert.Contains("– a batch twice is the batch", report.ToString());
    }

    [Fact]
    public void A_rule_of_one_size_says_which_laws_do_not_apply()
    {
        var report = Check.Laws(Rule.Of(g => 0.1 * (1 + Indices(5)) * g));
        Assert.Equal(["elements are independent", LowerBound.Law, "generated code has the interpreter's bits", "stopped, saved and loaded it goes on the same"],
            report.Verdicts.Where(v => v.Outcome == Outcome.DoesNotApply && v.Note.StartsWith("OPT01", StringComparison.Ordinal)).Select(v => v.Law));
    }

    [Fact]
    public void A_rule_whose_equations_couple_elements_is_told_so()
    {
        var report = Check.Laws(Rule.Of(g => 0.1 * g / (1 + Norm(g))));
        Assert.Equal(new("elements are independent", Outcome.DoesNotApply, "its equations couple the elements of a tensor"), Line(report, "elements are independent"));
    }

    [Fact]
    public void A_rule_that_never_steps_is_told() => Assert.Equal("no step was seen in 200", Line(Check.Laws(Rule.Of(g => 0 * g)), "steps go along the gradient").Note);

    [Fact]
    public void A_slip_far_out_is_found_and_a_side_that_no_point_took_is_told()
    {
        static Expr Slip(Expr x, double from) => Where(Greater(x, from), StopGradient(x), x);
        Assert.Equal(Outcome.Fails, Line(Broken(() => Check.Gradients(x => Slip(x, 6), [10])), "the gradient is the derivative").Outcome);
        Assert.Equal(new("comparisons", Outcome.Finding, "1 of 1 came out alike at every point: what lies beyond was not checked"), Line(Check.Gradients(x => Slip(x, 100), [10]), "comparisons"));
        Assert.DoesNotContain(Check.Gradients(x => Relu(x), [10]).Verdicts, v => v.Law == "comparisons");
        // Where numbers overflow far out, nothing is said of them.
        foreach (var law in new[] { "the loss is a number", "digits in double" }) Assert.DoesNotContain(Check.Gradients(x => Exp(Exp(x)), [3]).Verdicts, v => v.Law == law);
    }

    [Fact]
    public void What_is_no_schedule_is_refused()
    {
        foreach (var none in new[] { Param, Loss, Input(3).Dense(2).Loss(SquaredError), Input(3), Square(Parameter(1.0)) })
            Assert.Contains("a loss is checked by Check.Gradients", Assert.Throws<ArgumentException>(() => Check.Laws(none)).Message);
    }

    [Fact]
    public void A_schedule_may_have_a_name_and_be_a_condition()
    {
        foreach (var schedule in new[] { Cosine(0.1, 100).Named("lr"), Less(Step, 100), Hyper("lr", 0.1) * Step })
            Assert.Equal(Outcome.Holds, Assert.Single(Check.Laws(schedule).Verdicts).Outcome);
    }

    [Fact]
    public void A_schedule_is_asked_where_its_pieces_begin_and_end()
    {
        Assert.Equal("at step 5000 it is -0.1", Assert.Throws<LawException>(() => Check.Laws(PiecewiseConstant([0.1, -0.1, 0.1], 5000, 6000))).Why);
        Assert.Equal("at step 12345 it is NaN", Assert.Throws<LawException>(() => Check.Laws(Where(Equal(Step, 12345), double.NaN, 0.1))).Why);
    }

    static class Nothing
    {
        internal static Rule Hidden(Expr lr) => Sgd(lr);
    }

    static class Everything
    {
        public static readonly Expr Least = -0.01;

        public static readonly Expr Late = Where(Less(Step, 7777), 0.1, -0.1);

        public static Rule Early(Expr lr) => Sgd(lr);
    }

    [Fact]
    public void A_class_is_checked_whole_or_the_member_is_named()
    {
        Assert.Contains("nothing was checked", Assert.Throws<ArgumentException>(() => Check.All(typeof(Nothing))).Message);
        Assert.StartsWith("Late: schedule", Assert.Throws<LawException>(() => Check.All(typeof(Everything))).Message);
    }

    public static Rule NeedsWhatNobodyGives(string secret) => Sgd(secret.Length);

    [Fact]
    public void A_word_whose_arguments_have_no_usual_value_is_named()
    {
        var report = Assert.Single(Check.All(typeof(BadInputTests)), r => r.Subject.StartsWith("NeedsWhatNobodyGives", StringComparison.Ordinal));
        Assert.Equal(new("laws", Outcome.DoesNotApply, "an argument has no usual value"), Assert.Single(report.Verdicts));
    }
}
