using System.Globalization;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Optimizers.Schedules;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Training.Recipes;

/// <summary>One key of a recipe.</summary>
/// <param name="Name">Lower case, words joined by hyphens: the option of <c>nonsmooth train</c> without its dashes.</param>
/// <param name="Expects">What a value looks like.</param>
/// <param name="Read">The value: a text, a number, a truth value, or null where nothing is set.</param>
/// <param name="Apply">The recipe with the value typed, or null if it cannot be read.</param>
public sealed record RecipeKey(string Name, string Expects, Func<Recipe, object?> Read, Func<Recipe, string, Recipe?> Apply)
{
    private static readonly (string Name, Precision Value)[] _precisions =
        [("f32", Precision.Float32), ("bf16", Precision.BFloat16), ("f16", Precision.Float16), ("f64", Precision.Float64)];

    /// <summary>Every key, in the order to write them. To add one: a row here and a property of <see cref="Recipe"/>.</summary>
    public static IReadOnlyList<RecipeKey> All { get; } =
    [
        new("network", "a network's name", r => r.Network, (r, text) => r with { Network = text }),
        new("data", "a data set's name", r => r.Data, (r, text) => r with { Data = text }),
        Whole("tokens", 1, r => r.Tokens, (r, v) => r with { Tokens = v }),
        Whole("image-size", 1, r => r.ImageSize, (r, v) => r with { ImageSize = v }),
        Whole("train-count", 1, r => r.TrainCount, (r, v) => r with { TrainCount = v }),
        Whole("test-count", 1, r => r.TestCount, (r, v) => r with { TestCount = v }),
        Whole("crop", 0, r => r.Augmentation.Padding, (r, v) => r with { Augmentation = r.Augmentation with { Padding = v } }),
        Of<bool>("flip", "true or false", r => r.Augmentation.Flip, Flag, (r, v) => r with { Augmentation = r.Augmentation with { Flip = v } }),

        new("weights", "a file of weights", r => r.Weights, (r, text) => r with { Weights = text }),
        Whole("lora", 1, r => r.LowRank?.Rank, (r, v) => r with { LowRank = (r.LowRank ?? new()) with { Rank = v } }),
        Of<double>("lora-alpha", "a finite number above 0", r => r.LowRank?.Alpha, Number, (r, v) => r with { LowRank = (r.LowRank ?? new()) with { Alpha = v } }),
        Of<double>("lora-dropout", "a number from 0 to below 1", r => r.LowRank?.Dropout, Share, (r, v) => r with { LowRank = (r.LowRank ?? new()) with { Dropout = v } }),
        new("lora-on", "linear layers, separated by commas", r => r.LowRank is { On.Length: > 0 } adapters ? adapters.On : null, (r, text) => r with { LowRank = (r.LowRank ?? new()) with { On = text } }),
        Of<double>("label-smoothing", "a number from 0 to below 1", r => r.LabelSmoothing, Share, (r, v) => r with { LabelSmoothing = v }),

        // Settings belong to their optimizer.
        new("optimizer", "an optimizer's name", r => r.Optimizer, (r, text) => text == r.Optimizer ? r : r with { Optimizer = text, Settings = new Dictionary<string, string>() }),
        Of<double>("rate", "a finite number, at least 0", r => r.Rate, Number, (r, v) => r with { Rate = v }),
        new("schedule", ScheduleShape.Help, r => r.Schedule, Schedule),
        Whole("warmup", 0, r => r.Warmup, (r, v) => r with { Warmup = v }),
        Whole("batch", 1, r => r.Batch, (r, v) => r with { Batch = v }),
        Whole("accumulate", 1, r => r.Accumulate, (r, v) => r with { Accumulate = v }),
        Of<double>("clip", "a finite number above 0", r => r.Clip, text => Number(text) is > 0 and var v ? v : null, (r, v) => r with { Clip = v }),
        new("loss-scale", LossScale.Help, r => r.LossScale?.ToString(), (r, text) => LossScale.TryParse(text) is { } v ? r with { LossScale = v } : null),
        Whole("epochs", 0, r => r.Epochs, (r, v) => r with { Epochs = v }),
        new("early-stop", EarlyStop.Help, r => r.EarlyStop?.ToString(), (r, text) => EarlyStop.TryParse(text) is { } v ? r with { EarlyStop = v } : null),
        Of<ulong>("seed", "a whole number, at least 0", r => r.Seed, text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong v) ? v : null, (r, v) => r with { Seed = v }),
        Of<Precision>("precision", "f32, bf16, f16 or f64", r => Array.Find(_precisions, p => p.Value == r.Precision).Name, Format, (r, v) => r with { Precision = v }),
        Of<Device>("device", "cpu, cuda or cuda:1", r => r.Device.ToString(), Place, (r, v) => r with { Device = v }),
        Whole("threads", 0, r => r.Threads, (r, v) => r with { Threads = v }),
        Of<bool>("same-bits", "true or false", r => r.SameBits, Flag, (r, v) => r with { SameBits = v }),
    ];

    /// <summary>The key of a name; null where there is none.</summary>
    public static RecipeKey? TryFind(string name) => All.FirstOrDefault(key => key.Name == name);

    /// <summary>The key of a name.</summary>
    /// <exception cref="NonsmoothException">There is none.</exception>
    public static RecipeKey Find(string name) => TryFind(name)
        ?? throw new NonsmoothException($"a recipe has no key '{name}': use one of {string.Join(", ", All.Select(key => key.Name))}");

    /// <summary>The recipe with the value typed.</summary>
    /// <exception cref="NonsmoothException">It cannot be read.</exception>
    public Recipe Set(Recipe recipe, string text) => Apply(recipe, text)
        ?? throw new NonsmoothException($"{Name} is '{text}': give {Expects}");

    private static RecipeKey Of<T>(string name, string expects, Func<Recipe, object?> read, Func<string, T?> parse, Func<Recipe, T, Recipe> set)
        where T : struct => new(name, expects, read, (recipe, text) => parse(text) is { } value ? set(recipe, value) : null);

    private static RecipeKey Whole(string name, int least, Func<Recipe, int?> read, Func<Recipe, int, Recipe> set) => Of<int>(
        name,
        $"a whole number, at least {least}",
        recipe => read(recipe),
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int v) && v >= least ? v : null,
        set);

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double v) && double.IsFinite(v) && v >= 0 ? v : null;

    private static double? Share(string text) => Number(text) is < 1 and var v ? v : null;

    private static bool? Flag(string text) => bool.TryParse(text, out bool v) ? v : null;

    private static Recipe Schedule(Recipe recipe, string text)
    {
        try
        {
            ScheduleShape.Check(text);
        }
        catch (NonsmoothException e)
        {
            throw new NonsmoothException($"schedule is '{text}': {e.Message}", e);
        }

        return recipe with { Schedule = text };
    }

    private static Device? Place(string text) => Device.TryParse(text, out var device) ? device : null;

    private static Precision? Format(string text) =>
        Array.FindIndex(_precisions, p => p.Name.Equals(text, StringComparison.OrdinalIgnoreCase)) is >= 0 and int i ? _precisions[i].Value : null;
}
