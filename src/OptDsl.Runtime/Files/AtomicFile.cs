using System.Runtime.InteropServices;

namespace OptDsl.Runtime;

/// <summary>Writing a file so that a crash at any moment leaves the old one or the new one, never a third.</summary>
static partial class AtomicFile
{
    /// <summary>Writes beside <paramref name="path"/>, makes it durable, and moves it over; on failure nothing is left behind.</summary>
    public static void Write(string path, Action<FileStream> write)
    {
        string full = Path.GetFullPath(path), folder = Path.GetDirectoryName(full) ?? throw new IOException($"{path} is a folder.");
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"There is no folder {folder}.");
        // A name of its own, so that two writers never meet in one file: the last to move wins.
        string temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
        SyncFolder(folder);
    }

    // The move itself is durable once the folder is. .NET cannot open a folder; Windows needs nothing. Best effort: the file is whole in any case.
    static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        int handle = Open(folder, flags: 0);
        if (handle < 0)
            return;
        _ = Sync(handle);
        _ = Close(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
