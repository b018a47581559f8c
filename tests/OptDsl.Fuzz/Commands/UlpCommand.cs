using System.CommandLine;
using System.Globalization;

namespace OptDsl.Fuzz;

/// <summary>The elementary functions of all floats: at most two units in the last place from the truth, and the same bits at every width.</summary>
static class UlpCommand
{
    const double Limit = 2;

    public static Command Command { get; } = Make();

    static Command Make()
    {
        var stride = new Option<long>("--stride") { Description = "Every so many-th of the 2^32 floats; a prime meets all exponents.", DefaultValueFactory = _ => 1 };
        var command = new Command("ulp", "The elementary functions of all floats against the truth, and at every vector width.") { stride };
        command.SetAction(given => Run(given.GetValue(stride), Console.Out));
        return command;
    }

    public static int Run(long stride, TextWriter to)
    {
        var (functions, wrong, count) = (0, 0, 0L);
        foreach (var scan in new Func<long, UlpResult>[]
        {
            UlpScan<Unaries.Exp>.Run, UlpScan<Unaries.Log>.Run, UlpScan<Unaries.Tanh>.Run, UlpScan<Unaries.Sigmoid>.Run,
            UlpScan<Unaries.Softplus>.Run, UlpScan<Unaries.NormalCdf>.Run, UlpScan<Unaries.Sin>.Run, UlpScan<Unaries.Cos>.Run,
        })
        {
            var found = scan(stride);
            var isWrong = !(found.Worst <= Limit) || found.Fault is not null;
            (functions, wrong, count) = (functions + 1, wrong + (isWrong ? 1 : 0), found.Count);
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{found.Name,-9} {found.Worst:F4} ulp at {found.At:R} (0x{BitConverter.SingleToUInt32Bits(found.At):x8})  {found.Fault}").TrimEnd());
        }
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{functions} functions of {count} floats at 4 widths, {wrong} wrong"));
        return wrong == 0 ? 0 : 1;
    }
}
