using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Argument = System.Reflection.ParameterInfo;

namespace OptDsl.Testing;

/// <summary>What a word of a vocabulary is, by what it takes and returns.</summary>
internal enum WordKind { Rule, Schedule, Loss, Function, Unknown }

/// <summary>A word found in a class, made with sample arguments.</summary>
internal sealed record VocabularyWord(string Name, WordKind Kind, object? Value, string Note)
{
    public override string ToString() => Name;
}

/// <summary>
/// The rules, schedules, losses and functions that a static class offers, found by reflection, so that a new one is under all
/// its laws as soon as it exists. Arguments that must be given get a usual value for their name.
/// </summary>
internal static class Vocabulary
{
    static readonly Dictionary<string, double> usual = new()
    {
        ["lr"] = 0.05, ["start"] = 0.05, ["first"] = 0.05, ["next"] = 0.02, ["radius"] = 1, ["rate"] = 0.05, ["peak"] = 0.05, ["initial"] = 0.05, ["factor"] = 0.1, ["decay"] = 0.01, ["mu"] = 0.9, ["b1"] = 0.9, ["b2"] = 0.99, ["max"] = 1, ["n"] = 3, ["slope"] = 0.1, ["alpha"] = 0.5, ["low"] = -1, ["high"] = 1, ["eta"] = 0.01, ["gamma"] = 0.55, ["axis"] = 0, ["before"] = 1, ["after"] = 2, ["heads"] = 1, ["groups"] = 1, ["strength"] = 0.1,
        ["filters"] = 3, ["size"] = 2, ["height"] = 2, ["width"] = 1, ["rows"] = 5, ["columns"] = 4,
    };

    static readonly Dictionary<string, Array> usualRows = new() { ["at"] = new[] { 4, 8 }, ["values"] = new[] { 0.1, 0.05, 0.02 }, ["axes"] = new[] { 1, 2, 0 }, ["shape"] = new[] { 3, 1 } };

    public static IEnumerable<VocabularyWord> Of([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields)] Type type)
    {
        const BindingFlags own = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var property in type.GetProperties(own).OrderBy(p => p.Name, StringComparer.Ordinal))
            if (property.GetIndexParameters().Length == 0 && property.GetValue(null) is { } value && IsWord(value)) yield return Word(property.Name, value);
        foreach (var field in type.GetFields(own).OrderBy(f => f.Name, StringComparer.Ordinal))
            if (field.GetValue(null) is { } value && IsWord(value)) yield return Word(field.Name, value);
        foreach (var method in type.GetMethods(own).Where(m => !m.IsSpecialName && !m.IsGenericMethod).OrderBy(m => m.ToString(), StringComparer.Ordinal))
            if (method.ReturnType == typeof(Rule) || method.ReturnType == typeof(LossFunction) || method.ReturnType == typeof(Expr)) yield return Made(method);
    }

    /// <summary>A number is no schedule for having a name: one depends on the step.</summary>
    static bool IsWord(object value) => value is LossFunction or Rule || (value is Expr e && ScheduleLaws.IsSchedule(e) && Dag.PostOrder(e).Any(part => part.Op == Primitive.Step));

    /// <summary>A word's laws, whatever it is.</summary>
    /// <exception cref="LawException">One fails; the message begins with the word.</exception>
    public static Report Laws(VocabularyWord word)
    {
        Report report;
        try
        {
            report = word switch
            {
                { Kind: WordKind.Rule, Value: Rule rule } => Check.Laws(rule),
                { Kind: WordKind.Loss, Value: LossFunction loss } => Check.Laws(loss, 3),
                { Kind: WordKind.Schedule, Value: Expr schedule } => Check.Laws(schedule),
                { Kind: WordKind.Function, Value: Func<Expr, Expr> function } => Check.Laws(function, [3]),
                { Kind: WordKind.Function, Value: Model model } => Check.Laws(model),
                _ => new Report("word"),
            };
        }
        catch (LawException fault)
        {
            throw new LawException(word.Name, fault);
        }
        var named = new Report($"{word.Name}: {report.Subject}");
        foreach (var verdict in report.Verdicts) named.Add(verdict);
        if (word.Kind == WordKind.Unknown) named.Add(new("laws", Outcome.DoesNotApply, word.Note));
        return named;
    }

    static VocabularyWord Made(MethodInfo method)
    {
        var parameters = method.GetParameters();
        var name = method.Name + "(" + string.Join(", ", parameters.Select(p => p.Name)) + ")";
        if (method.ReturnType == typeof(Expr) && parameters.FirstOrDefault() is { HasDefaultValue: false } first && first.ParameterType == typeof(Expr) && !usual.ContainsKey(first.Name!))
            return parameters.Skip(1).All(p => IsKnown(p) || IsValue(p)) ? Fitting(name, Function(method, parameters)) : new(name, WordKind.Unknown, null, "an argument has no usual value");
        if (!parameters.All(IsKnown)) return new(name, WordKind.Unknown, null, "an argument has no usual value");
        return Word(name, Call(method, [.. parameters.Select(Usual)]));
    }

    /// <summary>A function of a vector per example, or else of a square matrix, or of an image per example, or of integers in a row, or of a loss.</summary>
    static VocabularyWord Fitting(string name, Func<Expr, Expr> function)
    {
        OptDslException? first = null;
        foreach (var fit in new Func<object>[] { Vector, () => On(Dsl.Parameter([3, 3], Init.Uniform(-1, 1))), Image, () => On(Dsl.IntegerInput("tokens", [3])), () => On(Check.Around(x => x, [3])) })
            try
            {
                return new(name, WordKind.Function, fit(), "");
            }
            catch (OptDslException fault)
            {
                first ??= fault;
            }
        return new(name, WordKind.Unknown, null, first!.Message);

        object Vector()
        {
            Check.Around(function, [3]).Minimize(Dsl.Sgd(1));
            return function;
        }

        // Predicted, so that the laws of what is predicted apply.
        object Image() => function(Dsl.Input([4, 4, 2]) + Dsl.Parameter([4, 4, 2], Init.Uniform(-1, 1))).Loss(Dsl.SquaredError).Minimize(Dsl.Sgd(0.1));

        object On(Expr x) => Check.Nonlinear(function(x)).Minimize(Dsl.Sgd(0.1));
    }

    static VocabularyWord Word(string name, object value) => value switch
    {
        Rule => new(name, WordKind.Rule, value, ""),
        LossFunction => new(name, WordKind.Loss, value, ""),
        Expr schedule when ScheduleLaws.IsSchedule(schedule) => new(name, WordKind.Schedule, value, ""),
        _ => new(name, WordKind.Unknown, null, "it is no rule, schedule, loss or function of a value"),
    };

    /// <summary>A function of its first argument; further values are parameters of their own.</summary>
    static Func<Expr, Expr> Function(MethodInfo method, Argument[] parameters) => x =>
        (Expr)Call(method, [x, .. parameters.Skip(1).Select(p => IsKnown(p) ? Usual(p) : Dsl.Parameter(x.Shape.ToArray(), Init.Uniform(-1, 1)))]);

    static bool IsValue(Argument p) => p.ParameterType == typeof(Expr);

    static bool IsKnown(Argument p) => p.HasDefaultValue || (usual.ContainsKey(p.Name!) && !p.ParameterType.IsArray) || usualRows.ContainsKey(p.Name!) || p.ParameterType == typeof(int) || p.ParameterType == typeof(Rule);

    /// <summary>The number that an argument which must be given usually has; null where it takes something else.</summary>
    public static double? Number(Argument p) => p.ParameterType == typeof(int) || ((p.ParameterType == typeof(double) || p.ParameterType == typeof(Expr)) && usual.ContainsKey(p.Name!)) ? usual.GetValueOrDefault(p.Name!, 4) : null;

    public static object? Usual(Argument p)
    {
        if (p.HasDefaultValue) return p.DefaultValue;
        if (p.ParameterType == typeof(Rule)) return Dsl.Sgd(0.05);
        if (p.ParameterType == typeof(int)) return (int)Number(p)!.Value;
        if (usualRows.TryGetValue(p.Name!, out var row)) return row;
        var number = usual[p.Name!];
        return p.ParameterType == typeof(Expr) ? (Expr)number : (object)number;
    }

    public static object Call(MethodInfo method, object?[] arguments)
    {
        try
        {
            return method.Invoke(null, arguments)!;
        }
        catch (TargetInvocationException wrapped) when (wrapped.InnerException is { } fault)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
            throw;
        }
    }
}
