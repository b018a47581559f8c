using System.Reflection;

namespace OptDsl.Tests;

/// <summary>Where these tests were built from.</summary>
static class Repository
{
    public static string Folder { get; } = Find();

    /// <summary>Debug or Release.</summary>
    public static string Configuration => typeof(Repository).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "OptDsl.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException("OptDsl.sln is not above the tests");
    }
}
