using OptDsl.Testing;
using static OptDsl.Dsl;

namespace OptDsl.Fuzz;

/// <summary>Wrong rates: schedules that end or begin a step off, or have another curve.</summary>
static class RateMutants
{
    const string Area = "rates";

    sealed record Right(string Name, Expr Rate, Func<double, double> Form);

    static readonly Right
        cosine = new("Cosine", Cosine(0.2, steps: 10, final: 0.01), k => 0.01 + 0.19 * (1 + Math.Cos(Math.PI * Math.Min(k / 10, 1))) / 2),
        warmup = new("Warmup", Warmup(4), k => Math.Min(1, (k + 1) / 4)),
        inverse = new("InverseTime", InverseTime(0.2, 0.5), k => 0.2 / (1 + 0.5 * k)),
        exponential = new("Exponential", Exponential(0.2, 0.05), k => 0.2 * Math.Exp(-0.05 * k)),
        joined = new("Warmup·Cosine", Warmup(4) * Cosine(0.2, steps: 10), k => Math.Min(1, (k + 1) / 4) * 0.2 * (1 + Math.Cos(Math.PI * Math.Min(k / 10, 1))) / 2);

    public static IReadOnlyList<Mutant> All { get; } =
    [
        Of(cosine, "it ends one step early", Cosine(0.2, steps: 9, final: 0.01)),
        Of(cosine, "it begins one step late", Curve(Cos(Math.PI * Min((Step + 1) / 10, 1)))),
        Of(cosine, "it rises again past its end", Curve(Cos(Math.PI * (Step / 10)))),
        Of(cosine, "it restarts", Curve(Cos(Math.PI * (Step % 10 / 10)))),
        Of(cosine, "half the way down", Curve(Cos(Math.PI / 2 * Min(Step / 10, 1)))),
        Of(cosine, "down and up", Curve(Cos(2 * Math.PI * Min(Step / 10, 1)))),
        Of(cosine, "the final rate is forgotten", Cosine(0.2, steps: 10)),
        Of(cosine, "the final rate is added on top", 0.01 + Cosine(0.2, steps: 10)),
        Of(cosine, "it is not halved", 0.01 + 0.19 * (1 + Cos(Math.PI * Min(Step / 10, 1)))),
        Of(cosine, "a straight line", 0.2 - 0.19 * Min(Step / 10, 1)),
        Of(warmup, "it begins at 0", Min(1, Step / 4)),
        Of(warmup, "it begins at 1", Where(Less(Step, 4), 1, Min(1, t / 4))),
        Of(warmup, "it is there one step early", Min(1, (Step + 2) / 4)),
        Of(warmup, "it never stops", t / 4),
        Of(warmup, "it falls to 1", Max(1, t / 4)),
        Of(warmup, "it stays at the first factor", Min(0.25, t / 4)),
        Of(inverse, "the first step is halved", 0.2 / (1 + 0.5 * t)),
        Of(inverse, "its rate is 1", InverseTime(0.2)),
        Of(inverse, "by the root", 0.2 / Sqrt(1 + 0.5 * Step)),
        Of(inverse, "without 1", 0.2 / (0.5 * Step)),
        Of(exponential, "it grows", Exponential(0.2, -0.05)),
        Of(exponential, "one step ahead", 0.2 * Exp(-0.05 * t)),
        Of(exponential, "by powers of 2", 0.2 * Exp(-0.05 * Math.Log(2) * Step)),
        Of(exponential, "in stairs", 0.2 * Exp(-0.05 * 2 * Floor(Step / 2))),
        Of(joined, "the cosine waits for the warm-up", Warmup(4) * Cosine(0.2, steps: 10) * Where(Less(Step, 4), 1.1, 1)),
        Of(joined, "the larger of both", Max(Warmup(4) * 0.2, Cosine(0.2, steps: 10))),
    ];

    /// <summary>The right schedules keep the laws.</summary>
    public static IEnumerable<(string Name, IReadOnlyList<(string Law, Action Check)> Laws)> Control => new[] { cosine, warmup, inverse, exponential, joined }.Select(r => (r.Name, Laws(r, r.Rate)));

    static Expr t => Step + 1;

    static Expr Curve(Expr cosine) => 0.01 + 0.19 * (1 + cosine) / 2;

    static RuleMutant Of(Right right, string name, Expr wrong) => new(Area, $"{right.Name}: {name}", Laws(right, wrong));

    static IReadOnlyList<(string Law, Action Check)> Laws(Right right, Expr rate) =>
        [(ScheduleLaws.Law, () => ScheduleLaws.IsRate(rate)), ("schedule = its closed form", () => ScheduleLaws.IsForm(rate, right.Form))];
}
