using System.Globalization;
using System.Reflection;
using Nonsmooth.Data;
using Nonsmooth.Data.Files;
using Nonsmooth.LibTorch;
using Nonsmooth.Selections;

namespace Nonsmooth.Training.Engine;

/// <summary>The settings that the bits of a run depend on, as texts: what two parts of one run must agree on.</summary>
internal static class RunConfiguration
{
    /// <summary>The key of the factor of adapters.</summary>
    internal const string LowRankAlpha = "lora.alpha";

    private const string WeightsChecksum = "weights.checksum";

    /// <summary>The settings by key.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="before">Those of the run that goes on: it knows what weights it began from, should their file be gone.</param>
    public static SortedDictionary<string, string> Of(TrainingOptions options, IReadOnlyDictionary<string, string>? before = null)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["network"] = options.Network.Name,
            ["input"] = options.Network.Examples.ToString()!,
            ["data"] = options.Dataset.Name,
            ["data.train"] = Text(options.Dataset.Train.Count),
            ["data.test"] = Text(options.Dataset.Test.Count),
            ["data.checksum"] = Fingerprint(options.Dataset),
            ["optimizer"] = options.OptimizerName,
            ["rate"] = Text(options.Rate),
            ["schedule"] = options.Schedule?.ToString() ?? "none",
            ["batch"] = Text(options.BatchSize),
            ["seed"] = Text(options.Seed),
            ["precision"] = Text(options.Precision),
        };
        if (options.Network.Classes is { } classes)
        {
            texts["classes"] = Text(classes);
        }

        if (!options.Network.IsPlainClassifier)
        {
            texts["loss"] = options.Network.Smoothed(0).Loss.ToString();
        }

        if (options.Device.Kind != DeviceKind.Cpu)
        {
            texts["device"] = options.Device.ToString();
        }

        if (options.Dataset.Train is AugmentedSplit augmented)
        {
            texts["augmentation"] = augmented.Augmentation.ToString();
        }

        if (options.Accumulate > 1)
        {
            texts["accumulate"] = Text(options.Accumulate);
        }

        if (options.SameBits)
        {
            texts["sameBits"] = Text(true);
        }

        if (options.ClipNorm is { } norm)
        {
            texts["clip"] = Text(norm);
        }

        if (!options.Scale.IsNone)
        {
            texts["lossScale"] = options.Scale.ToString();
        }

        if (options.Network.LowRank is { } adapters)
        {
            Describe(texts, "lora", adapters with { On = adapters.On.Length > 0 ? adapters.On : options.Network.LowRankOn });
        }

        if (options.Network.LabelSmoothing > 0)
        {
            texts["labelSmoothing"] = Text(options.Network.LabelSmoothing);
        }

        if (options.Weights is { } weights)
        {
            texts[WeightsChecksum] = before?.GetValueOrDefault(WeightsChecksum) is { } known && !File.Exists(weights) ? known : FileChecksum(weights);
        }

        Describe(texts, "optimizer", options.Optimizer);
        Describe(texts, "selection", options.Selection);
        foreach (string node in options.Selection.NamedNodes)
        {
            Describe(texts, $"selection.{node}", options.Selection.For(node));
        }

        return texts;
    }

    /// <summary>Refuses to go on with other settings.</summary>
    /// <exception cref="NonsmoothException">A setting differs: the message names the first one, what it was and what it is.</exception>
    public static void Check(string folder, IReadOnlyDictionary<string, string> was, IReadOnlyDictionary<string, string> now)
    {
        foreach (string key in was.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            string? old = was.GetValueOrDefault(key);
            string? current = now.GetValueOrDefault(key);
            if (old != current)
            {
                throw new NonsmoothException(
                    $"the run in '{folder}' has {key} = {old ?? "(not set)"}, asked for is {key} = {current ?? "(not set)"}: "
                    + "resume with the same setting, or train into another folder");
            }
        }
    }

    private static void Describe(SortedDictionary<string, string> texts, string prefix, object options)
    {
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.Name != nameof(Selection.NamedNodes))
            {
                string name = char.ToLowerInvariant(property.Name[0]) + property.Name[1..];
                texts[$"{prefix}.{name}"] = Text(property.GetValue(options));
            }
        }
    }

    /// <summary>A checksum of a whole file: a resumed run is one from the same weights, wherever they lie.</summary>
    private static string FileChecksum(string path)
    {
        uint state = Checksum.Start;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
            var block = new byte[1 << 20];
            for (int read = stream.Read(block); read > 0; read = stream.Read(block))
            {
                state = Checksum.Append(state, block.AsSpan(0, read));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NonsmoothException($"weights '{path}' cannot be read ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}): check path and rights", e);
        }

        return Checksum.Finish(state).ToString("x8", CultureInfo.InvariantCulture);
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "none";

    /// <summary>A checksum of the targets, of what else can be had quickly and of a spread of examples: made data sets of other seeds differ in it.</summary>
    private static string Fingerprint(Dataset data) =>
        Checksum.Finish(data.Test.Fingerprint(data.Train.Fingerprint(Checksum.Start))).ToString("x8", CultureInfo.InvariantCulture);
}
