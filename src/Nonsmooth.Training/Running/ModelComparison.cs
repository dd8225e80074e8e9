using Nonsmooth.Data.Arrays;
using Nonsmooth.Training.ModelFiles;

namespace Nonsmooth.Training.Running;

/// <summary>A model's outputs, loss and gradients held against those that another framework recorded.</summary>
/// <param name="Tensors">What was compared, in the recording's order.</param>
/// <param name="NotCompared">Arrays of the recording that there is nothing here for, each with the reason.</param>
public sealed record ModelComparison(IReadOnlyList<ComparedTensor> Tensors, IReadOnlyList<(string Name, string Reason)> NotCompared)
{
    private const string OwnLoss = "lm_loss";
    private const string Gradient = "grad.";
    private const string StoredGradient = "gradonnx.";
    private const string WideGradient = "grad64.";

    /// <summary>Whether something was compared and all of it is equal.</summary>
    public bool Holds => Tensors.Count > 0 && Tensors.All(t => t.Holds);

    /// <summary>Runs a model on a recording's inputs and compares.</summary>
    /// <remarks>
    /// Arrays are called <c>in.INPUT</c>; <c>y</c>, <c>y1</c>, … the outputs in order, or by their names; <c>loss</c>, the sum of squares of all outputs;
    /// <c>lm_loss</c>, the loss that a language model has of its own with <c>labels</c>, of which the gradients then are;
    /// <c>gradonnx.NAME</c> the loss's gradient for an initializer, else <c>grad64.NAME</c> or <c>grad.NAME</c>. A tensor is equal where the largest difference is at
    /// most the tolerance times its largest number, plus 10⁻⁶ times the largest gradient recorded.
    /// </remarks>
    /// <param name="model">The model.</param>
    /// <param name="recording">The arrays.</param>
    /// <param name="without">Gradients that say nothing of this file, by the weight's name, each with the reason: of weights stored twice, or merged.</param>
    /// <param name="tolerance">The relative tolerance; null for what the model's stored types allow.</param>
    /// <param name="options">How it is run; loss and gradient are the recording's affair.</param>
    public static ModelComparison Of(BoundModel model, Binding recording, IReadOnlyDictionary<string, string> without, double? tolerance, ModelRunOptions options)
    {
        var arrays = recording.Arrays;
        bool gradient = arrays.Keys.Any(IsGradient);
        bool isOwn = model.OwnLoss is not null && arrays.ContainsKey(OwnLoss);
        var run = ModelRun.Of(model, recording, options with { Loss = isOwn ? ValueLoss.Own : ValueLoss.SumSquares, Gradient = gradient && model.Weights.Any(w => w.IsTrained) });
        double relative = tolerance ?? model.Tolerance;
        double largest = arrays.Where(a => IsGradient(a.Key)).Select(a => Largest(a.Value.ToDoubles())).DefaultIfEmpty(0).Max();
        var compared = new List<ComparedTensor>();
        var left = new List<(string, string)>();
        foreach (var (name, array) in arrays)
        {
            if (name.StartsWith("in.", StringComparison.Ordinal) || model.Inputs.Contains(name))
            {
                continue;
            }

            var (own, reason) = IsGradient(name) && without.TryGetValue(WeightOf(name), out string? why) ? (null, why) : Own(name, arrays, run, isOwn);
            if (own is null)
            {
                if (reason.Length > 0)
                {
                    left.Add((name, reason));
                }

                continue;
            }

            double[] expected = array.ToDoubles();
            compared.Add(own.Length == expected.Length
                ? ComparedTensor.Of(name, [.. array.Shape], own, expected, (relative * Largest(expected)) + (1e-6 * largest))
                : new ComparedTensor(name, [.. array.Shape], double.NaN, 0, $"{own.Length} numbers here"));
        }

        return new ModelComparison(compared, left);
    }

    private static (double[]? Own, string Reason) Own(string name, IReadOnlyDictionary<string, StoredTensor> arrays, ModelRun run, bool isOwn)
    {
        if (name == "loss" || (isOwn && name == OwnLoss))
        {
            return ([isOwn && name != OwnLoss ? run.Outputs.Where(o => o.Value.IsReal).Sum(o => o.Value.ToDoubles().Sum(x => x * x)) : run.Loss!.Value], "");
        }

        if (IsGradient(name))
        {
            string weight = WeightOf(name);
            string best = arrays.ContainsKey(StoredGradient + weight) ? StoredGradient : arrays.ContainsKey(WideGradient + weight) ? WideGradient : Gradient;
            if (!name.StartsWith(best, StringComparison.Ordinal))
            {
                return (null, "");
            }

            var own = run.Gradients.FirstOrDefault(g => g.Key == weight).Value;
            return own is null ? (null, "no weight of the model has that name") : (own.ToDoubles(), "");
        }

        int at = name == "y" ? 0 : name.Length > 1 && name[0] == 'y' && int.TryParse(name[1..], out int index) ? index : -1;
        var output = at >= 0 && at < run.Outputs.Count ? run.Outputs[at].Value : run.Outputs.FirstOrDefault(o => o.Key == name).Value;
        return output is null ? (null, "neither an input, an output, a loss nor a gradient") : (output.ToDoubles(), "");
    }

    private static string WeightOf(string gradient) => gradient[(gradient.IndexOf('.', StringComparison.Ordinal) + 1)..];

    private static bool IsGradient(string name) =>
        name.StartsWith(Gradient, StringComparison.Ordinal) || name.StartsWith(StoredGradient, StringComparison.Ordinal) || name.StartsWith(WideGradient, StringComparison.Ordinal);

    private static double Largest(double[] numbers) => numbers.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
}

/// <summary>A tensor held against a recorded one.</summary>
/// <param name="Name">Its name in the recording.</param>
/// <param name="Shape">Its shape there.</param>
/// <param name="Difference">The largest difference of two numbers; NaN or ∞ where one is not finite and the other not the same.</param>
/// <param name="Allowed">What it may be.</param>
/// <param name="Fault">Why it could not be compared; empty where it was.</param>
public sealed record ComparedTensor(string Name, IReadOnlyList<long> Shape, double Difference, double Allowed, string Fault = "")
{
    /// <summary>Whether it is equal.</summary>
    public bool Holds => Fault.Length == 0 && Difference <= Allowed;

    internal static ComparedTensor Of(string name, IReadOnlyList<long> shape, double[] own, double[] expected, double allowed)
    {
        double worst = 0;
        for (int i = 0; i < own.Length; i++)
        {
            double apart = own[i].Equals(expected[i]) || own[i] == expected[i] ? 0 : Math.Abs(own[i] - expected[i]);
            worst = double.IsNaN(apart) || double.IsNaN(worst) ? double.NaN : Math.Max(worst, apart);
        }

        return new ComparedTensor(name, shape, worst, allowed);
    }
}
