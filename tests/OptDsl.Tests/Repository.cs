using System.Reflection;

namespace OptDsl.Tests;

/// <summary>The working copy that the tests were built from.</summary>
static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>Debug or Release.</summary>
    public static string Configuration => typeof(Repository).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>A file of the repository, with the line ends of the tests' own strings.</summary>
    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");

    static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "OptDsl.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException("The tests run in the working copy, under the folder of OptDsl.sln.");
    }
}
