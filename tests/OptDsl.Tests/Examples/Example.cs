using System.Collections.Concurrent;
using Xunit;

namespace OptDsl.Tests.Examples;

/// <summary>Examples build into one place, so their tests take turns.</summary>
[CollectionDefinition(nameof(Example))]
public sealed class Example
{
    static readonly ConcurrentDictionary<string, Lazy<Printed>> builds = new();

    /// <summary><c>dotnet run examples/{name} -- {arguments}</c> from another folder; built once.</summary>
    internal static Printed Run(string folder, string name, params string[] arguments)
    {
        Build("examples/" + name);
        return Shell.Dotnet(folder, ["run", "--no-build", Path.Combine(Repository.Root, "examples", name), "--", .. arguments]);
    }

    /// <summary><c>dotnet fsi examples/{name} {arguments}</c>, after the build that the script names.</summary>
    internal static Printed RunScript(string folder, string name, params string[] arguments)
    {
        Build("src/OptDsl.Scripting", "-c", "Release");
        return Shell.Dotnet(folder, ["fsi", Path.Combine(Repository.Root, "examples", name), .. arguments]);
    }

    /// <summary><c>dotnet build</c>, once for each command.</summary>
    internal static Printed Build(params string[] arguments)
    {
        Printed built = builds.GetOrAdd(string.Join(' ', arguments), _ => new(() => Shell.Dotnet(Repository.Root, ["build", .. arguments]))).Value;
        Assert.True(built.ExitCode == 0, built.ToString());
        return built;
    }
}
