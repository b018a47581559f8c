namespace OptDsl.Fuzz;

/// <summary>The words of emitted text, one after the other; comments are none.</summary>
sealed class Reader(IReadOnlyList<string> words, int at = 0)
{
    static readonly string[] pairs = ["::", "++", "+=", "<=", "==", "!=", "&&", "||", "=>"];

    public int At { get; private set; } = at;

    public bool IsAtEnd => At == words.Count;

    public static Reader Of(string text)
    {
        var words = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            if (char.IsWhiteSpace(text[i])) i++;
            else if (text.AsSpan(i).StartsWith("//")) i = End(text, i, c => c != '\n');
            else
            {
                i = char.IsLetter(text[i]) || text[i] is '_' or '@' ? End(text, i + 1, c => char.IsLetterOrDigit(c) || c == '_')
                    : char.IsDigit(text[i]) ? Number(text, i)
                    : text[i] == '"' ? Quoted(text, i)
                    : i + 1 < text.Length && Array.Exists(pairs, p => p[0] == text[i] && p[1] == text[i + 1]) ? i + 2
                    : i + 1;
                words.Add(text[start..i]);
            }
        }
        return new(words);
    }

    /// <summary>The same words from another place on.</summary>
    public Reader From(int place) => new(words, place);

    public string Peek(int ahead = 0) => At + ahead < words.Count ? words[At + ahead] : "";

    public string Take() => At < words.Count ? words[At++] : throw Strange("the end");

    public bool Takes(string word)
    {
        if (Peek() != word) return false;
        At++;
        return true;
    }

    public Reader Expect(params ReadOnlySpan<string> expected)
    {
        foreach (var word in expected) if (!Takes(word)) throw Strange(Peek());
        return this;
    }

    /// <summary>Goes behind the bracket that closes the one here; returns where it opens.</summary>
    public int Skip()
    {
        var start = At;
        var depth = 0;
        do
        {
            var word = Take();
            if (word is "{" or "(" or "[") depth++;
            else if (word is "}" or ")" or "]") depth--;
        }
        while (depth > 0);
        return start;
    }

    /// <summary>What this reader does not know is a fault of the text, or a word that it must learn.</summary>
    public FormatException Strange(string word) => new($"cannot read '{word}' in: {string.Join(' ', words.Skip(Math.Max(0, At - 12)).Take(24))}");

    static int End(string text, int i, Func<char, bool> inside)
    {
        while (i < text.Length && inside(text[i])) i++;
        return i;
    }

    static int Number(string text, int i)
    {
        i = End(text, i, char.IsDigit);
        if (i < text.Length && text[i] == '.') i = End(text, i + 1, char.IsDigit);
        if (i < text.Length && text[i] == 'E') i = End(text, i + 2, char.IsDigit);
        return i < text.Length && text[i] == 'f' ? i + 1 : i;
    }

    static int Quoted(string text, int i)
    {
        for (i++; text[i] != '"'; i++) if (text[i] == '\\') i++;
        return i + 1;
    }
}
