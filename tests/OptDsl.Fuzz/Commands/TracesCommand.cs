using System.CommandLine;

namespace OptDsl.Fuzz;

/// <summary>Rules against the recorded trajectories of another library.</summary>
static class TracesCommand
{
    public static Command Command { get; } = Make();

    static Command Make()
    {
        var command = new Command("traces", "The library's rules against the recorded iterates of PyTorch's, in double.");
        command.SetAction(_ => Run(Console.Out));
        return command;
    }

    static int Run(TextWriter to)
    {
        var over = 0;
        foreach (var trace in Trace.Torch)
        {
            var error = trace.Error();
            var holds = error <= Trace.Limit;
            if (!holds) over++;
            to.WriteLine(FormattableString.Invariant($"{trace,-62} {trace.Iterates[^1].Step,5} steps  {error,8:E1}{(holds ? "" : "  ABOVE THE LIMIT")}  {trace.Note}").TrimEnd());
        }
        to.WriteLine(FormattableString.Invariant($"{Trace.Torch.Count} traces, {over} above {Trace.Limit:E0} of the largest weight"));
        return over == 0 ? 0 : 1;
    }
}
