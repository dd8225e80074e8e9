using Nonsmooth.Testing;

namespace Nonsmooth.Tests.Dictionary;

/// <summary>Every function of the dictionary on boxes: what it gives holds its values at points of the box, or it refuses.</summary>
public sealed class EnclosedRowTests
{
    private const double _rounding = 1e-12;

    [Trait("Speed", "Slow")]
    [Theory]
    [InlineData(0)]
    [InlineData(1e-9)]
    [InlineData(0.3)]
    public void ValuesAndDerivativesLieInside(double width)
    {
        int enclosed = 0;
        int refused = 0;
        foreach (var row in StandardDictionary.Rows)
        {
            for (int seed = 0; seed < 3; seed++)
            {
                var program = Examples.Program(row);
                bool differentiable = Array.Exists(Examples.Draw(row, seed), i => i is double[])
                    && program.Outputs.Any(o => program.Types[o.Value].Kind == ElementKind.Real);
                foreach (var tried in differentiable
                    ? new[] { program, program.Backprop(new BackpropOptions { KeepValues = false, Seeds = 1 }) } : [program])
                {
                    (enclosed, refused) = Holds(row, tried, seed, width) ? (enclosed + 1, refused) : (enclosed, refused + 1);
                }
            }
        }

        // Thin boxes are refused only where the row itself ties.
        Assert.True(enclosed >= (width < 0.1 ? 10 : 4) * refused, $"{enclosed} enclosed, {refused} refused");
    }

    private static bool Holds(DictionaryRow row, Program program, int seed, double width)
    {
        var random = new Random(seed);
        var drawn = Examples.Draw(row, seed);
        var corners = program.Inputs.Select((input, i) => i < drawn.Length
            ? drawn[i]
            : Enumerable.Range(0, program.Types[input.Value].Shape.Elements).Select(_ => random.NextDouble() - 0.5).ToArray()).ToArray();
        var boxes = program.Inputs.Select((input, i) => (Tensor)(corners[i] switch
        {
            double[] reals => new Tensor<Enclosure>(program.Types[input.Value].Shape, Array.ConvertAll(reals, x => Enclosure.Between(x, x + width))),
            long[] indices => new Tensor<long>(program.Types[input.Value].Shape, indices),
            _ => new Tensor<bool>(program.Types[input.Value].Shape, (bool[])corners[i]),
        })).ToArray();
        IReadOnlyList<Tensor> results;
        try
        {
            results = Interpreter.Evaluate<Enclosure>(program, boxes);
        }
        catch (UndecidedException)
        {
            return false;
        }

        for (int sample = 0; sample < 8; sample++)
        {
            var points = Array.ConvertAll(corners, c => c is double[] reals ? Array.ConvertAll(reals, x => x + (width * random.NextDouble())) : c);
            var values = Interpreter.Run<Float64>(program, points);
            for (int o = 0; o < values.Count; o++)
            {
                switch (results[o])
                {
                    case Tensor<Enclosure> reals:
                        Inside(row, reals.Elements, ((Tensor<double>)values[o]).Elements);
                        break;
                    case Tensor<long> indices:
                        Assert.Equal(((Tensor<long>)values[o]).Elements, indices.Elements);
                        break;
                    case Tensor<bool> mask:
                        Assert.Equal(((Tensor<bool>)values[o]).Elements, mask.Elements);
                        break;
                }
            }
        }

        return results.OfType<Tensor<Enclosure>>().All(t => t.Elements.All(e => e.IsDefined));
    }

    private static void Inside(DictionaryRow row, Enclosure[] boxes, double[] values)
    {
        for (int i = 0; i < boxes.Length; i++)
        {
            double slack = _rounding * (1 + Math.Abs(values[i]));
            Assert.True(
                !boxes[i].IsDefined || (boxes[i].Lower - slack <= values[i] && values[i] <= boxes[i].Upper + slack),
                $"{row}: {values[i]:R} is not in {boxes[i]}");
        }
    }
}
