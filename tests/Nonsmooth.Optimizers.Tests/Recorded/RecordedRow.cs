using System.Globalization;
using System.Text.Json;

namespace Nonsmooth.Optimizers.Tests.Recorded;

/// <summary>How an optimizer of another library is spelled here.</summary>
/// <param name="Library">torch or optax.</param>
/// <param name="Theirs">Its name there.</param>
/// <param name="Rate">Its default rate.</param>
/// <param name="Keys">The settings that are understood, ours after &gt; where the name differs; commas part the numbers of a list.</param>
/// <param name="Ours">The name here and their defaults as our settings, which the recording's own settings then change.</param>
internal sealed record RecordedRow(string Library, string Theirs, double Rate, string Keys, Func<Recording, string> Ours)
{
    private static readonly string[] _ofTheStep = ["lr", "learning_rate", "clip_norm", "clip_value"];

    /// <summary>Without a reference in float64, as matrices have none here.</summary>
    public bool OnlySingle { get; init; }

    /// <summary>Tensors that are no matrices get no gradient.</summary>
    public bool OnlyMatrices { get; init; }

    public RecordedRow(string library, string theirs, double rate, string keys, string ours)
        : this(library, theirs, rate, keys, _ => ours)
    {
    }

    public string Name => $"{Library} {Theirs}";

    /// <summary>Whether a recording of this optimizer can be repeated here.</summary>
    public bool Compares(Recording recording) => !(OnlySingle && recording.IsDouble) && !recording.Settings.Keys.Any(RecordedLacking.Settings.ContainsKey);

    public double RateOf(Recording recording) => recording.Number("lr") ?? recording.Number("learning_rate") ?? Rate;

    public (OptimizerOptions Options, string Text) Options(Recording recording)
    {
        string[] words = Ours(recording).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var settings = words.Skip(1).Select(w => w.Split('=')).ToDictionary(w => w[0], w => w[1]);
        var keys = Keys.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(k => k.Split('>')).ToDictionary(k => k[0], k => k[^1].Split(','));
        foreach (var (key, value) in recording.Settings.Where(s => !_ofTheStep.Contains(s.Key)))
        {
            Assert.True(keys.TryGetValue(key, out var ours), $"{recording}: the row of {Name} does not say what {key} is here");
            var parts = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToArray() : [value];
            foreach (var (our, part) in ours.Where(o => o != "-").Zip(parts))
            {
                settings[our] = part.ValueKind is JsonValueKind.True or JsonValueKind.False ? part.GetRawText() : part.GetDouble().ToString("R", CultureInfo.InvariantCulture);
            }
        }

        var entry = OptimizerRegistry.Find(words[0]);
        var changed = settings.Where(s => entry.Settings.First(d => d.Key == s.Key).Print(entry.Defaults) != s.Value).Select(s => $"{s.Key}={s.Value}");
        return (entry.Configure(settings), string.Join(' ', changed.Prepend(entry.Name)));
    }
}
