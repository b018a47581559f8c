using static OptDsl.Dsl;

namespace OptDsl.Testing;

/// <summary>The words that random equations and schedules are written in.</summary>
internal static class RuleWords
{
    /// <summary>Of one term.</summary>
    public static readonly IReadOnlyList<Word> Unary =
    [
        new("Tanh({0})", (x, s) => Tanh(x[0])),
        new("Abs({0})", (x, s) => Abs(x[0])),
        new("Sign({0})", (x, s) => Sign(x[0])),
        new("Sqrt(Abs({0}) + 0.01)", (x, s) => Sqrt(Abs(x[0]) + 0.01)),
        new("Square({0})", (x, s) => Square(x[0])),
        new("Exp(-Abs({0}))", (x, s) => Exp(-Abs(x[0]))),
        new("Floor({0})", (x, s) => Floor(x[0])),
        new("-({0})", (x, s) => -x[0]),
        new("Relu({0})", (x, s) => Relu(x[0])),
        new("{0} * RandomUniform({0}, Step)", (x, s) => x[0] * RandomUniform(x[0], Step)),
        new("{0} + 0.1 * RandomNormal({0})", (x, s) => x[0] + 0.1 * RandomNormal(x[0])),
        new("Norm({0})", (x, s) => Norm(x[0])),
        new("GlobalNorm({0})", (x, s) => GlobalNorm(x[0])),
        new("Mean({0})", (x, s) => Mean(x[0])),
        new("Sum(Abs({0})) * 0.1", (x, s) => Sum(Abs(x[0])) * 0.1),
        new("Square({0}).Mean(-1, keep: true)", (x, s) => Square(x[0]).Mean(-1, keep: true)),
        new("Abs({0}).Sum(0, keep: true)", (x, s) => Abs(x[0]).Sum(0, keep: true)),
        new("Abs({0}).Max(-1, keep: true)", (x, s) => Abs(x[0]).Max(-1, keep: true)),
    ];

    /// <summary>Of two terms.</summary>
    public static readonly IReadOnlyList<Word> Binary =
    [
        new("{0} + {1}", (x, s) => x[0] + x[1]),
        new("{0} + {1}", (x, s) => x[0] + x[1]),
        new("{0} - {1}", (x, s) => x[0] - x[1]),
        new("{0} * {1}", (x, s) => x[0] * x[1]),
        new("{0} * {1}", (x, s) => x[0] * x[1]),
        new("{0} / (1 + Abs({1}))", (x, s) => x[0] / (1 + Abs(x[1]))),
        new("Max({0}, {1})", (x, s) => Max(x[0], x[1])),
        new("Min({0}, {1})", (x, s) => Min(x[0], x[1])),
        new("Where(Less({0}, {1}), {0}, {1})", (x, s) => Where(Less(x[0], x[1]), x[0], x[1])),
        new("Where(Greater({0} * {1}, 0), {0}, 0.5 * {1})", (x, s) => Where(Greater(x[0] * x[1], 0), x[0], 0.5 * x[1])),
        new("Where(Equal((Step + 1) % 2, 0), {0}, {1})", (x, s) => Where(Equal((Step + 1) % 2, 0), x[0], x[1])),
        new("Where(Less(Step, {a}), {0}, {1})", (x, s) => Where(Less(Step, s[0]), x[0], x[1])),
    ];

    /// <summary>Of numbers: what depends on the step alone.</summary>
    public static readonly IReadOnlyList<Word> Schedules =
    [
        new("Cosine({0}, {a})", (x, s) => Cosine(x[0], s[0])),
        new("Warmup({a}) * Cosine({0}, {b})", (x, s) => Warmup(s[0]) * Cosine(x[0], s[1])),
        new("Exponential({0}, 0.1)", (x, s) => Exponential(x[0], 0.1)),
        new("InverseTime({0})", (x, s) => InverseTime(x[0])),
        new("Where(Less(Step, {a}), {0}, 0.01)", (x, s) => Where(Less(Step, s[0]), x[0], 0.01)),
        new("{0} / Sqrt(Step + 1)", (x, s) => x[0] / Sqrt(Step + 1)),
    ];
}
