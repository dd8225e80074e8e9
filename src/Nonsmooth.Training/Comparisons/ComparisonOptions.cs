using Nonsmooth.Data;
using Nonsmooth.Training.Recipes;

namespace Nonsmooth.Training.Comparisons;

/// <summary>Which optimizers are compared, on what, and how long each is tuned.</summary>
public sealed record ComparisonOptions
{
    /// <summary>What is trained. Its optimizer, settings and rate are replaced by each contender's; its seed is the first one reported.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>What <see cref="Recipe.Load"/> gave.</summary>
    public required Dataset Dataset { get; init; }

    /// <summary>Who competes, at least one; no two may share a label. Default <see cref="ContenderText.Usual"/>.</summary>
    public IReadOnlyList<Contender> Contenders { get; init; } = [.. ContenderText.Usual.Select(ContenderText.Parse)];

    /// <summary>Seeds that are reported, at least 1. An interval of one comparison takes 6, of two or three together 7, of four to six 8. Default 7.</summary>
    public int Seeds { get; init; } = 7;

    /// <summary>Rates that are tried for each contender, at least 1. Default 5.</summary>
    public int Trials { get; init; } = 5;

    /// <summary>From one rate of the first grid to the next, above 1. Default 3.</summary>
    public double Factor { get; init; } = 3;

    /// <summary>
    /// The most steps that the trials of one contender take together, the same for all: the schedule of a trial shrinks to
    /// whole epochs that fit. Default null: every trial is as long as a run that is reported.
    /// </summary>
    public long? Budget { get; init; }

    /// <summary>The part of the training half that is held out, above 0 and below 1. Default 0.1.</summary>
    public double HeldOut { get; init; } = 0.1;

    /// <summary>Evaluations of the held-out part along a run that is reported, at least 1; the last is at its end. Default 20.</summary>
    public int Evaluations { get; init; } = 20;

    /// <summary>Where finished runs are kept, so that the same comparison goes on. Default null: nowhere.</summary>
    public string? Folder { get; init; }

    /// <summary>The seed of the trials, which is not one of those reported.</summary>
    public ulong TuningSeed => unchecked(Recipe.Seed + 1_000_000);
}
