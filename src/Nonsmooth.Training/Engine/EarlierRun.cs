using System.Globalization;
using Nonsmooth.Settings;
using Keys = Nonsmooth.Training.Engine.TrainingSettings;

namespace Nonsmooth.Training.Engine;

/// <summary>Reads the settings of runs from before settings were declared, whose keys were the names of properties.</summary>
internal static class EarlierRun
{
    private const string Mark = "data.train";
    private const string Augmentation = "augmentation";
    private const string Optimizer = "optimizer.";
    private const string Selection = "selection.";

    private static readonly Dictionary<string, string> _renamed = new()
    {
        [Mark] = Keys.TrainCount.Key, ["data.test"] = Keys.TestCount.Key, ["labelSmoothing"] = Keys.LabelSmoothing.Key, ["lossScale"] = Keys.Scale.Key,
        ["sameBits"] = Keys.SameBits.Key, ["lora.rank"] = Keys.LowRank.Key, ["lora.alpha"] = Keys.LowRankAlpha.Key, ["lora.dropout"] = Keys.LowRankDropout.Key,
        ["lora.on"] = Keys.LowRankOn.Key, ["reduceMaximumTies"] = "max-ties", ["cumulativeMaximumTies"] = "cummax-ties",
    };

    /// <summary>α of the adapters of a checkpoint's run; null without.</summary>
    public static string? LowRankAlpha(IReadOnlyDictionary<string, string> stored) =>
        stored.GetValueOrDefault(Keys.LowRankAlpha.Key) ?? stored.GetValueOrDefault("lora.alpha");

    /// <summary>The texts as this release writes them.</summary>
    /// <param name="stored">What a checkpoint has.</param>
    /// <param name="options">The run that is to go on.</param>
    /// <param name="now">Its texts, which are taken for what was not written then.</param>
    public static IReadOnlyDictionary<string, string> Texts(IReadOnlyDictionary<string, string> stored, TrainingOptions options, IReadOnlyDictionary<string, string> now)
    {
        // The fields of an example were the input before there was a setting of that name.
        if (!stored.ContainsKey(RunConfiguration.FieldsKey))
        {
            stored = stored.ToDictionary(s => s.Key == Keys.Inputs.Key ? RunConfiguration.FieldsKey : s.Key, s => s.Value);
        }

        if (!stored.ContainsKey(Mark))
        {
            return stored;
        }

        var texts = stored.Where(s => s.Key is not ("lora.scale" or Augmentation)).ToDictionary(s => Renamed(s.Key), s => s.Value);
        foreach (string key in texts.Keys.Where(k => k.StartsWith(Optimizer, StringComparison.Ordinal)).ToList())
        {
            texts[key] = key == $"{Optimizer}groups" ? "(not written by the release that saved it)" : texts[key] is "" ? "none" : char.IsLetter(texts[key][0]) ? texts[key].ToLowerInvariant() : texts[key];
            if (!now.ContainsKey(key) && options.Optimizer.TryFind(key[Optimizer.Length..]) is not null)
            {
                texts.Remove(key);
            }
        }

        string[] nodes = [.. texts.Keys.Where(k => k.StartsWith(Selection, StringComparison.Ordinal) && k.LastIndexOf('.') > Selection.Length).Select(k => k[Selection.Length..k.LastIndexOf('.')]).Distinct()];
        if (nodes.Length > 0)
        {
            texts[RunConfiguration.NodesKey] = string.Join(", ", nodes.Order(StringComparer.Ordinal));
        }

        string drawn = stored.GetValueOrDefault(Augmentation, "none");
        texts[Keys.Flip.Key] = Ranges.Switch.Print(drawn.EndsWith("flip", StringComparison.Ordinal))!;
        texts[Keys.Crop.Key] = drawn.StartsWith("crop ", StringComparison.Ordinal) ? drawn.Split(' ', ',')[1] : "0";
        Replace(Keys.SameBits.Key, "True");
        Replace(Keys.Precision.Key, options.Precision.ToString());
        Replace(Keys.Batch.Key, options.BatchSize.ToString(CultureInfo.InvariantCulture));
        Take(Keys.Tokens.Key);
        Take(Keys.ImageSize.Key);

        // What a schedule was made from was not written, but all that it came to.
        if (texts[Keys.Schedule.Key] == (options.Schedule?.ToString() ?? "none"))
        {
            Take(Keys.Schedule.Key);
            Take(Keys.Warmup.Key);
            Take(Keys.Epochs.Key);
            if (options.Schedule is not null)
            {
                Take(Keys.Rate.Key);
            }
        }

        return texts;

        void Replace(string key, string old)
        {
            if (texts.GetValueOrDefault(key) == old)
            {
                Take(key);
            }
        }

        void Take(string key)
        {
            texts.Remove(key);
            if (now.TryGetValue(key, out string? text))
            {
                texts[key] = text;
            }
        }
    }

    private static string Renamed(string key)
    {
        if (!key.StartsWith(Optimizer, StringComparison.Ordinal) && !key.StartsWith(Selection, StringComparison.Ordinal))
        {
            return _renamed.GetValueOrDefault(key, key);
        }

        int name = key.LastIndexOf('.') + 1;
        return key[..name] + (_renamed.GetValueOrDefault(key[name..]) ?? string.Concat(key[name..].Select(c => char.IsUpper(c) ? $"-{char.ToLowerInvariant(c)}" : $"{c}")));
    }
}
