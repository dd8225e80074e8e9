using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Nonsmooth.Bench.Claims;

/// <summary>Reads and writes <c>bench/claims.json</c>, and puts figures into sentences and onto the page.</summary>
internal static partial class ClaimText
{
    private static readonly JsonSerializerOptions _form = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        RespectRequiredConstructorParameters = false,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The claims of a file.</summary>
    public static ClaimFile Read(string path) => JsonSerializer.Deserialize<ClaimFile>(File.ReadAllText(path), _form)
        ?? throw new JsonException($"{path} is empty");

    /// <summary>The file as it is kept.</summary>
    public static string Json(ClaimFile file) => JsonSerializer.Serialize(file, _form) + "\n";

    /// <summary>A sentence with its figures.</summary>
    /// <exception cref="KeyNotFoundException">It names a claim that is not there, or a field that has no figure.</exception>
    public static string Filled(Saying saying, ClaimFile file) => Figure().Replace(saying.Text, m =>
    {
        var claim = file.Claims.FirstOrDefault(c => Word(c) == m.Groups[1].Value) ?? throw new KeyNotFoundException($"{saying.In}: no claim '{m.Groups[1].Value}'");
        double value = Field(claim.Measured, m.Groups[2].Value) ?? throw new KeyNotFoundException($"{saying.In}: {claim.Id} has no '{m.Groups[2].Value}'");
        return value.ToString(m.Groups[3].Value, CultureInfo.InvariantCulture);
    });

    /// <summary>The claims that a sentence states.</summary>
    public static IEnumerable<string> Named(Saying saying) => Figure().Matches(saying.Text).Select(m => m.Groups[1].Value);

    /// <summary>The page of all claims, as Markdown.</summary>
    public static string Page(ClaimFile file)
    {
        var places = file.Sayings.SelectMany(s => Named(s).Select(id => (id, s.In))).Distinct().ToLookup(s => s.id, s => s.In);
        var lines = new List<string>
        {
            "# Benchmarks",
            "",
            "Every figure of speed that README and these pages state, and some that they do not: ours beside a peer's, both taken in one run, by turns. A ratio is our time to the",
            "peer's, the median over rounds with their range: below 1 we are faster. Machines are shared and noisy, so read ratios and not times.",
            "",
            "This page is `Nonsmooth.Bench claims`, made of [bench/claims.json](../bench/claims.json); a test holds it and the sentences to that file. `Nonsmooth.Bench claims",
            "--measure` runs the verbs again and sets what it finds beside; `--write` keeps it. Protocols, tables in full and what was found on the way are in",
            "[bench/RESULTS.md](../bench/RESULTS.md).",
            "",
            string.Create(CultureInfo.InvariantCulture, $"{file.Claims.Count} figures; of {file.Claims.Count(c => c.Goal is not null)} with a goal {file.Claims.Count(IsMet)} meet it."),
        };
        foreach (var verb in file.Claims.GroupBy(c => c.Verb.Split(' ')[0]))
        {
            lines.AddRange(["", $"## `{verb.Key}`", "", "| what | ours | peer's | peer | ratio (range) | goal | said in |", "|---|---:|---:|---|---:|---|---|"]);
            lines.AddRange(verb.Select(c => Row(c, places[Word(c)])));
            lines.Add("");
            lines.Add(string.Join(' ', verb.GroupBy(c => $"{c.Measured.Machine}; {c.Measured.Conditions}; {c.Measured.Date}.", c => $"`{c.Verb}`").Select(g => $"{string.Join(", ", g.Distinct())}: {g.Key}")));
        }

        return string.Join('\n', lines) + "\n";
    }

    private static string Row(Claim claim, IEnumerable<string> places)
    {
        var m = claim.Measured;
        string range = m.Low is { } low && m.High is { } high ? $" ({Digits(low)}–{Digits(high)})" : "";
        string goal = claim.Goal is not { } most ? "" : IsMet(claim) ? $"≤ {Digits(most)}" : $"≤ {Digits(most)}: **missed**";
        string said = string.Join(", ", places.Select(p => $"[{Path.GetFileName(p)}]({(p.StartsWith("docs/", StringComparison.Ordinal) ? p["docs/".Length..] : $"../{p}")})"));
        return $"| {claim.What} | {Amount(m.Ours)} | {Amount(m.Theirs)} | {claim.Peer} | {(m.Ratio is { } ratio ? Digits(ratio) : "")}{range} | {goal} | {said} |";

        string Amount(double? value) => value is { } v ? $"{Digits(v)} {claim.Unit}" : "";
    }

    // A sentence names a claim in one word.
    private static string Word(Claim claim) => claim.Id.Replace(' ', '_');

    private static bool IsMet(Claim claim) => claim.Goal is { } goal && claim.Measured.Ratio <= goal;

    // Three digits, and no exponent up to a million.
    private static string Digits(double value)
    {
        double rounded = value == 0 ? 0 : Math.Round(value, Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 15));
        return rounded.ToString("#,0.###############", CultureInfo.InvariantCulture);
    }

    private static double? Field(Measurement m, string name) => name switch
    {
        "ours" => m.Ours,
        "theirs" => m.Theirs,
        "ratio" => m.Ratio,
        "faster" => 1 / m.Ratio,
        "low" => m.Low,
        "high" => m.High,
        _ => throw new KeyNotFoundException($"no field '{name}'"),
    };

    [GeneratedRegex(@"\{(\S+) (\w+) (\S+)\}")]
    private static partial Regex Figure();
}
