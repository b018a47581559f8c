using OptDsl.Runtime;

namespace OptDsl.Benchmarks;

/// <summary>The loops that bound a training step on this machine, at the vector width that learners use.</summary>
sealed class MachineLimits : IDisposable
{
    readonly Arena<float> blocks, arrays;

    MachineLimits(Arena<float> blocks, Arena<float> arrays) => (this.blocks, this.arrays) = (blocks, arrays);

    public required Limit Product { get; init; }

    public required Limit Tanh { get; init; }

    public required Limit Exp { get; init; }

    public required Limit RootAndQuotient { get; init; }

    public required Limit Quotient { get; init; }

    public required Limit Stream { get; init; }

    public IEnumerable<Limit> All => [Product, Tanh, Exp, RootAndQuotient, Quotient, Stream];

    /// <summary>The limits of updating so many parameters, and of the functions, on some threads.</summary>
    public static MachineLimits For(int threads, int parameters, UpdateKind update) => VectorWidths.Resolve(VectorWidth.Auto) switch
    {
        VectorWidth.Bits512 => At<Vec512<float>>(threads, parameters, update),
        VectorWidth.Bits256 => At<Vec256<float>>(threads, parameters, update),
        VectorWidth.Bits128 => At<Vec128<float>>(threads, parameters, update),
        _ => At<Vec1<float>>(threads, parameters, update),
    };

    public void Dispose()
    {
        blocks.Dispose();
        arrays.Dispose();
    }

    static MachineLimits At<V>(int threads, int parameters, UpdateKind update) where V : unmanaged, IVector<V, float>
    {
        const int Block = Elementwise<V, ExpFunction<V>>.Length, Count = Elementwise<V, ExpFunction<V>>.Count;
        nint length = (parameters + 64 * threads - 1) / (64 * threads) * (64 * threads);
        // The arrays begin at different places within a page: equal ones would contend for the same lines of the cache.
        nint distance = (length + 1023) / 1024 * 1024 + 80;
        var blocks = new Arena<float>(2L * threads * Block);
        var arrays = new Arena<float>(4L * distance);
        blocks.At(0).Span((int)blocks.Length).Fill(0.7f);
        Buffer<float> from = blocks.At(0), to = blocks.At(threads * Block);
        var stream = new Streams<V>(arrays.At(0), length, distance, threads, update);
        Limit Function<F>(string name) where F : struct, IFunction<V> => Limit.Of(name, "elements", Count, threads, new Elementwise<V, F>(from, to));
        return new(blocks, arrays)
        {
            Product = Limit.Of($"multiply-add, {32 * V.Count} bits", "FLOP", MultiplyAdds<V>.Flops, threads, new MultiplyAdds<V>(to)),
            Tanh = Function<TanhFunction<V>>("tanh"),
            Exp = Function<ExpFunction<V>>("exp"),
            RootAndQuotient = Function<RootAndQuotient<V>>("square root and division"),
            Quotient = Function<Quotient<V>>("division"),
            Stream = Limit.Of($"{update} without arithmetic", "parameters", (double)length * stream.Repeats / threads, threads, stream),
        };
    }
}
