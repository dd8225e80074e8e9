using Nonsmooth.Arithmetic;
using Nonsmooth.Differentiation;
using Nonsmooth.Evaluation;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Answers;

/// <summary>Bounds of what a convex combination of gradients near a point is worth, in interval arithmetic.</summary>
internal static class GoldsteinCertificate
{
    /// <summary>Upper bounds of the length of the combination of Clarke's subgradients, and of the distance of the points.</summary>
    public static (double Length, double Radius) Bound(
        Program program, IReadOnlyList<Array> inputs, IReadOnlyList<string> withRespectTo, IReadOnlyList<GoldsteinTerm> terms, Deadline deadline)
    {
        var names = Activity.Wanted(program, withRespectTo);
        var flat = new FlatInputs(program, inputs, names);
        var tangent = KinkForm.Of(program).Forprop(new ForpropOptions { WithRespectTo = names, KeepValues = false });
        var sum = new Enclosure[flat.Start.Length];
        Enclosure weights = 0;
        double radius = 0;
        if (terms.Count == 0)
        {
            return (double.PositiveInfinity, double.PositiveInfinity);
        }

        try
        {
            foreach (var term in terms)
            {
                double[] point = [.. term.Point.SelectMany(p => p)];
                var gradient = Gradient(tangent, flat.At(point), flat, deadline);
                for (int i = 0; i < sum.Length; i++)
                {
                    sum[i] += term.Weight * gradient[i];
                }

                weights += term.Weight;
                radius = Math.Max(radius, Norm([.. point.Select((p, i) => p - (Enclosure)flat.Start[i])]));
            }

            return terms.All(t => t.Weight > 0) ? (Norm([.. sum.Select(s => s / weights)]), radius) : (double.PositiveInfinity, radius);
        }
        catch (UndecidedException)
        {
            return (double.PositiveInfinity, radius);
        }
    }

    private static Enclosure[] Gradient(TangentProgram tangent, Array[] at, FlatInputs flat, Deadline deadline)
    {
        var gradient = new Enclosure[flat.Start.Length];
        for (int i = 0; i < gradient.Length; i++)
        {
            deadline.Check();
            var unit = new double[gradient.Length];
            unit[i] = 1;
            Array[] inputs = [.. at, .. flat.Split(unit)];
            Tensor[] tensors = [.. tangent.Inputs.Select((input, k) => Inputs.Read<Enclosure>(input.Name, tangent.Types[input.Value], inputs[k]))];
            gradient[i] = ((Tensor<Enclosure>)Interpreter.Evaluate<Enclosure>(tangent, tensors)[0])[0];
        }

        return gradient;
    }

    private static double Norm(Enclosure[] vector) =>
        Enclosure.Sqrt(vector.Select(x => x.Magnitude is var m ? (Enclosure)m * m : default).Aggregate((Enclosure)0, (a, b) => a + b)).Upper;
}
