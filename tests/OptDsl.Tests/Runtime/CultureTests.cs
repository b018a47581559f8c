using System.Globalization;
using Xunit;

namespace OptDsl.Tests.Runtime;

public sealed class CultureTests
{
    [Fact]
    public void Text_and_files_are_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        HashSet<string> texts = [];
        try
        {
            foreach (string name in new[] { "", "sv-SE", "tr-TR", "ar-SA", "fa-IR", "de-DE", "th-TH" })
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
                texts.Add(Everything());
            }
        }
        finally { CultureInfo.CurrentCulture = before; }
        Assert.Single(texts);
        Assert.Contains("step 1000  loss -0.1235", texts.Single(), StringComparison.Ordinal);
    }

    static string Everything()
    {
        using var learner = Linear.New(seed: 123456789);
        using var folder = new TemporaryFolder();
        learner.Learn(new Batch(1, new float[2], new float[1]));
        learner.Save(folder["a.safetensors"]);
        using var counting = Counting.New();
        Exception outOfRange = Record.Exception(() => counting.Learn(new OptDsl.Runtime.Columns().Add([-1])));
        return string.Join('\n', learner.Summary, learner["dense1.weights"], new TrainStep(1000, -0.12345, 1, default), new NonFiniteLossException(-1, double.NegativeInfinity).Message,
            outOfRange.Message, Convert.ToBase64String(File.ReadAllBytes(folder["a.safetensors"])));
    }
}
