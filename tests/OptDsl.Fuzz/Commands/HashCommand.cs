using System.CommandLine;

namespace OptDsl.Fuzz;

/// <summary>One hash of a thousand random networks, recorded, the same in every environment.</summary>
static class HashCommand
{
    static readonly string[] environments = ["", "DOTNET_EnableAVX512=0", "DOTNET_EnableAVX2=0", "DOTNET_PreferredVectorBitWidth=128", "DOTNET_TieredCompilation=0"];

    public static Command Command { get; } = Make();

    static Command Make()
    {
        var everywhere = new Option<bool>("--everywhere") { Description = "In other processes: at each vector width, without FMA hardware, without tiers of the JIT." };
        var write = new Option<bool>("--write") { Description = "Records the hash: whoever changes what a model computes, or the random networks, says so with the commit." };
        var command = new Command("hash", "A thousand random networks in three steps as one hash, against the recorded one.") { everywhere, write };
        command.SetAction(given =>
        {
            if (given.GetValue(write)) RecordedHash.Write(RecordedHash.Now);
            return given.GetValue(everywhere) ? Everywhere() : Here();
        });
        return command;
    }

    static int Here()
    {
        var now = RecordedHash.Now;
        var isRecorded = now == RecordedHash.Text;
        Console.Write(now);
        Console.WriteLine($"{RecordedHash.All} networks, {(isRecorded ? "as recorded" : "not as recorded")}");
        return isRecorded ? 0 : 1;
    }

    static int Everywhere()
    {
        var others = 0;
        foreach (var environment in environments)
        {
            var printed = Itself.Run(["hash"], environment.Split('=') is [var name, var value] ? [(name, value)] : []);
            var isSame = printed.StartsWith(RecordedHash.Text, StringComparison.Ordinal);
            if (!isSame) others++;
            Console.WriteLine($"{(environment.Length == 0 ? "default" : environment),-38} {(isSame ? printed.Split('\n')[1] : printed)}");
        }
        Console.WriteLine($"{RecordedHash.All} networks in {environments.Length} environments, {others} not as recorded");
        return others == 0 ? 0 : 1;
    }
}
