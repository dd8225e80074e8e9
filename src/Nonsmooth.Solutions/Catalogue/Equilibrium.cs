using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>Deep equilibrium layers x = activation(Wx + b), as fixed points.</summary>
public static class Equilibrium
{
    /// <summary>A layer by name, to price before anything is built.</summary>
    /// <param name="unknowns">The length of x, at least 1; W is a square of it.</param>
    /// <param name="activation"><c>tanh</c> or <c>relu</c>.</param>
    /// <exception cref="NonsmoothException">There is no such activation, or there are no unknowns.</exception>
    public static FixedPoint Layer(int unknowns, string activation = "tanh") => unknowns < 1
        ? throw new NonsmoothException($"an equilibrium of {unknowns} unknowns: give at least 1")
        : new FixedPoint(Step(unknowns, activation switch
        {
            "tanh" => Functions.Tanh,
            "relu" => Functions.Relu,
            _ => throw new NonsmoothException($"an equilibrium of activation '{activation}': give tanh or relu"),
        }));

    /// <summary>T(W, b, x) = activation(Wx + b).</summary>
    internal static Program Step(int unknowns, Func<Variable, Variable> activation) => Program.Trace(
        (w, b, x) => activation(Functions.MatMul(w, x.Reshape(new Shape(unknowns, 1))).Reshape(new Shape(unknowns)) + b),
        new Shape(unknowns, unknowns), new Shape(unknowns), new Shape(unknowns));
}
