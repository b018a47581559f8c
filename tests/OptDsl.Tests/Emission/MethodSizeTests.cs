using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using OptDsl.Compiler;
using OptDsl.Scripting;
using Xunit;
using static OptDsl.Dsl;

namespace OptDsl.Tests.Emission;

/// <summary>
/// The JIT gives a method up, and makes code several times slower, above 60,000 bytes of IL, 20,000 instructions, 2,000 locals, 2,000 basic
/// blocks or 8,000 uses of locals. No emitted method has more than half of that, however deep the network.
/// </summary>
public class MethodSizeTests
{
    static readonly Dictionary<string, Model> models = new()
    {
        ["200 layers"] = Enumerable.Range(0, 200).Aggregate(Input(16), (x, i) => x.Dense(16).Tanh()).Dense(3).Loss(SoftmaxCrossEntropy).Minimize(Adam(1e-3)),
        ["200 widths"] = Enumerable.Range(0, 200).Aggregate(Input(16), (x, i) => x.Dense(3 + i).Tanh()).Dense(3).Loss(SoftmaxCrossEntropy).Minimize(Adam(1e-3)),
        ["a chain of 400 functions"] = Enumerable.Range(0, 400).Aggregate(Input(16) * Parameter([16], Init.One), (x, i) => i % 2 == 0 ? x + 0.1 * Tanh(x) : x * Sigmoid(x)).Loss(SquaredError).Minimize(Adam(1e-3)),
        ["400 numbers"] = Enumerable.Range(0, 400).Aggregate(Parameter(0.5), (x, i) => i % 2 == 0 ? Sin(x) + 0.1 * i : x * Cos(x)).Minimize(Adam(1e-3)),
        ["50 positions"] = Input([50, 2]).Gru(16)[49].Dense(1).Loss(SquaredError).Minimize(Adam(1e-3)),
        ["transformer"] = Enumerable.Range(0, 12).Aggregate(IntegerInput("tokens", [16]).Embedding(20, 32), (x, i) => Block(x)).Dense(20).Loss(SoftmaxCrossEntropy).Minimize(ClipByGlobalNorm(1).Then(AdamW(1e-3))),
        ["a pool of 8 × 8"] = Tanh(Input([8, 8, 1]).Conv2D(2, 1)).MaxPool2D(8).Flatten().Loss(SquaredError).Minimize(Sgd(0.1)),
        ["a pool of 16 × 16"] = Tanh(Input([16, 16, 1]).Conv2D(2, 1)).MaxPool2D(16).Flatten().Loss(SquaredError).Minimize(Sgd(0.1)),
        ["a long rule"] = Input(8).Dense(4).Loss(SquaredError).Minimize(Enumerable.Range(0, 50).Aggregate(Rule.Identity, (r, i) => r.Then(Momentum(0.9 + 0.001 * i, 0.5)))),
    };

    public static TheoryData<string> Names => [.. models.Keys];

    [Theory, MemberData(nameof(Names))]
    public void No_method_is_larger_than_half_of_what_is_optimised(string name)
    {
        var image = RoslynHost.Compile(ModelCompiler.Emit(models[name], new ClassTarget("Sizes", [], "Model", "class", Precision.Single)));
        Assert.All(Methods(image), size => Assert.True(size is { Bytes: <= 30_000, Instructions: <= 10_000, Locals: <= 1_000, Uses: <= 4_000, Branches: <= 1_000 }, size.ToString()));
    }

    [Fact]
    public void A_large_method_is_seen()
    {
        var body = string.Concat(Enumerable.Range(0, 3000).Select(i => $"long x{i} = y * {i}; if (x{i} > 5) y += x{i} * x{i};\n"));
        var size = Methods(RoslynHost.Compile($"static class Large {{ public static long Of(long y) {{ {body} return y; }} }}")).MaxBy(m => m.Bytes)!;
        Assert.True(size is { Bytes: > 30_000, Instructions: > 10_000, Uses: > 4_000, Branches: > 1_000 }, size.ToString());
    }

    static Expr Block(Expr x)
    {
        x += x.LayerNorm().Attention(2, causal: true);
        return x + x.LayerNorm().Dense(64).Gelu().Dense(32);
    }

    sealed record Size(string Name, int Bytes, int Instructions, int Locals, int Uses, int Branches);

    static List<Size> Methods(byte[] image)
    {
        using var file = new PEReader(new MemoryStream(image));
        var reader = file.GetMetadataReader();
        return [.. reader.MethodDefinitions.Select(reader.GetMethodDefinition).Where(m => m.RelativeVirtualAddress != 0)
            .Select(m => Measure(reader.GetString(m.Name), file.GetMethodBody(m.RelativeVirtualAddress), reader))];
    }

    static Size Measure(string name, MethodBodyBlock body, MetadataReader reader)
    {
        var locals = 0;
        if (!body.LocalSignature.IsNil)
        {
            var signature = reader.GetBlobReader(reader.GetStandaloneSignature(body.LocalSignature).Signature);
            signature.ReadSignatureHeader();
            locals = signature.ReadCompressedInteger();
        }
        var il = body.GetILReader();
        int instructions = 0, uses = 0, branches = 0;
        for (; il.RemainingBytes > 0; instructions++)
        {
            var first = il.ReadByte();
            var code = codes[first == 0xFE ? (short)(0xFE00 | il.ReadByte()) : first];
            if (code.Name!.Contains("loc", StringComparison.Ordinal) || code.Name.Contains("arg", StringComparison.Ordinal)) uses++;
            if (code.FlowControl is FlowControl.Cond_Branch or FlowControl.Branch) branches++;
            var length = code.OperandType == OperandType.InlineSwitch ? 4 * il.ReadInt32() : Length(code.OperandType);
            il.Offset += length;
        }
        return new(name, body.GetILBytes()!.Length, instructions, locals, uses, branches);
    }

    static int Length(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };

    static readonly Dictionary<short, OpCode> codes = typeof(OpCodes).GetFields().Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => c.Value);
}
