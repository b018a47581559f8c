using System.Diagnostics;
using System.Text;

namespace OptDsl.Fuzz;

/// <summary>This program once more, in a process of its own.</summary>
static class Itself
{
    /// <summary>All that it printed.</summary>
    public static string Run(IReadOnlyList<string> arguments, IReadOnlyList<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Itself).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return errors.Result + output.Result;
    }
}
