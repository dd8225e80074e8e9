using System.Globalization;
using Nonsmooth.Optimizers.Checks;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers;

/// <summary>
/// Parameter groups: each parameter goes to the first group that contains it, with that group's optimizer,
/// factor of the rate and weight decay.
/// </summary>
/// <remarks>
/// Every group keeps the bits it would have as an optimizer of its own. <see cref="OptimizerOptions.Maximize"/>
/// is set in the groups' options.
/// </remarks>
/// <param name="Groups">In the order of precedence, at least one.</param>
public sealed record GroupedOptions(IReadOnlyList<ParameterGroup> Groups) : OptimizerOptions
{
    /// <inheritdoc/>
    public override string Name => "groups";

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting> Own => [];

    /// <inheritdoc/>
    /// <remarks>Of each group; one with a rule of its own for what it contains is known by its name only.</remarks>
    public override IEnumerable<SettingFact> Facts() =>
    [
        new("groups", string.Join("; ", Groups.Select(group => group.Name))),
        .. Groups.SelectMany(group => ((SettingFact[])
        [
            new("parameters", group.Names is { } names ? string.Join(", ", names) : null),
            new("optimizer", group.Options.Name),
            new("rate-factor", group.RateFactor.ToString(CultureInfo.InvariantCulture), "1"),
            new("decay", group.Decay is { } decay ? Ranges.Switch.Print(decay) : null),
            .. group.Options.Facts(),
        ]).Select(fact => fact with { Key = $"{group.Name}.{fact.Key}" })),
    ];

    /// <summary>Reads <see cref="ToString"/>: groups as <c>NAME, NAME: OPTIMIZER key=value key=value</c>, joined by semicolons; <c>rest</c> takes what no other one did.</summary>
    /// <exception cref="NonsmoothException">The text is none: the message says where.</exception>
    public static GroupedOptions Parse(string text) => GroupText.Parse(text);

    /// <summary>What <see cref="Parse"/> reads; a group with a rule of its own for what it contains is written by its name.</summary>
    public override string ToString() => GroupText.Write(this);

    /// <summary>Whether the groups are the same, one by one.</summary>
    public bool Equals(GroupedOptions? other) => base.Equals(other) && Groups.SequenceEqual(other.Groups);

    /// <inheritdoc/>
    public override int GetHashCode() => Groups.Aggregate(base.GetHashCode(), HashCode.Combine);

    /// <inheritdoc/>
    public override void Validate()
    {
        OptionCheck.Require(Groups.Count > 0, "number of groups", Groups.Count, "at least one group");
        foreach (ParameterGroup group in Groups)
        {
            OptionCheck.NonNegative($"rate factor of group '{group.Name}'", group.RateFactor);
            group.Options.Validate();
        }

        if (Groups.GroupBy(group => group.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new NonsmoothException($"two groups have the name '{twice.Key}': give each its own");
        }

        if (Maximize)
        {
            throw new NonsmoothException("maximize is set on the groups together: set it in the options of each group");
        }
    }

    /// <inheritdoc/>
    public override void ValidateRate(double rate)
    {
        foreach (ParameterGroup group in Groups)
        {
            group.Options.ValidateRate(rate * group.RateFactor);
        }
    }

    /// <inheritdoc/>
    public override string? WarningFor(double rate) =>
        Groups.Select(group => group.Options.WarningFor(rate * group.RateFactor)).FirstOrDefault(warning => warning is not null);

    /// <inheritdoc/>
    /// <exception cref="NonsmoothException">Also a parameter that is in no group, or a group without parameters.</exception>
    public override Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null) =>
        BuildPart(slots, .., pool, onWarning);

    internal override Optimizer BuildPart(IReadOnlyList<ParameterSlot> slots, Range part, WorkerPool pool, Action<string>? onWarning = null)
    {
        Validate();
        ParameterSlot[] all = SlotCheck.Copy(slots), copy = all[part];
        int[] groups = [.. all.Select(GroupOf)];
        if (Groups.Where((_, i) => !groups.Contains(i)).FirstOrDefault() is { } empty)
        {
            throw new NonsmoothException($"group '{empty.Name}' has no parameters: correct its names, its order, or leave it out");
        }

        groups = groups[part];
        var parts = new List<OptimizerPart>();
        try
        {
            for (int i = 0; i < Groups.Count; i++)
            {
                ParameterGroup group = Groups[i];
                int[] own = [.. Enumerable.Range(0, copy.Length).Where(slot => groups[slot] == i)];
                ParameterSlot[] chosen = [.. own.Select(slot => copy[slot] with { Decay = group.Decay ?? copy[slot].Decay })];
                parts.Add(new OptimizerPart(group.Options.Build(chosen, pool, onWarning), own, group.RateFactor));
            }
        }
        catch
        {
            parts.ForEach(part => part.Optimizer.Dispose());
            throw;
        }

        return new CompositeOptimizer(this, copy, pool, [.. parts]);
    }

    private int GroupOf(ParameterSlot slot)
    {
        for (int i = 0; i < Groups.Count; i++)
        {
            if (Groups[i].Contains(slot))
            {
                return i;
            }
        }

        throw new NonsmoothException($"parameter '{slot.Name}' is in no group: add ParameterGroup.Rest");
    }
}
