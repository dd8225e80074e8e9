using System.Globalization;
using Nonsmooth.Data.Arrays;
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

    /// <summary>Normal with variance 2/fan: keeps the size of values (fan-in) or of gradients (fan-out) through ReLU.</summary>
    /// <param name="fan">Inputs of one output, or outputs of one input: channels × kernel, at least 1.</param>
    /// <exception cref="NonsmoothException"><paramref name="fan"/> is below 1.</exception>
    /// <remarks>Source: He, Zhang, Ren and Sun, "Delving deep into rectifiers", 2015.</remarks>
    public static Initializer Kaiming(long fan) => fan >= 1
        ? Normal(Math.Sqrt(2.0 / fan))
        : throw new NonsmoothException($"an initializer's fan is {fan}: a layer needs at least 1");

    /// <summary>Uniform with variance 2/(fanIn + fanOut): a compromise between values and gradients of smooth layers.</summary>
    /// <param name="fanIn">Inputs, at least 1.</param>
    /// <param name="fanOut">Outputs, at least 1.</param>
    /// <exception cref="NonsmoothException">One is below 1.</exception>
    /// <remarks>Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010.</remarks>
    public static Initializer Xavier(long fanIn, long fanOut) => Math.Min(fanIn, fanOut) >= 1
        ? Uniform(Math.Sqrt(6.0 / (fanIn + fanOut)))
        : throw new NonsmoothException($"an initializer's fans are {fanIn} and {fanOut}: a layer needs at least 1 of each");

    /// <summary>Normal with mean 0.</summary>
    /// <exception cref="NonsmoothException">The deviation is negative or not finite.</exception>
    public static Initializer Normal(double deviation) => new NormalInitializer((float)Scale("deviation", deviation));

    /// <summary>Given numbers: those of a file.</summary>
    /// <param name="values"><c>float[]</c> or <c>double[]</c>, row-major; kept, not copied.</param>
    public static Initializer Given(Array values) => new GivenInitializer(() => values);

    /// <summary>Given numbers that are read when they are needed.</summary>
    /// <param name="values">Gives <c>float[]</c> or <c>double[]</c>, row-major.</param>
    internal static Initializer Given(Func<Array> values) => new GivenInitializer(values);

    /// <summary>The numbers of a tensor in a file, which a parameter that is not trained may lie in.</summary>
    internal static Initializer Of(StoredTensor stored) => new StoredInitializer(stored);

    /// <summary>Drawn by a function of a generator.</summary>
    internal static Initializer Drawn(Action<Span<float>, CounterRandom> draw) => new DrawnInitializer(draw);

    private static double Scale(string name, double value) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new NonsmoothException(
            $"an initializer's {name} is {value.ToString(CultureInfo.InvariantCulture)}: give a finite number, at least 0");

    private sealed record ConstantInitializer(float Value) : Initializer
    {
        public override void Fill(Span<float> values, CounterRandom random) => values.Fill(Value);
    }

    /// <summary>The tensor in a file that it is of; null where there is none.</summary>
    internal virtual StoredTensor? Stored => null;

    private sealed record StoredInitializer(StoredTensor Tensor) : Initializer
    {
        internal override StoredTensor Stored => Tensor;

        public override void Fill(Span<float> values, CounterRandom random) => Given(() => Tensor.ToSingles()).Fill(values, random);
    }

    private sealed record DrawnInitializer(Action<Span<float>, CounterRandom> Draw) : Initializer
    {
        public override void Fill(Span<float> values, CounterRandom random) => Draw(values, random);
    }

    private sealed record GivenInitializer(Func<Array> Read) : Initializer
    {
        public override void Fill(Span<float> values, CounterRandom random)
        {
            var given = Read();
            if (given.Length != values.Length)
            {
                throw new NonsmoothException($"a parameter of {values.Length} numbers starts from {given.Length} given ones: give as many");
            }

            if (given is float[] singles)
            {
                singles.CopyTo(values);
                return;
            }

            var doubles = (double[])given;
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (float)doubles[i];
            }
        }
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
