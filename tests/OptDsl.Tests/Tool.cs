using System.Diagnostics;
using System.Text;
using Xunit;

namespace OptDsl.Tests;

/// <summary>Runs the <c>dotnet</c> command as a stranger would.</summary>
static class Tool
{
    static readonly TimeSpan patience = TimeSpan.FromMinutes(5);

    /// <summary>What the command printed; the test fails with all of it unless the command succeeds.</summary>
    public static string Dotnet(string folder, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 };
        // What the test's host told its own processes would make the child another build's part.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTEST", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        foreach (var (name, value) in environment) start.Environment[name] = value;

        using var process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"dotnet {string.Join(' ', arguments)} takes longer than {patience}");
        }
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)} returned {process.ExitCode}\n{output.Result}\n{errors.Result}");
        return output.Result + errors.Result;
    }
}
