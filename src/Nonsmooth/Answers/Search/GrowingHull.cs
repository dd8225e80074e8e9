using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;

namespace Nonsmooth.Answers;

/// <summary>
/// Gradients of pieces, each taken where the hull of those before would have to grow for 0 to be in it, until 0 is in it or a direction
/// descends: a cutting-plane method with exact cuts.
/// </summary>
/// <remarks>
/// While 0 is outside, a direction d has a positive product with every gradient known. The piece of −d descends, or its gradient is a
/// new one. Gradients are few, so this ends; where the function is regular one of both is the whole answer, without visiting the
/// pieces, of which there can be exponentially many. Source: J. E. Kelley, <i>The cutting-plane method for solving convex programs</i> (1960).
/// </remarks>
internal sealed class GrowingHull
{
    private static readonly int[] _nudges = [8, 16, 24, 32, 40];

    private readonly KinkSearch _search;
    private readonly KinkBudget _budget;
    private readonly Deadline _deadline;
    private readonly DirectionalProgram _directional;
    private readonly ExactSweeps _sweeps;
    private readonly List<Dyadic[]> _gradients = [];
    private readonly List<LinearPiece?> _pieces = [];
    private readonly HashSet<Dyadic[]> _known = new(ExactVectorComparer.Instance);
    private RandomSequence _random;

    public GrowingHull(Program program, KinkSearch search, IReadOnlyList<Array> inputs, KinkBudget budget, Deadline deadline)
    {
        (_search, _budget, _deadline) = (search, budget, deadline);
        _directional = DirectionalProgram.Emit(program, budget.WithRespectTo, 1, gradient: true);
        _sweeps = _directional.Exactly(inputs, deadline);
        _random = new CounterRandom(budget.Seed).Derive("growing hull").Sequence();
    }

    /// <summary>Pieces visited.</summary>
    public int Pieces => _gradients.Count;

    /// <summary>Where 0 is in the hull: the combination.</summary>
    public IReadOnlyList<WeightedPiece>? Combination { get; private set; }

    /// <summary>Where a direction descends: it, all inputs in a row.</summary>
    public double[]? Descent { get; private set; }

    /// <summary>Why neither was found; null where one was.</summary>
    public string? Doubt { get; private set; }

    /// <summary>Grows the hull.</summary>
    /// <param name="both">Whether descent does not end it: 0 may be in the hull all the same.</param>
    public void Run(bool both)
    {
        int variables = _search.Names.Sum(n => _search.Form.InputType(n).Shape.Elements);
        double[] direction = Draw(variables);
        while (true)
        {
            if (!Follow(direction, both) || Decide() is not { } next)
            {
                return;
            }

            direction = next;
        }
    }

    // Where to look next; null where it is decided.
    private double[]? Decide()
    {
        if (Pieces >= _budget.Pieces)
        {
            return Stop($"0 is not in the hull of the first {Pieces} gradients");
        }

        int[] columns = Sizes();
        ExactRow[] rows = [.. _gradients.Select(g => ExactRow.Of(g, columns))];
        var alternative = Alternative.Of(rows, columns, _deadline);
        if (alternative.Weights is { } weights)
        {
            Combination = PieceGradients.Combine(weights, _pieces);
            return null;
        }

        return (alternative.IsTold ? Inside(rows, columns, alternative.Direction!) : null)
            ?? Stop("whether a derivative is negative is within rounding");
    }

    private double[]? Stop(string doubt)
    {
        Doubt = doubt;
        return null;
    }

    // A direction of doubles on no border, whose opposite has a negative product with every gradient known.
    private double[]? Inside(ExactRow[] rows, int[] columns, Dyadic[] separating)
    {
        double[] even = ExactVector.Scaled([.. separating.Select((x, j) => x.Shifted(columns[j]))]);
        foreach (int nudge in _nudges)
        {
            double[] drawn = Draw(even.Length);
            double[] moved = [.. even.Select((x, j) => Math.ScaleB(x + Math.ScaleB(drawn[j], -nudge), -columns[j]))];
            if (Alternative.Separates(rows, ExactVector.Of(moved)))
            {
                return [.. moved.Select(x => -x)];
            }
        }

        return null;
    }

    // The piece of a direction, as far as rounding tells; false where that is the end.
    private bool Follow(double[] direction, bool both)
    {
        var results = _sweeps.Run([.. _search.Split(direction).Select(ExactVector.Of)]);
        if (_directional.AllDecisions.FirstOrDefault(d => results[d.Name].Any(x => x is { IsFinite: true, Sign: not 0, IsTold: false })) is { Node: { } vague })
        {
            Doubt = $"on which side of {vague.Name}'s kink a direction goes is within rounding";
            return false;
        }

        Dyadic[] gradient = [.. _search.Names.SelectMany(n => results[$"grad.{n}"])];
        var slope = results[$"jvp.{KinkSweep.ScalarOutput(_directional.Form).Name}.0"][0];
        if (!ExactVector.AreFinite(gradient) || !slope.IsFinite)
        {
            Doubt = "a derivative is not finite";
            return false;
        }

        if (slope.Sign < 0)
        {
            Descent ??= slope.IsTold ? direction : null;
            Doubt = slope.IsTold ? null : "whether a derivative is negative is within rounding";
        }

        // Only where something descends, and the function is not regular, can a direction lead back to a piece that is known.
        if (!_known.Add(gradient))
        {
            Doubt ??= $"the hull of {Pieces} gradients does not grow along directions that separate it from 0";
            return false;
        }

        _gradients.Add(gradient);
        _pieces.Add(new LinearPiece(_search.Split(direction), _search.Split(ExactVector.ToDoubles(gradient))));
        return slope.Sign >= 0 || (both && slope.IsTold);
    }

    // Columns by the largest entry met: units of variables do not matter.
    private int[] Sizes() => [.. Enumerable.Range(0, _gradients[0].Length)
        .Select(j => _gradients.Where(g => g[j].Sign != 0).Select(g => g[j].FirstBit).DefaultIfEmpty(0).Max())];

    private double[] Draw(int count)
    {
        var direction = new double[count];
        for (int i = 0; i < count; i++)
        {
            direction[i] = _random.NextNormal();
        }

        return direction;
    }
}
