using Nonsmooth.Arithmetic;
using Nonsmooth.Differentiation;
using Nonsmooth.Evaluation;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Answers;

/// <summary>All of Clarke's subgradients in a box around a point, by backprop in interval arithmetic.</summary>
internal static class GradientBox
{
    /// <summary>What the product of every subgradient with a direction is at least; −∞ where intervals do not tell.</summary>
    public static double Least(Program program, IReadOnlyList<Array> inputs, IReadOnlyList<string> names, double radius, double[] direction)
    {
        var form = KinkForm.Of(program);
        var gradient = form.Backprop(new BackpropOptions { WithRespectTo = names, KeepValues = false });
        var active = Activity.Of(form, names);
        if (form.Nodes.Any(n => n.Arguments.Any(a => active[a]) && Jumps.Decides(n, form)))
        {
            return double.NegativeInfinity;
        }

        try
        {
            var results = Interpreter.Evaluate<Enclosure>(
                gradient, [.. form.Inputs.Select((input, i) => KinkFreeBox.Box(form, input, inputs[i], names.Contains(input.Name) ? radius : 0))]);
            return names.SelectMany(n => ((Tensor<Enclosure>)results[gradient.Outputs.ToList().IndexOf(gradient.Gradient(n))]).Elements)
                .Zip(direction, (g, d) => g * d).Aggregate((Enclosure)0, (a, b) => a + b).Lower;
        }
        catch (UndecidedException)
        {
            return double.NegativeInfinity;
        }
    }
}
