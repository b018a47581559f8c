using Xunit;

namespace OptDsl.Tests.SameBits;

/// <summary>
/// One training, one hash, wherever it runs. Whoever changes what a model computes changes the hash: then
/// <c>dotnet run -c Release --project tests/OptDsl.Benchmarks -- hash</c> prints the new one, and the commit says why.
/// </summary>
public class RecordedHashTests
{
    const string Recorded = """
        float  79834c9c81b92f92ba810483d1cb4e017e6833e2aea0c7a70737f4e5bad4b768
        double 71ed04604ec3ca59f799f1e092719e7e3f6c5b102afac0e0e215ec89c9c01d3c

        """;

    [Theory]
    [InlineData("")]
    [InlineData("DOTNET_EnableAVX512=0")]
    [InlineData("DOTNET_EnableAVX2=0")]
    [InlineData("DOTNET_EnableHWIntrinsic=0")]
    [InlineData("DOTNET_PreferredVectorBitWidth=128")]
    [InlineData("DOTNET_TieredCompilation=0")]
    [InlineData("DOTNET_TieredPGO=0")]
    public void TheSameBits(string setting)
    {
        string[] parts = setting.Split('=');
        (string, string)[] environment = setting.Length == 0 ? [] : [(parts[0], parts[1])];
        Assert.Equal(Recorded, Hash("1", environment));
    }

    [Theory]
    [InlineData("2")]
    [InlineData("3")]
    public void TheSameBitsOnSeveralThreads(string threads) => Assert.Equal(Recorded, Hash(threads));

    static string Hash(string threads, params (string, string)[] environment) =>
        Tool.Dotnet(AppContext.BaseDirectory, ["OptDsl.Benchmarks.dll", "hash", "--threads", threads], environment);
}
