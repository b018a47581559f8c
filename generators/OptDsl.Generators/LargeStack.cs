using System;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace OptDsl.Generators;

/// <summary>
/// Runs work on a stack of known size. Hosts give generators between 512 KB and 8 MB, and Roslyn's own
/// <c>GetOperation</c> overflows a small stack uncatchably; here a declaration that is within our budgets always fits.
/// </summary>
internal static class LargeStack
{
    const int Bytes = 32 << 20;

    public static T Run<T>(Func<T> work)
    {
        var result = default(T)!;
        ExceptionDispatchInfo? failure = null;
        void Guarded()
        {
            try
            {
                using (new InvariantCulture()) result = work();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        }

        Thread thread;
        try
        {
            thread = new Thread(Guarded, Bytes) { IsBackground = true, Name = "OptDsl" };
            thread.Start();
        }
        catch (PlatformNotSupportedException)
        {
            // A host without threads (a browser): its own stack must do; the evaluator still checks what is left of it.
            Guarded();
            failure?.Throw();
            return result;
        }
        thread.Join();
        failure?.Throw();
        return result;
    }
}
