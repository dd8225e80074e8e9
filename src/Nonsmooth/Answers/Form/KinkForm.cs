using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Answers;

/// <summary>
/// The same function written with few kinds of kinks: functions of one variable, maximum and minimum of two, and the
/// 2-norm at 0.
/// </summary>
/// <remarks>
/// Extrema over axes become trees of <c>maximum</c>, sorts become networks of <c>maximum</c> and <c>minimum</c>, the 1- and
/// ∞-norms use <c>abs</c>. Values keep their bits. Indices (argmax, a sort's permutation) stay those of the original.
/// </remarks>
internal static class KinkForm
{
    public static Program Of(Program program) => program.Flatten().Rewrite(Write).Prune();

    private static IReadOnlyList<Variable>? Write(Node node, IReadOnlyList<Variable> arguments)
    {
        if (arguments.Count == 0)
        {
            return null;
        }

        var x = arguments[0];
        using (x.Builder.Expand(node))
        {
            return node.Function switch
            {
                ReduceExtremum f => [Extrema.Over(x, f.Axes, f.KeepAxes, f.Largest)],
                Norm { Order: 1 } f => [x.Builder.Apply(new Sum(f.Axes, f.KeepAxes), Functions.Abs(x))],
                Norm { Order: double.PositiveInfinity } f => [Extrema.Over(Functions.Abs(x), f.Axes, f.KeepAxes, true)],
                MaxPool2d f => [Windows.Maximum(x, f), Indices(x, f)],
                NormPool2d f => [Windows.Norm(x, f)],
                CumulativeMaximum f => [Extrema.Running(x, f.Axis), Indices(x, f)],
                Sort f => [SortingNetwork.Sort(x, f.Axis, f.Descending), Indices(x, f)],
                TopK f => [First(SortingNetwork.Sort(x, f.Axis, f.Largest), f.Axis, f.K), Indices(x, f)],
                Median f => [Middle(x, f.Axis), Indices(x, f)],
                _ => null,
            };
        }
    }

    private static Variable Indices(Variable x, ElementaryFunction function) => x.Builder.ApplyAll(function, x)[1];

    private static Variable First(Variable sorted, int axis, int count) => Slices.Range(sorted, axis, 0, count);

    private static Variable Middle(Variable x, int axis)
    {
        int rank = (x.Shape[axis] - 1) / 2;
        var kept = Slices.Range(SortingNetwork.Sort(x, axis, false), axis, rank, 1);
        return kept.Reshape(new Shape([.. x.Shape.Where((_, a) => a != axis)]));
    }
}
