using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nonsmooth.Data;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Training.Comparisons;

/// <summary>One run that a comparison asks for.</summary>
internal sealed record RunRequest
{
    private RunRequest(Contender contender, bool tuning, double eta, TrainingOptions options, DataSplit heldOut, long steps, int evaluations, string key) =>
        (Contender, Tuning, Eta, Options, HeldOut, Steps, Evaluations, Key) = (contender, tuning, eta, options, heldOut, steps, evaluations, key);

    public Contender Contender { get; }

    public bool Tuning { get; }

    public double Eta { get; }

    /// <summary>What is trained. The test half of a trial is the held-out part, so that tuning cannot see the other.</summary>
    public TrainingOptions Options { get; }

    public DataSplit HeldOut { get; }

    public long Steps { get; }

    /// <summary>Evaluations along the run; 0 of a trial.</summary>
    public int Evaluations { get; }

    public string Key { get; }

    public static RunRequest Trial(ComparisonOptions options, ComparisonPlan plan, HeldOut parts, Contender contender, double eta) =>
        Of(options, parts, contender, eta, options.TuningSeed, plan.TrialEpochs, plan.TrialSteps, tuning: true);

    public static RunRequest Reported(ComparisonOptions options, ComparisonPlan plan, HeldOut parts, Contender contender, double eta, ulong seed) =>
        Of(options, parts, contender, eta, seed, options.Recipe.Epochs, plan.RunSteps, tuning: false);

    /// <summary>Why the optimizer would not take one of its steps; null where it takes all. A rate that is refused counts as one that diverges.</summary>
    public string? Refusal()
    {
        for (long step = 1; step <= Steps; step++)
        {
            double rate = Options.RateAt(step);
            try
            {
                Options.Optimizer.ValidateStep(rate, step);
            }
            catch (NonsmoothException e)
            {
                return string.Create(CultureInfo.InvariantCulture, $"the optimizer refuses rate {rate} at step {step}: {e.Message}");
            }
        }

        return null;
    }

    private static RunRequest Of(ComparisonOptions options, HeldOut parts, Contender contender, double eta, ulong seed, int epochs, long steps, bool tuning)
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
        var training = recipe.Options(new Dataset(data.Name, data.ClassNames, parts.Kept, tuning ? parts.Held : data.Test), options.Model) with
        {
            Optimizer = optimizer, Recipe = null, EvaluateLastOnly = true,
        };
        int evaluations = tuning ? 0 : options.Evaluations;
        return new(contender, tuning, eta, training, parts.Held, steps, evaluations, KeyOf(contender, training, options.HeldOut, evaluations));
    }

    private static string KeyOf(Contender contender, TrainingOptions options, double heldOut, int evaluations)
    {
        var texts = new SortedDictionary<string, string>(RunConfiguration.Of(options).Texts.ToDictionary(), StringComparer.Ordinal);
        texts["contender"] = contender.Label;
        texts["epochs"] = Text(options.Epochs);
        texts["held-out"] = Text(heldOut);
        texts["evaluations"] = Text(evaluations);
        texts["threads"] = Text(RunThreads.LibTorch(options));
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', texts.Select(pair => $"{pair.Key}={pair.Value}"))));
        return Convert.ToHexStringLower(hash.AsSpan(0, 16));
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
