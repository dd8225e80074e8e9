using System.Globalization;

namespace Nonsmooth.Selections;

/// <summary>How the derivative of a maximum (or minimum) is shared among k tied arguments.</summary>
/// <remarks>
/// A rule whose weights sum to 1 is conservative; it selects Clarke subgradients when none is negative. The
/// β-family is <c>β·minimal + (1−β)·first</c> (reliability specification, 1.1): β = 0 is
/// <see cref="First"/>, β = 1 is <see cref="Average"/>; it leaves Clarke's set beyond β = k/(k−1).
/// </remarks>
public sealed class TieRule : IEquatable<TieRule>
{
    private const int _most = 64;
    private const double _tolerance = 1e-9;

    private readonly Func<int, int, double> _weight;

    private TieRule(string name, Func<int, int, double> weight)
    {
        Name = name;
        _weight = weight;
    }

    /// <summary>All to the first tied argument, in row-major order.</summary>
    public static TieRule First { get; } = new("first", (_, i) => i == 0 ? 1 : 0);

    /// <summary>All to the last tied argument.</summary>
    public static TieRule Last { get; } = new("last", (k, i) => i == k - 1 ? 1 : 0);

    /// <summary>Equal shares: the minimal-norm element of Clarke's subdifferential.</summary>
    public static TieRule Average { get; } = new("average", (k, _) => 1.0 / k);

    /// <summary>The whole to each tied argument: k times what there is, not conservative.</summary>
    public static TieRule Every { get; } = new("every", (_, _) => 1);

    /// <summary>The rule's name; rules of one name are one rule.</summary>
    public string Name { get; }

    /// <summary>β·average + (1−β)·first.</summary>
    /// <param name="beta">Any finite real.</param>
    public static TieRule Beta(double beta)
    {
        if (!double.IsFinite(beta))
        {
            throw new NonsmoothException($"tie rule beta({beta.ToString(CultureInfo.InvariantCulture)}): β must be a finite number");
        }

        return beta switch
        {
            0 => First,
            1 => Average,
            _ => new($"beta({beta.ToString("R", CultureInfo.InvariantCulture)})", (k, i) => (beta / k) + (i == 0 ? 1 - beta : 0)),
        };
    }

    /// <summary>A rule of one's own.</summary>
    /// <param name="name">A name that no other rule has.</param>
    /// <param name="weight">The weight of the i-th of k tied arguments, i counted from 0 in row-major order.</param>
    public static TieRule Custom(string name, Func<int, int, double> weight) => new(name, weight);

    /// <summary>The weight of the <paramref name="rank"/>-th of <paramref name="count"/> tied arguments; 1 without a tie.</summary>
    public double Weight(int count, int rank) => count == 1 ? 1 : _weight(count, rank);

    /// <summary>What the rule selects where <paramref name="count"/> arguments tie.</summary>
    /// <returns>Clarke's where no weight is negative and they sum to 1 within 10⁻⁹ times their sizes' sum; else neither.</returns>
    public PointLabel AtPoint(int count) =>
        SumsToOne(count) && Enumerable.Range(0, count).All(i => Weight(count, i) >= -1e-12) ? PointLabel.Clarke : PointLabel.Neither;

    /// <summary>What the rule is: conservative where its weights sum to 1, checked for 2 to 64 tied arguments.</summary>
    public RuleLabel Label =>
        Enumerable.Range(2, _most - 1).All(SumsToOne) ? RuleLabel.Conservative : RuleLabel.NotConservative;

    // Written so that a NaN weight does not pass.
    private bool SumsToOne(int count)
    {
        double sum = 0, size = 0;
        for (int i = 0; i < count; i++)
        {
            sum += Weight(count, i);
            size += Math.Abs(Weight(count, i));
        }

        return Math.Abs(sum - 1) <= _tolerance * size;
    }

    /// <inheritdoc/>
    public bool Equals(TieRule? other) => other is not null && Name == other.Name;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TieRule);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
