namespace OptDsl.Fuzz;

/// <summary>The working copy that this program was built from: where it reads what it compares with, and writes what is recorded.</summary>
static class WorkingCopy
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The full path of a file or folder.</summary>
    public static string File(string path) => Path.Combine(Root, path);

    static string Find(string folder) => System.IO.File.Exists(Path.Combine(folder, "OptDsl.sln")) ? folder
        : Find(Directory.GetParent(folder)?.FullName ?? throw new DirectoryNotFoundException("This runs in the working copy, under the folder of OptDsl.sln."));
}
