using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace OptDsl.Runtime;

// The workers of the process and the one job they share. A ticket holds what is left of it: generation, next chunk from the front,
// end at the back; whoever swaps it owns a chunk. Two ends and small chunks gave 1.2x where halves gave 0.84x with a neighbour on a core.
internal static unsafe class Crew
{
    // Each on cache lines of its own: the caller writes the first, everybody swaps the second.
    [StructLayout(LayoutKind.Explicit, Size = 512)]
    private struct Shared
    {
        [FieldOffset(128)] public delegate*<void*, int, void> Chunk;
        [FieldOffset(136)] public void* Job;
        [FieldOffset(144)] public int Workers;
        [FieldOffset(256)] public ulong Ticket;
        [FieldOffset(384)] public int Pending;
    }

    private static Shared shared;
    private static Worker[] crew = [];
    private static Exception? failure;
    private static int busy;

    public static bool IsAwake => crew.Length > 0 && crew[0].IsAwake;

    public static bool TryEnter() => Volatile.Read(ref busy) == 0 && Interlocked.CompareExchange(ref busy, 1, 0) == 0;

    public static void Grow(int workers)
    {
        while (crew.Length < workers)
            Volatile.Write(ref crew, [.. crew, new Worker(crew.Length)]);
    }

    public static void Wake(int workers)
    {
        Worker[] all = Volatile.Read(ref crew);
        for (int i = 0; i < workers; i++)
            all[i].Wake();
    }

    public static void Run(delegate*<void*, int, void> chunk, void* job, int chunks, int workers)
    {
        shared.Chunk = chunk;
        shared.Job = job;
        shared.Pending = chunks;
        Volatile.Write(ref shared.Workers, workers);
        Interlocked.Exchange(ref shared.Ticket, ((shared.Ticket >> 32) + 1) << 32 | (uint)chunks);
        Wake(workers);
        Help(front: true);
        for (int spins = 0; Volatile.Read(ref shared.Pending) != 0; spins++)
            if (spins < 2000)
                Thread.SpinWait(1);
            else
                Thread.Yield();
        Exception? thrown = failure;
        failure = null;
        Volatile.Write(ref busy, 0);
        if (thrown != null)
            ExceptionDispatchInfo.Throw(thrown);
    }

    public static bool HasWorkFor(int worker)
    {
        ulong ticket = Volatile.Read(ref shared.Ticket);
        return Front(ticket) < Back(ticket) && worker < Volatile.Read(ref shared.Workers);
    }

    // Takes chunks until none is left. What belongs to the job is read only while owning a chunk: then the caller cannot have left.
    public static void Help(bool front)
    {
        int done = 0;
        while (TryTake(front, out int chunk))
        {
            try
            {
                if (Volatile.Read(ref failure) == null)
                    shared.Chunk(shared.Job, chunk);
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref failure, e, null);
            }
            done++;
        }
        if (done > 0)
            Interlocked.Add(ref shared.Pending, -done);
    }

    private static bool TryTake(bool front, out int chunk)
    {
        while (true)
        {
            ulong ticket = Volatile.Read(ref shared.Ticket);
            chunk = front ? Front(ticket) : Back(ticket) - 1;
            if (Front(ticket) >= Back(ticket))
                return false;
            if (Interlocked.CompareExchange(ref shared.Ticket, front ? ticket + (1 << 16) : ticket - 1, ticket) == ticket)
                return true;
        }
    }

    private static int Front(ulong ticket) => (ushort)(ticket >> 16);

    private static int Back(ulong ticket) => (ushort)ticket;
}
