using Nonsmooth.Arithmetic;
using Nonsmooth.Evaluation;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Traps;

/// <summary>The arithmetic in which a program will run: it decides which epsilons exist and when eˣ overflows.</summary>
public sealed record TrapFormat
{
    private TrapFormat(
        string name, double smallest, double largest, Func<double, double> round, Func<Program, IReadOnlyList<Array>, IReadOnlyList<Tensor>> run) =>
        (Name, Smallest, Largest, Round, Run) = (name, smallest, largest, round, run);

    /// <summary>64 bits.</summary>
    public static TrapFormat Float64 { get; } = Of<Float64>();

    /// <summary>32 bits.</summary>
    public static TrapFormat Float32 { get; } = Of<Float32>();

    /// <summary>16 bits, 11 of them the significand's.</summary>
    public static TrapFormat Float16 { get; } = Of<Float16>();

    /// <summary>16 bits, 8 of them the significand's.</summary>
    public static TrapFormat BFloat16 { get; } = Of<BFloat16>();

    /// <summary>The short name: <c>f32</c>.</summary>
    public string Name { get; }

    /// <summary>The smallest positive number.</summary>
    public double Smallest { get; }

    /// <summary>The largest finite number.</summary>
    public double Largest { get; }

    /// <summary>A number rounded to the format.</summary>
    internal Func<double, double> Round { get; }

    /// <summary>The interpreter in the format.</summary>
    internal Func<Program, IReadOnlyList<Array>, IReadOnlyList<Tensor>> Run { get; }

    /// <summary>Any format of the library.</summary>
    public static TrapFormat Of<TFormat>()
        where TFormat : struct, IFormat =>
        new(TFormat.Name, TFormat.Smallest, TFormat.Largest, TFormat.Round, (program, inputs) => Interpreter.Run<TFormat>(program, inputs));

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
