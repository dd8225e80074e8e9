using System.Globalization;
using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;

namespace Nonsmooth.Answers;

/// <summary>What is known about a point before its pieces are searched, and the search.</summary>
internal sealed class KinkSearch
{
    private const string _narrow = "a piece is narrower than sums of two doubles";

    private readonly IReadOnlyList<Array> _inputs;
    private readonly KinkBudget _budget;
    private readonly Program _program;
    private readonly Deadline _deadline;
    private readonly Point _point = null!;

    public KinkSearch(Program program, IReadOnlyList<Array> inputs, KinkBudget budget, Deadline deadline)
    {
        (_program, _inputs, _budget, _deadline) = (program, inputs, budget, deadline);
        Form = KinkForm.Of(program);
        KinkSweep.ScalarOutput(Form);
        Names = Differentiation.Activity.Wanted(Form, budget.WithRespectTo);
        try
        {
            _point = new Point(Form, inputs, deadline);
        }
        catch (OutOfTimeException e)
        {
            Obstacle = e.Message;
            return;
        }

        Units = SwitchSystem.UnitsOf(Form, _point, Names, tiedOnly: true);
        var curved = Curvature.Of(Form, Names);
        IsCurved = Units.Any(u => u.Node.Arguments.Any(a => curved[a]));
        Gaps = KinkGaps.Of(Form, _point, Names);
        Obstacle = Doubts.At(Form, _point, Names, Gaps) ?? AtNorm();
    }

    public Program Form { get; }

    public IReadOnlyList<string> Names { get; }

    public IReadOnlyList<SwitchUnit> Units { get; } = [];

    public KinkGaps Gaps { get; } = KinkGaps.None;

    /// <summary>Whether a tied unit has an argument that is not piecewise linear: ties may part beyond the first order.</summary>
    public bool IsCurved { get; }

    /// <summary>Why nothing can be said; null where something can.</summary>
    public string? Obstacle { get; }

    /// <summary>Why the pieces cannot be searched; null where they can.</summary>
    public string? OverBudget => Units.Count <= _budget.TiedUnits
        ? null
        : $"{Units.Count} units tie, more than the budget of {_budget.TiedUnits}";

    /// <summary>Why a search did not visit all pieces for sure; null where it did.</summary>
    public string? Stopped(ConeSearch search) => search.IsExhausted
        ? string.Create(CultureInfo.InvariantCulture, $"more than {_budget.Pieces} linear pieces meet here")
        : search.Doubt;

    /// <summary>A search of all pieces around the point.</summary>
    public ConeSearch Begin() => new(SwitchSystem.Of(Form, _inputs, _point, Names, Units, _deadline), _budget.Pieces, _deadline);

    /// <summary>A search for 0 in the hull of gradients, or for descent.</summary>
    public GrowingHull Grow() => new(_program, this, _inputs, _budget, _deadline);

    /// <summary>Whether the function is regular in Clarke's sense at the point by how the program is put together.</summary>
    public bool IsRegular() => ClarkeRegularity.Of(Form, _point, Names, _deadline)[KinkSweep.ScalarOutput(Form).Value].IsRegular;

    /// <summary>How far kinks are from a point at which none ties.</summary>
    public KinkClearance Clearance() => KinkFreeBox.Around(Form, _inputs, Names, Gaps);

    /// <summary>Two pieces with different gradients, by a few random directions, then by the search; or why there are none.</summary>
    public (KinkGrounds Grounds, LinearPiece? First, LinearPiece? Second, long Pieces, string? Doubt) TwoPieces()
    {
        (Dyadic[] Gradient, LinearPiece Piece)? first = null;
        try
        {
            return TwoPieces(ref first);
        }
        catch (OutOfTimeException e)
        {
            return (KinkGrounds.None, first?.Piece, null, 0, e.Message);
        }
    }

    /// <summary>The piece of a cone; null where neither a direction of doubles nor a sum of two was found in it.</summary>
    public LinearPiece? Publish(ConeSearch search, Cone cone)
    {
        double[] rounded = ExactVector.Scaled(cone.Witness);
        if (Alternative.Separates(cone.Constraints, ExactVector.Of(rounded)))
        {
            return new LinearPiece(Split(search.Widen(rounded)), Gradient());
        }

        // A witness can hug a border; the direction that keeps farthest from all of them survives rounding better.
        Dyadic[] centre = ExactVector.Normalised(Alternative.Centre(cone.Constraints, search.Scales) ?? cone.Witness);
        rounded = ExactVector.ToDoubles(centre);
        if (Alternative.Separates(cone.Constraints, ExactVector.Of(rounded)))
        {
            return new LinearPiece(Split(search.Widen(rounded)), Gradient());
        }

        double[] rest = ExactVector.ToDoubles(ExactVector.Plus(centre, ExactVector.Negate(ExactVector.Of(rounded))));
        return Alternative.Separates(cone.Constraints, ExactVector.Plus(ExactVector.Of(rounded), ExactVector.Of(rest)))
            ? new LinearPiece(Split(search.Widen(rounded)), Gradient()) { Refinement = Split(search.Widen(rest)) }
            : null;

        IReadOnlyList<double[]> Gradient() => Split(ExactVector.ToDoubles(cone.FullGradient()));
    }

    /// <summary>One array an input from all of them in a row.</summary>
    public IReadOnlyList<double[]> Split(double[] all)
    {
        int position = 0;
        var parts = new List<double[]>();
        foreach (string name in Names)
        {
            int count = Form.InputType(name).Shape.Elements;
            parts.Add(all[position..(position + count)]);
            position += count;
        }

        return parts;
    }

    private (KinkGrounds Grounds, LinearPiece? First, LinearPiece? Second, long Pieces, string? Doubt) TwoPieces(ref (Dyadic[] Gradient, LinearPiece Piece)? first)
    {
        var random = new RandomPiece(_program, _inputs, _budget, _deadline);
        for (int trial = 0; trial < (Units.Count == 0 ? 1 : _budget.Trials); trial++)
        {
            var (gradient, piece) = random.Draw(_budget.Seed + (ulong)trial);
            if (!ExactVector.AreFinite(gradient))
            {
                return (KinkGrounds.None, null, null, 0, "a derivative is not finite");
            }

            first ??= (gradient, piece);
            if (ExactVector.AreApart(first.Value.Gradient, gradient))
            {
                return (KinkGrounds.TwoPieces, first.Value.Piece, piece, 0, null);
            }
        }

        if (Units.Count == 0)
        {
            return (KinkGrounds.NoKink, first?.Piece, null, 0, null);
        }

        if (Ambiguity.At(_program, _inputs, _budget, _deadline).Ambiguous == Verdict.No)
        {
            return (KinkGrounds.OneGradient, first?.Piece, null, 0, null);
        }

        return OverBudget is { } over ? (KinkGrounds.None, first?.Piece, null, 0, over) : Search(first?.Piece);
    }

    private (KinkGrounds, LinearPiece?, LinearPiece?, long, string?) Search(LinearPiece? sampled)
    {
        ExactRow? one = null;
        (LinearPiece? first, LinearPiece? second, string? narrow) = (null, null, null);
        var search = Begin();
        string? over = search.Until(cone =>
        {
            if (one is null)
            {
                (one, first) = (cone.Gradient, Publish(search, cone));
                narrow = first is null ? _narrow : null;
                return true;
            }

            if (ExactVector.AreEqual(one.Exact, cone.Gradient.Exact))
            {
                return true;
            }

            bool apart = ExactVector.AreApart(one.Exact, cone.Gradient.Exact);
            second = apart ? Publish(search, cone) : null;
            narrow = second is not null ? narrow : apart ? _narrow : "two pieces differ by no more than rounding";
            return second is null || first is null;
        });
        return first is not null && second is not null && search.Doubt is null ? (KinkGrounds.TwoPieces, first, second, search.Cones, null)
            : (over ?? narrow ?? Stopped(search)) is { } doubt ? (KinkGrounds.None, first ?? sampled, null, search.Cones, doubt)
            : (KinkGrounds.AllPieces, first, null, search.Cones, null);
    }

    private string? AtNorm()
    {
        var active = Differentiation.Activity.Of(Form, Names);
        var norm = Form.Nodes.FirstOrDefault(n => n.Arguments.Any(a => active[a]) && SwitchUnits.IsAtZeroNorm(n, _point));
        return norm is null ? null : $"{norm.Name} is a 2-norm at the zero vector, which is not piecewise linear";
    }
}
