namespace OptDsl.Runtime;

/// <summary>Lets one caller in at a time and nobody after closing; refuses instead of waiting.</summary>
sealed class Gate(string owner)
{
    const int Free = 0, Busy = 1, Closed = 2;
    int state;

    public void Enter()
    {
        int was = Interlocked.CompareExchange(ref state, Busy, Free);
        if (was != Free)
            Refuse(was);
    }

    public void Exit() => Volatile.Write(ref state, Free);

    /// <summary>Closes; false when it was closed already.</summary>
    public bool Close()
    {
        int was = Interlocked.CompareExchange(ref state, Closed, Free);
        if (was == Busy)
            Refuse(was);
        return was == Free;
    }

    void Refuse(int was)
    {
        if (was == Closed)
            throw new ObjectDisposedException(owner);
        throw new InvalidOperationException($"{owner} is in use by another call; one learner works for one thread at a time.");
    }
}
