using System.Collections.Generic;

namespace OptDsl;

/// <summary>Every mistake of a declaration, one line each: its code and what to write instead. A help page exists per code.</summary>
internal static class Error
{
    const string Misfit = "the rule does not fit parameter";

    public static OptDslException Shapes(string operation, Expr left, Expr right, string advice) =>
        new("OPT0101", $"{operation} does not fit: {left.Describe()} against {right.Describe()}; {advice}");

    public static OptDslException Argument(string name, string problem) =>
        new("OPT0102", $"{name}: {problem}");

    public static OptDslException LabelType(Expr target, string what = "labels") =>
        new("OPT0103", $"{what} must be integers, but {target.Describe()} is real; declare them with IntegerInput(\"{target.InputName ?? "target"}\")");

    public static OptDslException RealNeeded(string operation, Expr operand) =>
        new("OPT0104", $"{operation} needs real numbers, but {operand.Describe()} holds integers; use OneHot or compare with Equal");

    public static OptDslException TooFewSlots(int slots, int returned) =>
        new("OPT0105", $"the rule takes {slots} slot{(slots == 1 ? "" : "s")} but returns {returned} next value{(returned == 1 ? "" : "s")}; return the step and then the next value of every slot");

    public static OptDslException SlotShape(string slot, Expr start, Expr next) =>
        new("OPT0106", $"slot '{slot}' starts as {start.Describe()} but its next value is {next.Describe()}; both must have one shape");

    public static OptDslException StepShape(string parameter, Expr parameterValue, Expr step) =>
        new("OPT0107", $"the step for '{parameter}' is {step.Describe()}; it must have the parameter's shape {parameterValue.Shape}");

    public static OptDslException Duplicate(string kind, string name) =>
        new("OPT0108", $"two {kind}s are called '{name}'; rename one, or put them in scopes with .Named(…)");

    public static OptDslException NotScalar(Expr loss) =>
        new("OPT0109", $"Minimize needs one scalar per example or per problem, but got {loss.Describe()}; reduce it with .Sum() or .Mean()");

    public static OptDslException NoParameters() =>
        new("OPT0110", "there is nothing to train: the loss has no parameter; add a layer or a Parameter");

    public static OptDslException OnlyInRule(string symbol, string advice = "pass the value as an argument instead") =>
        new("OPT0111", $"'{symbol}' has a meaning inside a rule only; {advice}");

    public static OptDslException ShapeUnknown(string operation) =>
        new("OPT0112", $"{operation} needs a known shape, and inside a rule the shape is unknown; use operations that work for every shape");

    public static OptDslException MixedTarget(string name) =>
        new("OPT0113", $"input '{name}' is used both as integer labels and as real values; declare two inputs");

    public static OptDslException Name(string name) =>
        new("OPT0114", $"'{name}' is not a usable name; use at most 80 of a … z, A … Z, digits and '_', beginning with a letter");

    public static OptDslException DataInRule(Expr input) =>
        new("OPT0115", $"a rule may not read {input.Describe()}; it sees the gradient, its slots, Param, Step, Loss and Examples");

    public static OptDslException TooMany(string what, int count) =>
        new("OPT0116", $"the model has {Text.Number(count)} {what}, and a call takes at most 8; join some into one tensor");

    /// <summary>What a rule's equation does to one of the parameters.</summary>
    public static OptDslException InRule(OptDslException fault, Parameter parameter) =>
        new(fault.Code, $"{Misfit} '{parameter.Path}' {parameter.Shape}: {fault.Advice}; .Only(…) leaves parameters out, whose step is their gradient then, unless .Then(….Only(…)) has a rule for them");

    public static bool IsInRule(OptDslException fault) => fault.Advice.StartsWith(Misfit, System.StringComparison.Ordinal);

    public static OptDslException HyperValue(string name, Expr value) =>
        new("OPT0117", $"hyperparameter '{name}' is {value.Describe()}; it must be one number that depends on Step alone");

    public static OptDslException HyperTwice(string name) =>
        new("OPT0118", $"two hyperparameters are called '{name}' and differ; use one value twice, or two names (within Sam, MultiSteps or Join, Step counts otherwise, and a schedule is another value there)");

    public static OptDslException GradientUnused(Expr step) =>
        new("OPT0119", $"the rule never uses the gradient: its step is {step.Describe()}; the simplest one is Rule.Of(g => 0.1 * g)");

    public static OptDslException NothingCovered(IEnumerable<string> paths, string condition = ".Only(…)") =>
        new("OPT0120", $"the condition of {condition} holds for no parameter; there are {string.Join(", ", paths)}");
}
