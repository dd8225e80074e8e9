using Nonsmooth.Differentiation;
using Nonsmooth.Programs;

namespace Nonsmooth.Answers;

/// <summary>A program's values and gradients at points, and whether it is smooth there.</summary>
internal sealed class SmoothPoints
{
    private readonly Program _form;
    private readonly FlatInputs _flat;
    private readonly IReadOnlyList<string> _names;
    private readonly Deadline _deadline;
    private readonly GradientProgram _gradient;
    private readonly string _value;

    public SmoothPoints(Program program, FlatInputs flat, IReadOnlyList<string> names, Deadline deadline)
    {
        (_flat, _names, _deadline) = (flat, names, deadline);
        _value = KinkSweep.ScalarOutput(program).Name;
        _form = KinkForm.Of(program);
        _gradient = program.Backprop(new BackpropOptions { WithRespectTo = names });
    }

    /// <summary>The value, and what backprop says of the gradient.</summary>
    public (double Value, double[] Gradient) Evaluate(double[] point)
    {
        var results = Point.Run(_gradient, _flat.At(point));
        return (results[_value][0], [.. _names.SelectMany(n => results[_gradient.Gradient(n).Name])]);
    }

    /// <summary>Whether no kink or jump is within the rounding of the values.</summary>
    public bool IsSmooth(double[] point)
    {
        var at = new Point(_form, _flat.At(point), _deadline);
        return KinkGaps.Of(_form, at, _names).Doubtful is null
            && SwitchSystem.UnitsOf(_form, at, _names, tiedOnly: true).Count == 0
            && Jumps.First(at, _names) is null;
    }
}
