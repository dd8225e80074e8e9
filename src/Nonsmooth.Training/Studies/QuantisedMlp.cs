using Nonsmooth.Data;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;
using Nonsmooth.Reliability.Families;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Studies;

/// <summary>A perceptron of four-bit weights and activations, as quantisation-aware training simulates it.</summary>
/// <remarks>
/// Weights are clamped to the codes −8 … 7 and rounded straight through; hidden values are clamped to 0 … 15, which
/// takes the place of ReLU. They start on the grid, as those of a four-bit checkpoint do: what a wider range had is at
/// the bounds exactly. Biases stay in full precision. Steps are powers of two, so codes are exact.
/// </remarks>
public static class QuantisedMlp
{
    private const int _lowest = -8;
    private const int _highest = 7;
    private const double _activationStep = 0.25;

    /// <summary>The network.</summary>
    /// <param name="hidden">Neurons of each hidden layer.</param>
    /// <param name="learnedSteps">Whether the step of each layer's weights is learned with them, without scaling its gradient.</param>
    /// <param name="zeroStart">Whether hidden layers start from weights 0, as added branches and adapters do: all their values are at the lower bound of the clamp then.</param>
    /// <param name="input">The shape of an example; 1×28×28 if not given.</param>
    /// <param name="classes">Logits.</param>
    public static Model Create(IReadOnlyList<int> hidden, bool learnedSteps = false, bool zeroStart = false, ImageShape? input = null, int classes = 10)
    {
        var shape = input ?? new ImageShape(1, 28, 28);
        return Classifier.Of($"int4-mlp:{shape.Size}-{string.Join('-', hidden)}-{classes}", shape, classes, (network, x) =>
        {
            x = x.Flatten(1);
            for (int i = 0; i <= hidden.Count; i++)
            {
                x = Layer(network, $"fc{i + 1}", x, i < hidden.Count ? hidden[i] : classes, i < hidden.Count, learnedSteps, zeroStart && i < hidden.Count);
            }

            return x;
        });
    }

    /// <summary>Clips every weight to its lowest and highest code times its layer's step, as training of few-bit weights does after each update.</summary>
    /// <remarks>Those that drift out are at a bound exactly then, but for the rounding of a step that is no power of two.</remarks>
    public static void Clip(ParameterSet parameters)
    {
        for (int i = 0; i < parameters.Parameters.Count; i++)
        {
            if (parameters.Parameters[i].Shape.Rank != 2)
            {
                continue;
            }

            bool learned = parameters.Parameters[i + 1].Name.EndsWith(".step", StringComparison.Ordinal);
            float step = learned ? parameters.Values(i + 1)[0] : (float)Step(parameters.Parameters[i].Shape[1]);

            // A step that has become negative turns the codes around.
            float lowest = Math.Min(_lowest * step, _highest * step);
            float highest = Math.Max(_lowest * step, _highest * step);
            foreach (ref float value in parameters.Values(i))
            {
                value = value < lowest ? lowest : value > highest ? highest : value;
            }
        }
    }

    private static Variable Layer(NetworkBuilder network, string name, Variable x, int outputs, bool activate, bool learnedSteps, bool zero)
    {
        using (network.Scope(name))
        {
            int inputs = x.Shape[^1];
            var start = zero ? Initializer.Zero : new GridInitializer(Math.Sqrt(2.0 / inputs), Step(inputs));
            var w = network.Parameter("weight", new Shape(outputs, inputs), start);
            var step = learnedSteps ? network.Parameter("step", Shape.Scalar, Initializer.Constant(Step(inputs)), decays: false) : null;
            var b = network.Parameter("bias", new Shape(outputs), Initializer.Zero, decays: false);
            var q = network.Within("weight", () => step is null
                ? StraightThroughRound.Quantise(w, Step(inputs), _lowest, _highest)
                : StraightThroughRound.Of(Functions.Clamp(w / step, _lowest, _highest)) * step);
            var y = Functions.Linear(x, q, b);
            return activate ? network.Within("activation", () => StraightThroughRound.Quantise(y, _activationStep, 0, 15)) : y;
        }
    }

    // About a third of a standard deviation: the range is −2.7 to 2.3 of them or less.
    private static double Step(int inputs) => Math.Pow(2, Math.Floor(Math.Log2(Math.Sqrt(2.0 / inputs) / 3)));

    private sealed record GridInitializer(double Deviation, double Step) : Initializer
    {
        public override void Fill(Span<float> values, CounterRandom random)
        {
            random.FillNormal(values);
            foreach (ref float value in values)
            {
                value = (float)(Step * Math.Clamp(Math.Round(value * Deviation / Step), _lowest, _highest));
            }
        }
    }
}
