namespace Nonsmooth.Optimizers;

/// <summary>Parameters that are optimized in one way.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Contains">Whether a parameter belongs to the group, by its name, length, rows and decay.</param>
/// <param name="Options">The optimizer of the group.</param>
/// <param name="RateFactor">Multiplies the learning rate of every step; finite, at least 0; 0 freezes the group.</param>
/// <param name="Decay">Whether weight decay applies; null leaves what each parameter says of itself.</param>
public sealed record ParameterGroup(
    string Name, Func<ParameterSlot, bool> Contains, OptimizerOptions Options, double RateFactor = 1, bool? Decay = null)
{
    /// <summary>The name of <see cref="Rest"/>.</summary>
    public const string RestName = "rest";

    /// <summary>The names that <see cref="Named"/> was given, none of <see cref="Rest"/>; null for a rule of one's own.</summary>
    public IReadOnlyList<string>? Names { get; private init; }

    /// <summary>Everything that no earlier group took.</summary>
    public static ParameterGroup Rest(OptimizerOptions options, double rateFactor = 1, bool? decay = null) =>
        new(RestName, _ => true, options, rateFactor, decay) { Names = [] };

    /// <summary>Parameters of these names, or whose dotted name begins with one of them: <c>layer4</c> has <c>layer4.weight</c>.</summary>
    public static ParameterGroup Named(IReadOnlyCollection<string> names, OptimizerOptions options, double rateFactor = 1, bool? decay = null) =>
        new(
            string.Join(", ", names),
            slot => names.Any(name => slot.Name == name || slot.Name.StartsWith(name + ".", StringComparison.Ordinal)),
            options,
            rateFactor,
            decay)
        { Names = [.. names] };

    /// <summary>Whether name, parameters, optimizer, factor and decay are the same; rules of one's own are if they are one object.</summary>
    public bool Equals(ParameterGroup? other) => other is not null && (Name, Options, RateFactor, Decay) == (other.Name, other.Options, other.RateFactor, other.Decay)
        && (Names is null || other.Names is null ? Contains == other.Contains : Names.SequenceEqual(other.Names));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Options, RateFactor, Decay);
}
