using System.Reflection;
using OptDsl.Fuzz;

namespace OptDsl.Tests;

/// <summary>The working copy that the tests were built from.</summary>
static class Repository
{
    public static string Root => WorkingCopy.Root;

    /// <summary>Debug or Release.</summary>
    public static string Configuration => typeof(Repository).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>A file of the repository, with the line ends of the tests' own strings.</summary>
    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");
}
