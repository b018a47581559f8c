// Arrays, lists, tuples, ranges, LINQ.

partial class Arrays
{
    [Compile]
    static Model Model
    {
        get
        {
            int[] a = [1, 2, 3];
            var b = new double[4];
            for (var i = 0; i < b.Length; i++) b[i] = i * 0.5;
            b[^1] += 10;
            var grid = new int[2, 3] { { 1, 2, 3 }, { 4, 5, 6 } };
            grid[1, 2] *= 2;
            int[][] jagged = [[1], [2, 3], []];
            jagged[2] = [.. jagged[1], .. a[1..]];
            (a[0], a[2]) = (a[2], a[0]);
            var sum = 0;
            foreach (var g in grid) sum += g;
            double[] all = [.. b, .. a, sum, grid.GetLength(0), grid.Length, jagged.Length, jagged[2].Length, jagged[^1][^1], Array.IndexOf(a, 2), .. b[..2], .. b[^2..]];
            return Square(Parameter(all)).Sum().Minimize(Sgd(0.1));
        }
    }
}

partial class Lists
{
    [Compile]
    static Model Model
    {
        get
        {
            var list = new List<Expr> { Input(3, "a"), Input(3, "b") };
            list.Add(list[0] * list[^1]);
            list.Insert(0, list[2] + 1);
            List<int> widths = [4, 5, .. Enumerable.Range(6, 2)];
            widths.RemoveAt(1);
            widths.Reverse();
            var stack = new Stack<int>(widths);
            var queue = new Queue<int>();
            while (stack.Count > 1) queue.Enqueue(stack.Pop());
            var x = list.Aggregate((p, q) => p + q);
            while (queue.TryDequeue(out var width)) x = x.Dense(width);
            IReadOnlyList<int> fixedList = widths;
            var names = new Dictionary<string, int> { { "out", 2 } };
            names["in"] = fixedList.Count;
            foreach (var (key, value) in names) x = x.Dense(value).Named(key);
            return x.Dense(names.ContainsKey("nope") ? 1 : names["in"]).Loss(SquaredError).Minimize(Sgd(0.1));
        }
    }
}

partial class Tuples
{
    static (int Units, Func<Expr, Expr> Activation) Pick(int i) => i % 2 == 0 ? (3 + i, Relu) : (3 - i, Tanh);

    static (double Mean, double Deviation) Stats(params double[] v)
    {
        var mean = v.Average();
        return (mean, Math.Sqrt(v.Select(x => (x - mean) * (x - mean)).Average()));
    }

    [Compile]
    static Model Model
    {
        get
        {
            var x = Input(2);
            for (var i = 0; i < 3; i++)
            {
                var (units, activation) = Pick(i);
                x = activation(x.Dense(units));
            }
            var s = Stats(1, 2, 4);
            (double, double) other = (1, 2);
            var big = (1, 2, 3, 4, 5, 6, 7, Eight: 8, Nine: 9.5);
            big.Eight += 2;
            var (first, _, _, _, _, _, _, eight, nine) = big;
            var equal = (1, "a") == (1, "a") && s != other;
            var nested = (A: (B: 1, C: 2), D: 3);
            nested.A.C = 20;
            var ((b, c), d) = nested;
            (double wide, Expr symbol, _) = (3, 2.5, 1);
            foreach (var (p, (q, _)) in new[] { (1, (2, 'c')) }) wide += p * q;
            x = symbol * x;
            return (x.Loss(SquaredError) + Square(Parameter([wide, s.Mean, s.Deviation, first, eight, nine, equal ? 1 : 0, b, c, d, other.Item2])).Sum()).Minimize(Sgd(0.1));
        }
    }
}

partial class Queries
{
    sealed record Spec(string Name, int Units, bool Used = true);

    static readonly Spec[] specs = [new("b", 4), new("a", 3), new("c", 9, false), new("d", 2)];

    [Compile]
    static Model Model
    {
        get
        {
            var used = from s in specs where s.Used orderby s.Units descending select new { s.Name, Double = s.Units * 2 };
            var x = used.Aggregate(Input(2), (y, s) => y.Dense(s.Double).Named(s.Name));
            var numbers = specs.Where((s, i) => i != 1).Select((s, i) => s.Units * (i + 1.0)).Concat([specs.Max(s => s.Units), specs.Count(s => s.Used)])
                .Append(specs.First(s => s.Name == "d").Units).Zip(Enumerable.Repeat(0.5, 100), (a, b) => a * b).ToList();
            var groups = specs.GroupBy(s => s.Used).ToDictionary(g => g.Key, g => g.Sum(s => s.Units));
            numbers.AddRange([groups[true], groups[false], specs.Any(s => s.Units > 8) ? 1 : 0, specs.All(s => s.Used) ? 1 : 0]);
            var pairs = from a in Enumerable.Range(0, 3) from b in Enumerable.Range(0, a) let c = a * b where c != 1 select c;
            numbers.AddRange(pairs.Select(p => (double)p).OrderBy(p => -p).Take(2).Reverse().Distinct());
            return (x.Loss(SquaredError) + Square(Parameter(numbers.ToArray())).Sum()).Minimize(Sgd(0.1));
        }
    }
}

partial class Indexing
{
    [Compile]
    static Model Model
    {
        get
        {
            var w = Parameter(start: [1, 2, 3, 4, 5, 6]);
            var last = w[^1];
            var middle = w[1..^2];
            var range = 1..3;
            Index index = ^2;
            return (last * w[index] + middle.Sum() + w[range].Sum() + w[..2][1] + w.Length * w[0]).Minimize(Sgd(0.1));
        }
    }
}

partial class Texts
{
    static string Path(params string[] parts) => string.Join("_", parts);

    [Compile]
    static Model Model
    {
        get
        {
            var x = Input(3, name: "in" + 1);
            for (var i = 0; i < 3; i++)
            {
                var name = i switch { 0 => $"layer{i:D2}", 1 => Path("x", i.ToString(), $"{true}", string.Concat("a", 'b', 3)), _ => "LONG".ToLowerInvariant().Substring(1, 2).PadLeft(4, 'z').Replace("z", "q") + new string('y', 2) };
                x = x.Dense(name.Length).Named(name);
            }
            var text = "one,two,,three";
            var parts = text.Split(',', StringSplitOptions.RemoveEmptyEntries);
            var count = parts.Count(p => p.Contains('e')) + text.IndexOf('t') + (string.IsNullOrEmpty("") ? 1 : 0) + (text[..3] == "one" ? 10 : 0) + (text is [.., 'e'] ? 100 : 0);
            return x.Dense(parts.Length).Loss(SquaredError).Minimize(Sgd(count / 1000.0));
        }
    }
}
