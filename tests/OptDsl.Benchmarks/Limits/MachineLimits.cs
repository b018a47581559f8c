using OptDsl.Runtime;

namespace OptDsl.Benchmarks;

/// <summary>The loops that bound a training step on this machine, at the vector width that learners use.</summary>
sealed class MachineLimits : IDisposable
{
    readonly Arena<float> blocks, arrays;

    MachineLimits(Arena<float> blocks, Arena<float> arrays, IReadOnlyList<Limit> functions) => (this.blocks, this.arrays, this.functions) = (blocks, arrays, functions);

    public required Limit Product { get; init; }

    /// <summary>The functions that products do not bound.</summary>
    public static IReadOnlyList<Primitive> Functions { get; } = [Primitive.Tanh, Primitive.Exp, Primitive.Log, Primitive.Sigmoid, Primitive.Softplus, Primitive.NormalCdf];

    readonly IReadOnlyList<Limit> functions;

    /// <summary>How long one takes for a number.</summary>
    public Limit Function(Primitive function) => functions[Functions.ToList().IndexOf(function)];

    public required Limit RootAndQuotient { get; init; }

    public required Limit Quotient { get; init; }

    public required Limit Stream { get; init; }

    public IEnumerable<Limit> All => [Product, .. functions, RootAndQuotient, Quotient, Stream];

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
        Limit[] functions = [Function<TanhFunction<V>>("tanh"), Function<ExpFunction<V>>("exp"), Function<LogFunction<V>>("log"), Function<SigmoidFunction<V>>("sigmoid"), Function<SoftplusFunction<V>>("softplus"), Function<NormalCdfFunction<V>>("normal cdf")];
        return new(blocks, arrays, functions)
        {
            Product = Limit.Of($"multiply-add, {32 * V.Count} bits", "FLOP", MultiplyAdds<V>.Flops, threads, new MultiplyAdds<V>(to)),
            RootAndQuotient = Function<RootAndQuotient<V>>("square root and division"),
            Quotient = Function<Quotient<V>>("division"),
            Stream = Limit.Of($"{update} without arithmetic", "parameters", (double)length * stream.Repeats / threads, threads, stream),
        };
    }
}
