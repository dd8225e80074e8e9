using Nonsmooth.Data;
using Nonsmooth.Settings;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Recipes;

namespace Nonsmooth.Training.Comparisons;

/// <summary>Which optimizers are compared, on what, and how long each is tuned.</summary>
public sealed record ComparisonOptions : Configuration
{
    private static readonly SettingList _settings = new();
    private static readonly Setting<int> _seeds = _settings.Add(
        "seeds", 7, Ranges.From(1).Where(n => n <= 1_000_000, "a whole number from 1 to 1000000"), "Seeds of the reported runs, with the best rate; an interval takes 6 for one comparison, 7 for two");

    private static readonly Setting<int> _trials = _settings.Add("trials", 5, Ranges.From(1), "Rates tried for each optimizer");
    private static readonly Setting<long?> _budget = _settings.Add(
        new Setting<long?>("budget", null, Ranges.From(1L).OrUnset(), "Steps that the trials of one optimizer take together at most, each with a shorter schedule") { Unset = "full runs" });

    private static readonly Setting<double> _factor = _settings.Add("factor", 3, Ranges.Above(1), "From one rate to the next at first");
    private static readonly Setting<double> _heldOut = _settings.Add("held-out", 0.1, Ranges.Part, "Part of the training half that is kept from training to choose rates by");
    private static readonly Setting<int> _evaluations = _settings.Add("evaluations", 20, Ranges.From(1), "Evaluations of that part along a reported run");
    private static readonly Setting<string?> _folder = _settings.Add(
        new Setting<string?>("out", null, Ranges.Text("a folder", "DIR").OrNull(), "Folder where finished runs are kept: the same command again goes on from there") { Unset = "none is written", Counts = _ => null });

    /// <summary>The settings that a comparison has beside its recipe.</summary>
    public static IReadOnlyList<Setting> All => _settings;

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Declared => All;

    /// <summary>What is trained. Its optimizer, settings and rate are replaced by each contender's; its seed is the first one reported.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>The model, where it is none that the recipe's name finds. Default null: the one of that name.</summary>
    public Model? Model { get; init; }

    /// <summary>What <see cref="Recipe.Load"/> gave.</summary>
    public required Dataset Dataset { get; init; }

    /// <summary>Who competes, at least one; no two may share a label. Default <see cref="ContenderText.Usual"/>.</summary>
    public IReadOnlyList<Contender> Contenders { get; init; } = [.. ContenderText.Usual.Select(ContenderText.Parse)];

    /// <summary>Seeds that are reported, at least 1. An interval of one comparison takes 6, of two or three together 7, of four to six 8. Default 7.</summary>
    public int Seeds { get => Get(_seeds); init => Set(_seeds, value); }

    /// <summary>Rates that are tried for each contender, at least 1. Default 5.</summary>
    public int Trials { get => Get(_trials); init => Set(_trials, value); }

    /// <summary>From one rate of the first grid to the next, above 1. Default 3.</summary>
    public double Factor { get => Get(_factor); init => Set(_factor, value); }

    /// <summary>
    /// The most steps that the trials of one contender take together, the same for all: the schedule of a trial shrinks to
    /// whole epochs that fit. Default null: every trial is as long as a run that is reported.
    /// </summary>
    public long? Budget { get => Get(_budget); init => Set(_budget, value); }

    /// <summary>The part of the training half that is held out, above 0 and below 1. Default 0.1.</summary>
    public double HeldOut { get => Get(_heldOut); init => Set(_heldOut, value); }

    /// <summary>Evaluations of the held-out part along a run that is reported, at least 1; the last is at its end. Default 20.</summary>
    public int Evaluations { get => Get(_evaluations); init => Set(_evaluations, value); }

    /// <summary>Where finished runs are kept, so that the same comparison goes on. Default null: nowhere.</summary>
    public string? Folder { get => Get(_folder); init => Set(_folder, value); }

    /// <summary>The seed of the trials, which is not one of those reported.</summary>
    public ulong TuningSeed => unchecked(Recipe.Seed + 1_000_000);
}
