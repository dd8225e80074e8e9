using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

// A file of top-level statements has a class Program of its own, which hides ours: there one traces by these.
public static partial class Functions
{
    /// <summary>The program of a function of one variable; inputs take the names of the parameters.</summary>
    public static Program Trace(Func<Variable, Variable> function, TensorType first) => Program.Trace(function, first);

    /// <summary>The program of a function of two variables; inputs take the names of the parameters.</summary>
    public static Program Trace(Func<Variable, Variable, Variable> function, TensorType first, TensorType second) =>
        Program.Trace(function, first, second);

    /// <summary>The program of a function of three variables; inputs take the names of the parameters.</summary>
    public static Program Trace(
        Func<Variable, Variable, Variable, Variable> function, TensorType first, TensorType second, TensorType third) =>
        Program.Trace(function, first, second, third);

    /// <summary>The program of a function of four variables; inputs take the names of the parameters.</summary>
    public static Program Trace(
        Func<Variable, Variable, Variable, Variable, Variable> function,
        TensorType first,
        TensorType second,
        TensorType third,
        TensorType fourth) => Program.Trace(function, first, second, third, fourth);
}
