using System.CommandLine;
using System.Globalization;
using OptDsl.Testing;

namespace OptDsl.Fuzz;

/// <summary>Each primitive alone, at every extent and on every number that is special: generated code has the interpreter's bits, and these are near the truth.</summary>
static class OptestCommand
{
    public static Command Command { get; } = Make();

    static Command Make()
    {
        var every = new Option<int>("--every") { Description = "Every so many-th case of each primitive.", DefaultValueFactory = _ => 1 };
        var only = new Option<int?>("--only") { Description = "The number of one case." };
        var command = new Command("optest", "Each primitive alone × extents × special numbers: generated code against the interpreter and against 31 digits.") { every, only };
        command.SetAction(given => Run(given.GetValue(every), given.GetValue(only), Console.Out));
        return command;
    }

    /// <summary>A case's number is its place in the list, and makes its numbers again.</summary>
    public static int Run(int every, int? only, TextWriter to)
    {
        long samples = 0;
        var failures = 0;
        foreach (var op in OpCase.All.Select((of, number) => (Of: of, Number: number)).GroupBy(c => c.Of.Op))
        {
            var (cases, found, worst) = (0, 0L, (double?)null);
            foreach (var (of, number) in op.Where((c, i) => only is null ? i % every == 0 : c.Number == only))
                foreach (var precision in new[] { Precision.Single, Precision.Double })
                {
                    cases++;
                    try
                    {
                        var (count, share) = OpRun.Check(of, precision, number);
                        found += count;
                        if (share > (worst ?? -1)) worst = share;
                    }
                    catch (Exception fault)
                    {
                        failures++;
                        to.WriteLine($"optest --only {number}, {precision}: {of}: {(fault is MismatchException ? fault.Message : fault)}");
                    }
                }
            if (cases > 0) to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{op.Key.Name,-14} {cases,5} cases {found,9} samples  {(worst is null ? "bits alone" : string.Create(CultureInfo.InvariantCulture, $"at most {worst:F3} of {LocalBounds.Stated(op.Key)}"))}"));
            samples += found;
        }
        foreach (var op in Primitive.All.Where(p => p.Kind is PrimitiveKind.Elementwise or PrimitiveKind.Structural).Except(OpCase.All.Select(c => c.Op)).Except(OpCase.Elsewhere))
        {
            failures++;
            to.WriteLine($"{op.Name} has no case");
        }
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{samples} samples, {failures} failures"));
        return failures == 0 && samples > 0 ? 0 : 1;
    }
}
