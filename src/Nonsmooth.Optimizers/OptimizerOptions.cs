using Nonsmooth.Optimizers.Checks;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers;

/// <summary>The settings of an optimizer, and the factory of it. The learning rate is given per step.</summary>
public abstract record OptimizerOptions : Configuration
{
    private static readonly Setting<NumberFormat> _stateFormat = new("state-format", default, Ranges.OneOf<NumberFormat>(), "how states are kept in memory")
        { CountsWhere = c => c is OptimizerOptions { KeepsStates: true } };

    private static readonly Setting<bool> _maximize = new("maximize", false, Ranges.Switch, "go up the gradient");

    /// <summary>What users call the optimizer: lower case, words joined by hyphens.</summary>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Declared => [.. Own, _stateFormat, _maximize];

    /// <summary>The settings that not every optimizer has, in the order to show them.</summary>
    protected abstract IReadOnlyList<Setting> Own { get; }

    /// <summary>Go up the gradient instead of down. Default false.</summary>
    public bool Maximize { get => Get(_maximize); init => Set(_maximize, value); }

    /// <summary>How the states are kept; they are computed in float32. Default float32.</summary>
    public NumberFormat StateFormat { get => Get(_stateFormat); init => Set(_stateFormat, value); }

    /// <summary>Whether a step leaves states for the next: without any, their format changes no bit. Default true.</summary>
    public virtual bool KeepsStates => true;

    /// <summary>Checks every option: by default, that each is in its range.</summary>
    /// <exception cref="NonsmoothException">An option is out of its range: the message names it and the mend.</exception>
    public virtual void Validate() => CheckEach();

    /// <summary>Checks that a step may use this learning rate.</summary>
    /// <exception cref="NonsmoothException">It is NaN, infinite or negative, or too large for the options.</exception>
    public virtual void ValidateRate(double rate) => OptionCheck.NonNegative("rate", rate);

    /// <summary>Checks that step <paramref name="step"/> (the first is 1) may use this learning rate.</summary>
    /// <exception cref="NonsmoothException">As for <see cref="ValidateRate"/>, with what the options schedule for that step.</exception>
    public virtual void ValidateStep(double rate, long step) => ValidateRate(rate);

    /// <summary>One line on a rate that is allowed but ill-advised, or null.</summary>
    public virtual string? WarningFor(double rate) => null;

    /// <summary>
    /// η, the long-run step per unit of a lasting (scaled) gradient, in proportion to the learning rate: what makes the rates
    /// of different optimizers comparable. Default the rate itself, as for AdamW.
    /// </summary>
    public virtual double LongRunStep(double rate) => rate;

    /// <summary>Builds the optimizer of these parameters.</summary>
    /// <param name="slots">What to update; no two may share a name or memory.</param>
    /// <param name="pool">The threads that do it; borrowed, not disposed.</param>
    /// <param name="onWarning">Called at most once, when a rate is allowed but ill-advised.</param>
    /// <exception cref="NonsmoothException">An option or a slot cannot be used.</exception>
    public abstract Optimizer Build(IReadOnlyList<ParameterSlot> slots, WorkerPool pool, Action<string>? onWarning = null);

    /// <summary>Builds the optimizer of some of these parameters, whose states are those that the optimizer of all has for them.</summary>
    /// <exception cref="NonsmoothException">An option or one of all slots cannot be used.</exception>
    internal virtual Optimizer BuildPart(IReadOnlyList<ParameterSlot> slots, Range part, WorkerPool pool, Action<string>? onWarning = null) =>
        Build(SlotCheck.Copy(slots)[part], pool, onWarning);
}
