using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OptDsl.Runtime;

/// <summary>The tensors of a learner by order and by name.</summary>
sealed class TensorTable<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Dictionary<string, TensorView<T>> byName = [], gradients = [];

    public TensorTable(Definition<T> definition, Arena<T> arena, Gate gate)
    {
        Parameters = Views(definition.Parameters, arena, gate, byName);
        Slots = Views(definition.Slots, arena, gate, byName);
        Views(definition.Gradients, arena, gate, gradients);
    }

    public IReadOnlyList<TensorView<T>> Parameters { get; }

    public IReadOnlyList<TensorView<T>> Slots { get; }

    /// <summary>What a checkpoint holds, in its order.</summary>
    public IEnumerable<TensorView<T>> All => Parameters.Concat(Slots);

    public TensorView<T> Find(string name) => byName.TryGetValue(name, out var view) ? view : throw Names.Unknown("parameter or slot", name, byName.Keys);

    public TensorView<T> FindGradient(string name) => gradients.TryGetValue(name, out var view) ? view : throw Names.Unknown("parameter", name, gradients.Keys);

    /// <summary>First values of parameters and of slots.</summary>
    public void Fill(ulong seed)
    {
        foreach (TensorView<T> view in All)
        {
            T[] values = new T[view.Count];
            view.Info.Start.Fill<T>(seed, view.Name, view.Info.Columns, values);
            view.Write(values);
        }
    }

    /// <summary>SHA-256 over the parameters, row-major, little-endian.</summary>
    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (TensorView<T> view in Parameters)
            hash.AppendData(LittleEndian(view));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The bytes of a tensor as files hold them.</summary>
    public static ReadOnlySpan<byte> LittleEndian(TensorView<T> view)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Checkpoints and hashes need a little-endian machine.");
        T[] values = new T[view.Count];
        view.Read(values);
        return MemoryMarshal.AsBytes<T>(values);
    }

    static List<TensorView<T>> Views(IReadOnlyList<TensorInfo> infos, Arena<T> arena, Gate gate, Dictionary<string, TensorView<T>> table)
    {
        var views = new List<TensorView<T>>(infos.Count);
        foreach (TensorInfo info in infos)
        {
            if (info.Width < 1 || info.Offset < 0 || info.Offset + info.Extent > arena.Length)
                throw new ArgumentException($"{info.Name} lies outside the arena.", nameof(infos));
            TensorView<T> view = new(info, arena, gate);
            if (!table.TryAdd(info.Name, view))
                throw new ArgumentException($"Two tensors are called {info.Name}.", nameof(infos));
            views.Add(view);
        }
        return views;
    }
}
