using Nonsmooth.Programs;

namespace Nonsmooth.Answers;

/// <summary>What is known about a point before its pieces are searched, and the search.</summary>
internal sealed class KinkSearch
{
    private readonly IReadOnlyList<Array> _inputs;
    private readonly KinkBudget _budget;
    private readonly Point _point;

    public KinkSearch(Program program, IReadOnlyList<Array> inputs, KinkBudget budget)
    {
        (_inputs, _budget) = (inputs, budget);
        Form = KinkForm.Of(program);
        KinkSweep.ScalarOutput(Form);
        _point = new Point(Form, inputs);
        Names = Differentiation.Activity.Wanted(Form, budget.WithRespectTo);
        Units = SwitchSystem.UnitsOf(Form, _point, Names, tiedOnly: true);
        var curved = Curvature.Of(Form, Names);
        IsCurved = Units.Any(u => u.Node.Arguments.Any(a => curved[a]));
        var active = Differentiation.Activity.Of(Form, Names);
        var norm = Form.Nodes.FirstOrDefault(n => n.Arguments.Any(a => active[a]) && SwitchUnits.IsAtZeroNorm(n, _point));
        Obstacle = Jumps.First(_point, Names) is { } jump ? $"the point sits on the decision of {jump}"
            : norm is not null ? $"{norm.Name} is a 2-norm at the zero vector, which is not piecewise linear"
            : null;
    }

    public Program Form { get; }

    public IReadOnlyList<string> Names { get; }

    public IReadOnlyList<SwitchUnit> Units { get; }

    /// <summary>Whether a tied unit has an argument that is not piecewise linear: ties may part beyond the first order.</summary>
    public bool IsCurved { get; }

    /// <summary>Why nothing can be said; null where something can.</summary>
    public string? Obstacle { get; }

    /// <summary>Why the pieces cannot be searched; null where they can.</summary>
    public string? OverBudget => Units.Count <= _budget.TiedUnits
        ? null
        : $"{Units.Count} units tie, more than the budget of {_budget.TiedUnits}";

    /// <summary>Searches all pieces around the point until the visitor returns false.</summary>
    public ConeSearch Run(Func<double[], double[], IReadOnlyList<double[]>, bool> visit)
    {
        var search = new ConeSearch(SwitchSystem.Of(Form, _inputs, _point, Names, Units), _budget.Pieces);
        search.Run(visit);
        return search;
    }

    /// <summary>Two pieces with different gradients: by a few random directions, then by the search.</summary>
    public (IReadOnlyList<double[]>? First, IReadOnlyList<double[]>? Second, long Pieces, string? Doubt) TwoPieces(Program program)
    {
        IReadOnlyList<double[]>? first = null;
        for (int trial = 0; trial < _budget.Trials; trial++)
        {
            var answer = Clarke.At(program, _inputs, _budget with { Seed = _budget.Seed + (ulong)trial });
            if (!Gradients.AreFinite(answer.Gradient))
            {
                return (null, null, 0, "a derivative is not finite");
            }

            first ??= answer.Gradient;
            if (Gradients.Difference(first, answer.Gradient) > _budget.Tolerance)
            {
                return (first, answer.Gradient, 0, null);
            }
        }

        if (Ambiguity.At(program, _inputs, _budget).Ambiguous == Verdict.No)
        {
            return (first, null, 0, null);
        }

        if (OverBudget is { } over)
        {
            return (first, null, 0, over);
        }

        double[]? one = null;
        double[]? other = null;
        var search = Run((gradient, _, _) =>
        {
            one ??= gradient;
            other = Gradients.Difference([one], [gradient]) > _budget.Tolerance ? gradient : null;
            return other is null;
        });
        string? doubt = search.IsExhausted ? $"more than {_budget.Pieces} linear pieces meet here" : null;
        return (one is null ? first : Split(one), other is null ? null : Split(other), search.Cones, doubt);
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
}
