using System.Diagnostics;
using System.Text;

namespace OptDsl.Tests.Examples;

/// <summary>What a command printed, and how it ended.</summary>
sealed record Printed(int ExitCode, string Output, string Errors)
{
    public string[] Lines => Output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    /// <summary>The rest of the only line that begins like this.</summary>
    public string After(string start) => Lines.Single(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..];

    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Errors}";
}

/// <summary>Commands as a user types them.</summary>
static class Shell
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    /// <summary>Runs <c>dotnet</c> in a folder; a command that outlasts all patience is ended, and an error.</summary>
    public static Printed Dotnet(string folder, params string[] arguments) => Run(folder, Environment.ProcessPath is { } host
        && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", arguments);

    public static Printed Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        // What the host of these tests has set for itself would change what the command does.
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || k is "DOTNET_CLI_CONTEXT_VERBOSE").ToArray())
            start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        // A compiler or build server that outlives its command would keep the pipes open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} was still running after {Patience}");
        }
        return new(process.ExitCode, output.Result, errors.Result);
    }
}
