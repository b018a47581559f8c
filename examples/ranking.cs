#:package System.CommandLine
// Learns what to recommend from what people chose, without a single rating: a tower for users and one for items, whose weights the chosen item and
// one that was not chosen share, put the first above the second. Rendle et al. 2009, https://arxiv.org/abs/1205.2618
//   dotnet run examples/ranking.cs
// Writes ranking.svg into the current folder.

using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using OptDsl;
using static OptDsl.Dsl;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Option<int> epochs = new("--epochs") { Description = "Times through the choices", DefaultValueFactory = _ => 20 };
Option<long> seed = new("--seed") { Description = "Of the first values, the order and the items compared with", DefaultValueFactory = _ => 1 };
Option<string?> data = new("--data") { Description = "File with a user and an item (two numbers, more is ignored) in each line [default: choices drawn by the program]" };
epochs.Validators.Add(given => { if (given.Tokens is [var one] && int.TryParse(one.Value, out var n) && n < 1) given.AddError("--epochs is at least 1."); });
var command = new RootCommand("Learns what to recommend.") { epochs, seed, data };
command.SetAction(given =>
{
    try
    {
        Run(given.GetValue(epochs), given.GetValue(seed), given.GetValue(data));
        return 0;
    }
    catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(fault.Message);
        return 1;
    }
});
return command.Parse(args).Invoke();

static void Run(int epochs, long seed, string? file)
{
    var choices = file is null ? Choices.Draw() : Choices.Read(file);
    Console.WriteLine($"{choices.Source}: {choices.Train.Length:N0} to learn from, {choices.HeldOut.Length:N0} held out, of {choices.Users:N0} users and {choices.Items:N0} items\n");
    var (random, popularity) = (new Random((int)seed), new float[choices.Items]);
    foreach (var (_, item) in choices.Train) popularity[item]++;
    var byPopularity = choices.Ranked(_ => popularity);

    using var ranking = new Ranking(seed, maxBatch: 500);
    var (curve, learned) = (new LossCurve(), (Auc: 0.0, HitRate: 0.0));
    int[] users = [.. choices.Train.Select(choice => choice.User)];
    Console.WriteLine("epoch    loss     AUC  hit rate@10  seconds");
    for (var epoch = 0; epoch < epochs; epoch++)
    {
        var clock = Stopwatch.StartNew();
        int[] pairs = [.. choices.Train.SelectMany(choice => (int[])[choice.Item, choices.Unchosen(choice.User, random)])];
        var loss = ranking.Train(new Batch(users.Length, users, pairs).Shuffled(500, seed, epoch)).Report(curve).Average(step => step.Loss);
        learned = choices.Ranked(user => Scores(ranking, user, choices.Items));
        Console.WriteLine($"{epoch + 1,5}  {loss:F4}  {learned.Auc:F4}       {learned.HitRate:F4}  {clock.Elapsed.TotalSeconds,7:F2}");
    }

    curve.SaveSvg("ranking.svg", "One item above another");
    Console.WriteLine($"\n{curve}\nwrote ranking.svg into {Environment.CurrentDirectory}");
    Console.WriteLine($"hit rate@10 {learned.HitRate:F3} against popularity {byPopularity.HitRate:F3}");
    Console.WriteLine($"AUC {learned.Auc:F3} against popularity {byPopularity.Auc:F3}");
}

/// <summary>All items for one user, as they are given to the model: two by two.</summary>
static float[] Scores(Ranking ranking, int user, int items)
{
    var count = (items + 1) / 2;
    var scores = new float[2 * count];
    for (var first = 0; first < count; first += ranking.MaxBatch)
    {
        var some = Math.Min(ranking.MaxBatch, count - first);
        int[] users = [.. Enumerable.Repeat(user, some)], pairs = [.. Enumerable.Range(2 * first, 2 * some).Select(item => Math.Min(item, items - 1))];
        ranking.Predict(users, pairs, scores.AsSpan(2 * first, 2 * some));
    }
    return scores[..items];
}

// <declaration>
partial class Ranking
{
    public const int Users = 1_000, Items = 2_000;

    [Compile]
    static Model Model
    {
        get
        {
            Expr user = IntegerInput("user"), items = IntegerInput("items", [2]);                // chosen, not chosen
            var wish = user.Embedding(Users, 16, Init.Normal(0.1)).Named("user");                // [16]
            var offer = items.Embedding(Items, 16, Init.Normal(0.1)).Named("item");              // [2, 16]: a row each, from one table
            var score = (wish * offer).Sum(-1) + items.Embedding(Items, 1, Init.Zero).Reshape(2).Named("popularity");
            return score.Loss((s, _) => Softplus(s[1] - s[0])).Minimize(Adam(lr: 5e-3));
        }
    }
}
// </declaration>

/// <summary>Who chose what. The last choice of each user, in an order by chance, is held out.</summary>
sealed class Choices
{
    readonly HashSet<int>[] known;      // of each user, to learn from

    Choices(string source, IEnumerable<(int User, int Item)> choices)
    {
        (int User, int Item)[] all = [.. choices.Distinct()];
        new Random(0).Shuffle(all);
        Source = source;
        (Users, Items) = (all.Max(choice => choice.User) + 1, all.Max(choice => choice.Item) + 1);
        HeldOut = [.. all.GroupBy(choice => choice.User).Where(own => own.Count() > 1 && own.Count() < Items).Select(own => own.Last())];
        Train = [.. all.Except(HeldOut)];
        known = [.. Enumerable.Range(0, Users).Select(_ => new HashSet<int>())];
        foreach (var (user, item) in Train) known[user].Add(item);
    }

    public string Source { get; }

    public int Users { get; }

    public int Items { get; }

    public (int User, int Item)[] Train { get; }

    public (int User, int Item)[] HeldOut { get; }

    /// <summary>Thirty choices of each of 1,000 users among 500 items, the more likely, the more popular the item and the more alike both are in eight traits.</summary>
    public static Choices Draw()
    {
        const int Traits = 8;
        var random = new Random(0);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double[][] Drawn(int count) => [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, Traits).Select(_ => Normal()).ToArray())];
        double[][] users = Drawn(1_000), items = Drawn(500);
        // The k-th item is chosen as often as 1/k says. The largest of utilities with Gumbel's noise are choices one after the other, by softmax.
        double Utility(double[] user, int item) => user.Zip(items[item], (a, b) => a * b).Sum() / Math.Sqrt(Traits) * 2 - Math.Log(item + 1) - Math.Log(-Math.Log(1 - random.NextDouble()));
        return new("choices drawn by the program", users.SelectMany((user, u) => Enumerable.Range(0, items.Length)
            .Select(item => (Item: item, Utility: Utility(user, item))).OrderByDescending(item => item.Utility).Take(30).Select(item => (u, item.Item))));
    }

    /// <summary>Numbers of users and items are places in the tables, in the order in which they come.</summary>
    public static Choices Read(string file)
    {
        Dictionary<string, int> users = [], items = [];
        int Place(Dictionary<string, int> places, string name, int room, string what)
        {
            if (!places.TryGetValue(name, out var place)) places[name] = place = places.Count;
            return place < room ? place : throw new InvalidDataException($"{file}: more than {room:N0} {what}; make the table in Ranking larger.");
        }
        List<(int, int)> choices = [];
        foreach (var line in File.ReadLines(file))
            if (line.Split([' ', '\t', ',', ';'], StringSplitOptions.RemoveEmptyEntries) is [var user, var item, ..])
                choices.Add((Place(users, user, Ranking.Users, "users"), Place(items, item, Ranking.Items, "items")));
            else throw new InvalidDataException($"{file}: line {choices.Count + 1} is not a user and an item.");
        return choices.Count > 0 ? new(file, choices) : throw new InvalidDataException($"{file}: no choices.");
    }

    /// <summary>An item that a user did not choose, as far as the training knows: the one held out may be among them.</summary>
    public int Unchosen(int user, Random random)
    {
        for (; ; )
            if (random.Next(Items) is var item && !known[user].Contains(item)) return item;
    }

    /// <summary>Of all (held out, not chosen) pairs the part that scores put right, half of it for equal ones, the mean over the users; and how often fewer than ten are above.</summary>
    public (double Auc, double HitRate) Ranked(Func<int, float[]> scores)
    {
        var (auc, hits) = (0.0, 0.0);
        foreach (var (user, held) in HeldOut)
        {
            var own = scores(user);
            var (above, equal, others) = (0, 0, 0);
            for (var item = 0; item < Items; item++)
                if (item != held && !known[user].Contains(item))
                    (above, equal, others) = (above + (own[item] > own[held] ? 1 : 0), equal + (own[item] == own[held] ? 1 : 0), others + 1);
            auc += 1 - (above + equal / 2.0) / others;
            if (above + equal / 2.0 < 10) hits++;
        }
        return (auc / HeldOut.Length, hits / HeldOut.Length);
    }
}
