using Nonsmooth.Arithmetic;

namespace Nonsmooth.Answers;

/// <summary>The different gradients of the pieces around a point, and whether 0 is in their hull.</summary>
internal sealed class PieceGradients(KinkSearch search, ConeSearch cones, Deadline deadline)
{
    private readonly List<(ExactRow Gradient, LinearPiece? Piece)> _all = [];
    private readonly HashSet<Dyadic[]> _known = new(ExactVectorComparer.Instance);

    /// <summary>Whether a gradient had an entry that is not finite: nothing holds then.</summary>
    public bool AreNotFinite { get; private set; }

    public void Add(Cone cone)
    {
        var gradient = cone.Gradient;
        AreNotFinite |= !ExactVector.AreFinite(cones.IsFinite ? gradient.Exact : cone.FullGradient());
        if (_known.Add(gradient.Exact))
        {
            _all.Add((gradient, search.Publish(cones, cone)));
        }
    }

    /// <summary>Whether 0 is Clarke's, with the combination or the separating direction.</summary>
    /// <param name="stopped">Why not all pieces are known; null where they are.</param>
    /// <param name="isCurved">Whether there may be pieces that no straight direction enters.</param>
    public ZeroInHull Zero(string? stopped, bool isCurved)
    {
        if (_all.Count == 0)
        {
            return new ZeroInHull(Verdict.Unknown, null, null, stopped);
        }

        var alternative = Alternative.Of([.. _all.Select(a => a.Gradient)], cones.Scales, deadline);
        if (alternative.Weights is { } weights)
        {
            var combination = Combine(weights, _all.ConvertAll(a => a.Piece));
            string? narrow = cones.Doubt ?? (combination is null ? "a piece is narrower than sums of two doubles" : null);
            return narrow is not null
                ? new ZeroInHull(Verdict.Unknown, null, null, narrow)
                : new ZeroInHull(Verdict.Yes, combination, null, null);
        }

        string? doubt = stopped
            ?? (isCurved ? "a kink with a curved argument ties: there may be pieces between curves" : null)
            ?? (alternative.IsTold && Alternative.Separates(_all.Select(a => a.Gradient), ExactVector.Of(ExactVector.Scaled(alternative.Direction!))) ? null : "0 is outside the hull of the pieces' gradients by no more than rounding");
        return doubt is null
            ? new ZeroInHull(Verdict.No, null, search.Split(cones.Widen(alternative.Direction!)), null)
            : new ZeroInHull(Verdict.Unknown, null, null, doubt);
    }

    /// <summary>Pieces by their weights, of sum 1; null where one of them has no direction in doubles.</summary>
    public static IReadOnlyList<WeightedPiece>? Combine(IReadOnlyList<(int Row, Dyadic Weight)> weights, IReadOnlyList<LinearPiece?> pieces)
    {
        double[] shares = ExactVector.Scaled([.. weights.Select(w => w.Weight)]);
        double sum = shares.Sum();
        return weights.All(w => pieces[w.Row] is not null) ? [.. weights.Zip(shares, (w, s) => new WeightedPiece(s / sum, pieces[w.Row]!))] : null;
    }
}

/// <summary>Whether 0 is in the hull of the pieces' gradients.</summary>
internal sealed record ZeroInHull(
    Verdict Verdict, IReadOnlyList<WeightedPiece>? Combination, IReadOnlyList<double[]>? Separation, string? Doubt);
