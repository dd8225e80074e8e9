using System.Globalization;
using Nonsmooth.Settings;

namespace Nonsmooth.Training.Engine;

/// <summary>Reads the settings of runs that releases before 0.2 saved, whose keys were the names of properties.</summary>
internal static class EarlierRun
{
    private const string Mark = "data.train";
    private const string Augmentation = "augmentation";

    private const string Optimizer = "optimizer.";

    private static readonly Dictionary<string, string> _renamed = new()
    {
        [Mark] = TrainingSettings.TrainCount.Key, ["data.test"] = TrainingSettings.TestCount.Key, ["labelSmoothing"] = TrainingSettings.LabelSmoothing.Key,
        ["lossScale"] = TrainingSettings.Scale.Key, ["sameBits"] = TrainingSettings.SameBits.Key, ["lora.rank"] = TrainingSettings.LowRank.Key,
        ["lora.alpha"] = TrainingSettings.LowRankAlpha.Key, ["lora.dropout"] = TrainingSettings.LowRankDropout.Key, ["lora.on"] = TrainingSettings.LowRankOn.Key,
    };

    /// <summary>α of the adapters of a checkpoint's run; null without.</summary>
    public static string? LowRankAlpha(IReadOnlyDictionary<string, string> stored) =>
        stored.GetValueOrDefault(TrainingSettings.LowRankAlpha.Key) ?? stored.GetValueOrDefault("lora.alpha");

    /// <summary>The texts as this release writes them.</summary>
    /// <param name="stored">What a checkpoint has.</param>
    /// <param name="options">The run that is to go on, whose texts of what was not written then are taken.</param>
    /// <param name="now">Its texts.</param>
    public static IReadOnlyDictionary<string, string> Texts(IReadOnlyDictionary<string, string> stored, TrainingOptions options, IReadOnlyDictionary<string, string> now)
    {
        if (!stored.ContainsKey(Mark))
        {
            return stored;
        }

        var texts = stored.Where(s => s.Key is not ("lora.scale" or Augmentation)).ToDictionary(s => _renamed.GetValueOrDefault(s.Key) ?? Hyphened(s.Key), s => s.Value);
        foreach (string key in texts.Keys.Where(k => k.StartsWith(Optimizer, StringComparison.Ordinal)).ToList())
        {
            texts[key] = texts[key] is "" ? "none" : texts[key].ToLowerInvariant();
            if (!now.ContainsKey(key) && options.Optimizer.Facts().Any(f => $"{Optimizer}{f.Key}" == key))
            {
                texts.Remove(key);
            }
        }

        string drawn = stored.GetValueOrDefault(Augmentation, "none");
        texts[TrainingSettings.Flip.Key] = Ranges.Switch.Print(drawn.EndsWith("flip", StringComparison.Ordinal))!;
        texts[TrainingSettings.Crop.Key] = drawn.StartsWith("crop ", StringComparison.Ordinal) ? drawn.Split(' ', ',')[1] : "0";
        Replace(TrainingSettings.SameBits.Key, "True", "true");
        Replace(TrainingSettings.Precision.Key, options.Precision.ToString(), now[TrainingSettings.Precision.Key]);
        Replace(TrainingSettings.Batch.Key, options.BatchSize.ToString(CultureInfo.InvariantCulture), now[TrainingSettings.Batch.Key]);

        // What the schedule was made from was not written, but all that it came to.
        if (texts[TrainingSettings.Schedule.Key] == (options.Schedule?.ToString() ?? "none"))
        {
            foreach (string key in (string[])[TrainingSettings.Schedule.Key, TrainingSettings.Warmup.Key, TrainingSettings.Epochs.Key, TrainingSettings.Rate.Key])
            {
                Take(key, always: key != TrainingSettings.Rate.Key || options.Schedule is not null);
            }
        }

        Take(TrainingSettings.Tokens.Key, always: true);
        Take(TrainingSettings.ImageSize.Key, always: true);
        return texts;

        static string Hyphened(string key) => key.StartsWith(Optimizer, StringComparison.Ordinal)
            ? string.Concat(key.Select(c => char.IsUpper(c) ? $"-{char.ToLowerInvariant(c)}" : $"{c}"))
            : key;

        void Replace(string key, string old, string current)
        {
            if (texts.GetValueOrDefault(key) == old)
            {
                texts[key] = current;
            }
        }

        void Take(string key, bool always)
        {
            if (!always)
            {
                return;
            }

            texts.Remove(key);
            if (now.TryGetValue(key, out string? text))
            {
                texts[key] = text;
            }
        }
    }
}
