namespace Nonsmooth.Selections;

/// <summary>A key with rules of one type.</summary>
/// <typeparam name="TRule">
/// <see cref="KinkRule"/> for isolated kinks of one variable, <see cref="TieRule"/> for ties, a number for one entry of a
/// gradient at a point, or a type of one's own with value equality and a name as its text.
/// </typeparam>
public sealed class SelectionKey<TRule> : SelectionKey
    where TRule : notnull
{
    /// <summary>Makes the key.</summary>
    /// <param name="name">The name: letters, digits, '-' and '.'.</param>
    /// <param name="default">The rule that holds without another.</param>
    /// <exception cref="NonsmoothException">The name is malformed or taken.</exception>
    public SelectionKey(string name, TRule @default)
        : base(name) => Default = @default;

    /// <summary>The rule that holds without another.</summary>
    public TRule Default { get; }

    /// <summary>What an audit tries instead. Default nothing: the audit then lists the kink as one that nobody can vary.</summary>
    public IReadOnlyList<TRule> Others { get; init; } = [];

    /// <inheritdoc/>
    public override object DefaultRule => Default;

    /// <inheritdoc/>
    public override IReadOnlyList<object> OtherRules => [.. Others.Cast<object>()];

    /// <inheritdoc/>
    public override object RuleOf(Selection selection) => selection.Of(this);

    /// <inheritdoc/>
    public override Selection Set(Selection selection, object rule) => rule is TRule own
        ? selection.With(this, own)
        : throw new NonsmoothException($"selection key '{Name}' takes a {typeof(TRule).Name}, given {rule} ({rule.GetType().Name})");

    /// <inheritdoc/>
    public override RuleGrounds? Grounds(Selection selection) => selection.Of(this) switch
    {
        TieRule ties => RuleGrounds.Ties(ties),
        double entry => RuleGrounds.Point(entry),
        _ => null,
    };

    internal override object Principled(Principle principle) => (principle, Default) switch
    {
        (Principle.MinimalNorm, KinkRule) => KinkRule.MinimalNorm,
        (Principle.MinimalNorm, double) => 0.0,
        (Principle.Middle, KinkRule) => KinkRule.Midpoint,
        (not Principle.Default, TieRule) => TieRule.Average,
        _ => Default,
    };
}

/// <summary>What holds under keys for which a selection says nothing of its own.</summary>
internal enum Principle
{
    /// <summary>Each key's default.</summary>
    Default,

    /// <summary>The least Clarke subgradient.</summary>
    MinimalNorm,

    /// <summary>Between the one-sided derivatives: no kink decides by being one side's.</summary>
    Middle,
}
