using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Training.Data;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Training.Comparisons;

/// <summary>One run that a comparison asks for.</summary>
internal sealed record RunRequest
{
    private RunRequest(Contender contender, bool tuning, double eta, TrainingOptions options, DataSplit heldOut, int evaluations, string key) =>
        (Contender, Tuning, Eta, Options, HeldOut, Evaluations, Key) = (contender, tuning, eta, options, heldOut, evaluations, key);

    public Contender Contender { get; }

    public bool Tuning { get; }

    public double Eta { get; }

    /// <summary>What is trained. The test half of a trial is the held-out part, so that tuning cannot see the other.</summary>
    public TrainingOptions Options { get; }

    public DataSplit HeldOut { get; }

    /// <summary>Evaluations along the run; 0 of a trial.</summary>
    public int Evaluations { get; }

    public string Key { get; }

    public static RunRequest Trial(ComparisonOptions options, ComparisonPlan plan, HeldOut parts, Contender contender, double eta) =>
        Of(options, parts, contender, eta, options.TuningSeed, plan.TrialEpochs, tuning: true);

    public static RunRequest Reported(ComparisonOptions options, HeldOut parts, Contender contender, double eta, ulong seed) =>
        Of(options, parts, contender, eta, seed, options.Recipe.Epochs, tuning: false);

    private static RunRequest Of(ComparisonOptions options, HeldOut parts, Contender contender, double eta, ulong seed, int epochs, bool tuning)
    {
        var (optimizer, rate) = contender.At(eta);
        var recipe = options.Recipe with
        {
            Optimizer = contender.Optimizer,
            Settings = new Dictionary<string, string>(),
            Rate = rate,
            Seed = seed,
            Epochs = epochs,
            Warmup = (int)((long)options.Recipe.Warmup * epochs / options.Recipe.Epochs),
        };
        var data = options.Dataset;
        var training = recipe.Options(new Dataset(data.Name, data.ClassNames, parts.Kept, tuning ? parts.Held : data.Test)) with
        {
            Optimizer = optimizer, Recipe = null,
        };
        int evaluations = tuning ? 0 : options.Evaluations;
        return new(contender, tuning, eta, training, parts.Held, evaluations, KeyOf(contender, training, options.HeldOut, evaluations));
    }

    private static string KeyOf(Contender contender, TrainingOptions options, double heldOut, int evaluations)
    {
        var texts = RunConfiguration.Of(options);
        texts["contender"] = contender.Label;
        texts["epochs"] = Text(options.Epochs);
        texts["held-out"] = Text(heldOut);
        texts["evaluations"] = Text(evaluations);
        texts["threads"] = Text(options.Threads > 0 ? options.Threads : LibTorchThreads.Count);
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', texts.Select(pair => $"{pair.Key}={pair.Value}"))));
        return Convert.ToHexStringLower(hash.AsSpan(0, 16));
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
