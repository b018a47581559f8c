namespace OptDsl.Benchmarks;

/// <summary>One way to write a step in PyTorch, in one of its set-ups.</summary>
sealed record TorchForm(Torch Peer, string Form)
{
    const int Contenders = 3;

    /// <summary>The forms that are fastest in a first look.</summary>
    public static IReadOnlyList<TorchForm> Fastest(IReadOnlyList<Torch> peers, IReadOnlyList<string> forms, string work, double milliseconds) =>
        [.. (from peer in peers from form in forms select new TorchForm(peer, form)).OrderBy(f => f.Microseconds(work, milliseconds)).Take(Contenders)];

    /// <summary>The fastest of them now.</summary>
    public static (double Microseconds, string Name) Best(IReadOnlyList<TorchForm> forms, string work, double milliseconds) =>
        forms.Select(f => (f.Microseconds(work, milliseconds), f.ToString())).MinBy(f => f.Item1);

    public override string ToString() => $"{Form} ({Peer.Name})";

    double Microseconds(string work, double milliseconds) => Peer.Microseconds(work, Form, milliseconds, Console.WriteLine);
}
