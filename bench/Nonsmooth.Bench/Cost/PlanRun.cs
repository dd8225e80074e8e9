using Nonsmooth.Arithmetic;
using Nonsmooth.Cost;
using Nonsmooth.Evaluation;
using Nonsmooth.Tensors;

namespace Nonsmooth.Bench.Cost;

/// <summary>A program of a plan, the values that the plan gives it, and how often it runs.</summary>
/// <remarks>The values are real: sines of huge numbers and products of denormal ones take several times as long as others.</remarks>
internal sealed record PlanRun(Programs.Program Program, IReadOnlyList<Tensor> Inputs, long Times)
{
    private const string Kept = "kept.";

    public static PlanRun[] Of(JacobianPlan plan)
    {
        var runs = new List<PlanRun>();
        var known = new Dictionary<string, Tensor>();
        foreach (var stage in plan.Stages)
        {
            IReadOnlyList<Tensor> inputs = [.. stage.Once.Inputs.Select((input, i) => known.GetValueOrDefault(input.Name) ?? Draw(stage.Once)[i])];
            var results = Interpreter.Evaluate<Rounded<Float64>>(stage.Once, inputs);
            for (int i = 0; i < inputs.Count; i++)
            {
                known[stage.Once.Inputs[i].Name] = inputs[i];
            }

            foreach (var (output, value) in stage.Once.Outputs.Zip(results))
            {
                known[output.Name.StartsWith(Kept, StringComparison.Ordinal) ? output.Name[Kept.Length..] : output.Name] = value;
            }

            runs.Add(new PlanRun(stage.Once, inputs, 1));
            runs.Add(new PlanRun(stage.Each, [.. stage.Each.Inputs.Select(i => known.GetValueOrDefault(i.Name) ?? Basis(stage.Each.Types[i.Value].Shape))], stage.Sweeps));
        }

        if (plan.Product is { } product)
        {
            runs.Add(new PlanRun(product, Draw(product), 1));
        }

        return [.. runs];
    }

    /// <summary>Values between −1 and 1, weights less, so that layers keep their magnitudes.</summary>
    public static Tensor[] Draw(Programs.Program program)
    {
        var random = new Random(3);
        return [.. program.Inputs.Select(i => Draw(program.Types[i.Value].Shape, random))];
    }

    private static Tensor Draw(Shape shape, Random random)
    {
        double most = shape.Rank < 2 ? 1 : shape[0] == 1 ? 0.2 : Math.Sqrt(3.0 / shape[^1]);
        return Tensor.Generate(shape, _ => Rounded<Float64>.FromDouble(most * ((2 * random.NextDouble()) - 1)));
    }

    private static Tensor Basis(Shape shape)
    {
        var vector = Tensor.Generate(shape, _ => Rounded<Float64>.FromDouble(0));
        vector.Elements[shape.Elements / 2] = Rounded<Float64>.FromDouble(1);
        return vector;
    }
}
