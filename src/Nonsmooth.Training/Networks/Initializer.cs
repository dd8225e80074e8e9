using System.Globalization;
using Nonsmooth.Randomness;

namespace Nonsmooth.Training.Networks;

/// <summary>The values a parameter starts from: a pure function of a generator.</summary>
public abstract record Initializer
{
    /// <summary>All ones: the gain of a normalisation.</summary>
    public static Initializer One { get; } = new ConstantInitializer(1);

    /// <summary>All zeros.</summary>
    public static Initializer Zero { get; } = new ConstantInitializer(0);

    /// <summary>Overwrites every value; element i depends on the generator and i alone.</summary>
    public abstract void Fill(Span<float> values, CounterRandom random);

    /// <summary>One value everywhere.</summary>
    public static Initializer Constant(double value) => new ConstantInitializer((float)value);

    /// <summary>Uniform on [−bound, bound).</summary>
    /// <exception cref="NonsmoothException">The bound is negative or not finite.</exception>
    public static Initializer Uniform(double bound) => new UniformInitializer((float)Scale("bound", bound));

    /// <summary>Uniform on ±1/√fanIn: PyTorch's default for the weights and biases of linear and convolutional layers.</summary>
    /// <param name="fanIn">Inputs of one output: features, or channels × kernel, at least 1.</param>
    /// <exception cref="NonsmoothException"><paramref name="fanIn"/> is below 1.</exception>
    public static Initializer FanIn(long fanIn) => fanIn >= 1
        ? Uniform(1 / Math.Sqrt(fanIn))
        : throw new NonsmoothException($"an initializer's fan-in is {fanIn}: a layer needs at least 1 input");

    /// <summary>Normal with mean 0.</summary>
    /// <exception cref="NonsmoothException">The deviation is negative or not finite.</exception>
    public static Initializer Normal(double deviation) => new NormalInitializer((float)Scale("deviation", deviation));

    private static double Scale(string name, double value) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new NonsmoothException(
            $"an initializer's {name} is {value.ToString(CultureInfo.InvariantCulture)}: give a finite number, at least 0");

    private sealed record ConstantInitializer(float Value) : Initializer
    {
        public override void Fill(Span<float> values, CounterRandom random) => values.Fill(Value);
    }

    private sealed record UniformInitializer(float Bound) : Initializer
    {
        public override void Fill(Span<float> values, CounterRandom random)
        {
            random.FillUniform(values);
            foreach (ref float value in values)
            {
                value = ((2 * value) - 1) * Bound;
            }
        }
    }

    private sealed record NormalInitializer(float Deviation) : Initializer
    {
        public override void Fill(Span<float> values, CounterRandom random)
        {
            random.FillNormal(values);
            foreach (ref float value in values)
            {
                value *= Deviation;
            }
        }
    }
}
