using Nonsmooth.Engines.Neighbours;
using Nonsmooth.Programs;

namespace Nonsmooth.Engines.Judging;

/// <summary>What a function is at a point and around it, found once for all engines.</summary>
internal sealed class PointTruth
{
    private readonly Random _random = new(7);

    public PointTruth(Program program, IReadOnlyList<double[]> point)
    {
        (Program, Point) = (program, point);
        Around = new Surroundings(program, point);
        if (point.Any(x => !Array.TrueForAll(x, double.IsFinite)))
        {
            Reason = "the point is not finite";
            return;
        }

        Value = Around.Value;
        if (Array.Exists(Value, double.IsNaN))
        {
            Reason = "there is no value";
            return;
        }

        bool isFirst = true;
        foreach (double[] direction in Directions.Of(Around.Variables, 1))
        {
            var (piece, isTied) = Near.Watch(() => Around.Along(direction));
            Add(piece);
            IsTied |= isTied;
            if (isFirst && !isTied && piece is not null)
            {
                break;
            }

            isFirst = false;
        }

        Reason = Pieces.Count == 0 ? "nothing is defined around the point"
            : Pieces.Exists(Jumps) ? "the function jumps"
            : null;
    }

    public Program Program { get; }

    public IReadOnlyList<double[]> Point { get; }

    public Surroundings Around { get; }

    public double[] Value { get; } = [];

    /// <summary>The pieces found so far.</summary>
    public List<Piece> Pieces { get; } = [];

    /// <summary>Whether in some direction nothing was defined, or could not be told.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>Whether anything around the point depends on the direction.</summary>
    public bool IsTied { get; private set; }

    /// <summary>Why no gradient is judged; null where one is.</summary>
    public string? Reason { get; }

    /// <summary>Looks into a direction, or just beside it.</summary>
    public Piece? Look(double[] direction) => Around.Along(Beside(direction));

    /// <summary>Looks exactly into a direction.</summary>
    public Piece? LookStraight(double[] direction) => Around.Along(direction);

    /// <summary>An element of the chain rule's field, where every operation chooses by itself.</summary>
    public Piece? Choose(double[] direction) => Around.Along(Beside(direction), _random);

    /// <summary>The same where the choices are given: an element for each of them.</summary>
    public Piece? Choose(double[] direction, Choices choices) => Around.Along(direction, choices.Again());

    /// <summary>Choices that are not made yet.</summary>
    public Choices NewChoices() => new(_random);

    public double[] RandomDirection() => Directions.Random(_random, Around.Variables);

    /// <summary>The order of the variables at random, or the variables in a random order from one end.</summary>
    public double[] RandomOrder()
    {
        double[] order = [.. Enumerable.Range(0, Around.Variables).Select(i => (double)(i + 1))];
        _random.Shuffle(order);
        return _random.Next(2) == 0 ? order : [.. order.Select(x => _random.Next(2) == 0 ? x : -x)];
    }

    private double[] Beside(double[] direction) => Around.Variables == 1 ? direction : Directions.Beside(direction, _random, 0.02);

    private void Add(Piece? piece)
    {
        if (piece is null)
        {
            IsPartial = true;
        }
        else
        {
            Pieces.Add(piece);
        }
    }

    private bool Jumps(Piece piece)
    {
        for (int i = 0; i < Value.Length; i++)
        {
            if (Value[i] != piece.Value[i] && !(Math.Abs(Value[i] - piece.Value[i]) <= 1e-9 * Math.Max(1, Math.Abs(Value[i]))))
            {
                return true;
            }
        }

        return false;
    }
}
