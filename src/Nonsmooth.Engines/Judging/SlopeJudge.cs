namespace Nonsmooth.Engines.Judging;

/// <summary>A claim judged: what it is, why nothing is said, and what to check it by.</summary>
internal sealed record SlopeJudgement(SlopeFinding Finding, string? Reason, Witness? Witness)
{
    public static SlopeJudgement None(string reason) => new(SlopeFinding.NotJudged, reason, null);
}

/// <summary>Judges gradients at one point.</summary>
/// <param name="truth">The function there.</param>
/// <param name="spelled">The operations as they are written, for the chain rule's field; several where the engine composes them otherwise.</param>
/// <param name="move">The same function elsewhere, for points that a rounding may have moved.</param>
/// <param name="format">The format.</param>
internal sealed class SlopeJudge(
    PointTruth truth, IEnumerable<PointTruth> spelled, Func<IReadOnlyList<double[]>, PointTruth> move, FormatScale format)
{
    private const double _oneGradient = 1e-10;

    // The pieces of a kink are sampled: a claim that is further out than this is outside.
    private const double _kink = 5e-3;

    // What a search for a claim among the choices of operations may take.
    private const int _climbs = 12;
    private const int _turns = 128;

    /// <summary>Judges a vector that is linear in the pieces' Jacobians: a gradient, or a product with a tangent.</summary>
    /// <param name="claim">What the engine answered.</param>
    /// <param name="of">The same of a piece.</param>
    public SlopeJudgement Of(double[] claim, Func<Piece, double[]> of)
    {
        if (truth.Reason is { } reason)
        {
            return SlopeJudgement.None(reason);
        }

        var gradients = truth.Pieces.Select(p => (Piece: p, Gradient: of(p))).ToList();
        var finite = gradients.Where(g => Array.TrueForAll(g.Piece.Rows, r => Array.TrueForAll(r, double.IsFinite))).ToList();
        if (!Array.TrueForAll(claim, double.IsFinite))
        {
            return IsTiny
                ? new(SlopeFinding.Flushed, null, null)
                : NotFinite(claim, finite, gradients.Count > finite.Count);
        }

        if (finite.Count < gradients.Count)
        {
            return SlopeJudgement.None("a one-sided derivative is infinite");
        }

        double size = Math.Max(1, Math.Max(Largest(claim), gradients.Max(g => Largest(g.Gradient))));
        bool isOne = gradients.TrueForAll(g => Distance(g.Gradient, gradients[0].Gradient) <= _oneGradient * size);
        if (isOne && Distance(claim, gradients[0].Gradient) <= format.Strict * size)
        {
            return new(SlopeFinding.Derivative, null, new([Witnessed(gradients[0].Piece, gradients[0].Gradient, 1)]));
        }

        var (isInside, nearest) = isOne
            ? (false, Hull.Nearest([.. gradients.Select(g => g.Gradient)], claim))
            : Search(truth.Pieces, claim, of, format.Strict * size, truth.Look, truth);
        if (isInside)
        {
            return new(SlopeFinding.Subgradient, null, Combination(truth.Pieces, nearest.Shares, of));
        }

        if (Elsewhere(claim, of, size) is { } moved)
        {
            return moved;
        }

        if (nearest.Distance <= (isOne ? format.Loose : Math.Max(format.Loose, _kink)) * size)
        {
            return new(SlopeFinding.Rounded, null, Combination(truth.Pieces, nearest.Shares, of));
        }

        if (IsTiny)
        {
            return new(SlopeFinding.Flushed, null, Separated(claim, nearest.Direction, of));
        }

        if (truth.IsPartial)
        {
            return SlopeJudgement.None("a side of the point cannot be told");
        }

        if (spelled.Any(s => IsChosen(s, claim, of, size)))
        {
            return new(SlopeFinding.Conservative, null, Separated(claim, nearest.Direction, of));
        }

        return new(
            isOne && Largest(claim) == 0 ? SlopeFinding.Zero : SlopeFinding.Outside, null, Separated(claim, nearest.Direction, of));
    }

    // A product with a number next to the subnormal ones underflows: nothing is held against an engine there.
    private bool IsTiny => truth.Point.Any(x => Array.Exists(x, v => v != 0 && format.IsTiny(v)));

    private SlopeJudgement NotFinite(double[] claim, List<(Piece Piece, double[] Gradient)> finite, bool steep) =>
        finite.Count > 0 && finite.TrueForAll(g => Largest(g.Gradient) > format.Largest) ? SlopeJudgement.None("the slope is beyond the format")
        : finite.Count > 0 && (!steep || (Array.Exists(claim, double.IsNaN) && finite[0].Piece.Direction.Length == 1))
            ? new(SlopeFinding.NotFinite, null, new([Witnessed(finite[0].Piece, finite[0].Gradient, 0)]))
            : SlopeJudgement.None("a one-sided derivative is infinite");

    // Column generation: the pieces that reach furthest towards the claim, until it is inside or none reaches further.
    private static (bool IsInside, (double Distance, double[] Direction, IReadOnlyList<(int, double)> Shares) Nearest) Search(
        List<Piece> pieces, double[] claim, Func<Piece, double[]> of, double tolerance, Func<double[], Piece?> look, PointTruth at)
    {
        var gradients = pieces.ConvertAll(p => of(p));
        for (int fails = 0, round = 0; ; round++)
        {
            var nearest = Hull.Nearest(gradients, claim);
            int variables = at.Around.Variables;
            if (nearest.Distance <= tolerance || fails >= (variables < 3 ? 1 : 10) || round >= 60)
            {
                return (nearest.Distance <= tolerance, nearest);
            }

            double best = gradients.Max(g => Dot(g, nearest.Direction));
            bool improved = false;
            // The claim itself is a direction too: where a hull is round, as a ball is, it is the one that reaches it.
            double[] straight = round == 0 ? claim : nearest.Direction;
            bool isStraight = variables > 1 && straight.Length == variables && straight.Max(Math.Abs) > 0;
            foreach (var seen in Towards(nearest.Direction, variables, at).Select(look).Append(isStraight ? at.LookStraight(straight) : null))
            {
                if (seen is { } piece && of(piece) is var gradient && Array.TrueForAll(gradient, double.IsFinite))
                {
                    pieces.Add(piece);
                    gradients.Add(gradient);
                    improved |= Dot(gradient, nearest.Direction) > best + (1e-9 * Math.Abs(best)) + 1e-300;
                }
            }

            fails = improved ? 0 : fails + 1;
        }
    }

    private static IEnumerable<double[]> Towards(double[] direction, int variables, PointTruth at)
    {
        if (direction.Length == variables && direction.Max(Math.Abs) > 0)
        {
            yield return direction;
            yield return Directions.Negative(direction);
        }

        yield return at.RandomDirection();
        if (variables > 2)
        {
            yield return at.RandomDirection();
            yield return at.RandomOrder();
            yield return at.RandomOrder();
        }
    }

    private SlopeJudgement? Elsewhere(double[] claim, Func<Piece, double[]> of, double size)
    {
        foreach (var (point, isFlush) in Moves.Of(truth.Point, format))
        {
            var there = move(point);
            if (there.Reason is not null)
            {
                continue;
            }

            var all = there.Pieces.Concat(truth.Pieces).Select(p => (Piece: p, Gradient: of(p)))
                .Where(g => Array.TrueForAll(g.Gradient, double.IsFinite)).ToList();
            if (all.Count > 0 && Hull.Nearest([.. all.Select(g => g.Gradient)], claim) is var nearest && nearest.Distance <= format.Strict * size)
            {
                return new(isFlush ? SlopeFinding.Flushed : SlopeFinding.Moved, null, Combination([.. all.Select(a => a.Piece)], nearest.Shares, of) with
                {
                    MovedTo = [.. point.SelectMany(x => x)],
                });
            }
        }

        return null;
    }

    private bool IsChosen(PointTruth spelling, double[] claim, Func<Piece, double[]> of, double size)
    {
        if (!spelling.IsTied || spelling.Value.Length == 0)
        {
            return false;
        }

        var pieces = new List<Piece>();
        for (int i = 0; i < 48; i++)
        {
            if (spelling.Choose(spelling.RandomDirection()) is { } piece && Array.TrueForAll(of(piece), double.IsFinite))
            {
                pieces.Add(piece);
            }
        }

        return pieces.Count > 0
            && (Search(pieces, claim, of, format.Loose * size, spelling.Choose, spelling).IsInside || IsClimbed(spelling, pieces, claim, of, format.Loose * size));
    }

    // A corner of the field may want dozens of choices at once, which no draw meets: each is turned while that leads towards the claim.
    private static bool IsClimbed(PointTruth spelling, List<Piece> pieces, double[] claim, Func<Piece, double[]> of, double tolerance)
    {
        var gradients = pieces.ConvertAll(p => of(p));
        for (int fails = 0, round = 0; round < _climbs && fails < 3; round++)
        {
            var nearest = Hull.Nearest(gradients, claim);
            if (nearest.Distance <= tolerance)
            {
                return true;
            }

            double[]? top = Climbed(spelling, g => Dot(g, nearest.Direction), of);
            bool isHigher = top is not null && Dot(top, nearest.Direction) > gradients.Max(g => Dot(g, nearest.Direction)) + 1e-12;
            fails = isHigher ? 0 : fails + 1;
            if (isHigher)
            {
                gradients.Add(top!);
            }
        }

        return Hull.Nearest(gradients, claim).Distance <= tolerance;
    }

    private static double[]? Climbed(PointTruth spelling, Func<double[], double> height, Func<Piece, double[]> of)
    {
        double[] direction = spelling.RandomDirection();
        var choices = spelling.NewChoices();
        double[]? At() => spelling.Choose(direction, choices) is { } piece && of(piece) is var gradient && Array.TrueForAll(gradient, double.IsFinite) ? gradient : null;
        double[]? best = At();
        bool isRising = true;
        for (int sweep = 0; best is not null && isRising && sweep < 3; sweep++)
        {
            isRising = false;
            for (int i = 0; i < Math.Min(choices.Count, _turns); i++)
            {
                choices.Turn(i);
                if (At() is { } turned && height(turned) > height(best) + 1e-12)
                {
                    (best, isRising) = (turned, true);
                }
                else
                {
                    choices.Turn(i);
                }
            }
        }

        return best;
    }

    private static Witness Combination(IReadOnlyList<Piece> pieces, IReadOnlyList<(int Piece, double Share)> shares, Func<Piece, double[]> of) =>
        new([.. shares.Select(s => Witnessed(pieces[s.Piece], of(pieces[s.Piece]), s.Share))]);

    private Witness Separated(double[] claim, double[] direction, Func<Piece, double[]> of)
    {
        var reach = truth.Pieces.Select(p => (Piece: p, Gradient: of(p))).MaxBy(p => Dot(p.Gradient, direction));
        return new([Witnessed(reach.Piece, reach.Gradient, 0)])
        {
            Separation = direction,
            Margin = Dot(claim, direction) - Dot(reach.Gradient, direction),
        };
    }

    private static WitnessPiece Witnessed(Piece piece, double[] gradient, double share) => new(piece.Direction, gradient, share);

    private static double Largest(double[] x) => x.Length == 0 ? 0 : x.Max(Math.Abs);

    private static double Distance(double[] a, double[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).DefaultIfEmpty(0).Max();

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
