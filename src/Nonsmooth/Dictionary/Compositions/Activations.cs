using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

public static partial class Functions
{
    /// <summary>log(1/(1 + e⁻ˣ)), without overflow.</summary>
    public static Variable LogSigmoid(Variable x) => Negate(Softplus(Negate(x)));

    /// <summary>log(1 + e^(βx))/β, x itself where βx is above a threshold, as libtorch has it.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="beta">The factor β, not 0.</param>
    /// <param name="threshold">From where on the result is x: a jump of log(1 + e^−threshold)/β there.</param>
    public static Variable Softplus(Variable x, double beta, double threshold = double.PositiveInfinity)
    {
        var y = Softplus(x * beta) * (1 / beta);
        return double.IsPositiveInfinity(threshold) ? y : Where(Greater(x * beta, threshold), x, y);
    }

    /// <summary>x above 0, α(e^(x/α) − 1) below: smooth.</summary>
    public static Variable Celu(Variable x, double alpha = 1) => Elu(x * (1 / alpha)) * alpha;

    /// <summary>a·σ(b) of the two halves a, b of x along an axis: the gated linear unit.</summary>
    /// <exception cref="ShapeException">The axis has an odd size.</exception>
    public static Variable Glu(Variable x, int axis = -1)
    {
        ArgumentNullException.ThrowIfNull(x);
        int size = x.Shape[x.Shape.Axis(axis)];
        return size % 2 == 0
            ? x.Slice(axis, 0, size / 2) * Sigmoid(x.Slice(axis, size / 2, size))
            : throw new ShapeException($"glu halves axis {axis} of {x.Shape}: give it an even size");
    }

    /// <summary>min(max(αx + β, 0), 1): kinks where it meets 0 and 1, as <see cref="Clamp(Variable, double, double)"/> has them.</summary>
    public static Variable Hardsigmoid(Variable x, double alpha, double beta) => Clamp((x * alpha) + beta, 0, 1);

    /// <summary>γx above 0, γα(eˣ − 1) below.</summary>
    public static Variable Selu(Variable x, double alpha, double gamma) => Elu(x, alpha) * gamma;

    /// <summary>a above 0, b·a below; its kink at 0 is that of <see cref="LeakyRelu(Variable, double)"/>, whose selection it has. Arguments are broadcast to one shape.</summary>
    public static Variable Prelu(Variable a, Variable b)
    {
        var above = LeakyRelu(a, 0);
        return above + (b * (a - above));
    }

    /// <summary>x itself above 0, and below x times its channel's weight, which may be one for all.</summary>
    /// <param name="x">The tensor, N×C×….</param>
    /// <param name="weight">One number, or one a channel.</param>
    public static Variable ChannelPrelu(Variable x, Variable weight)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        return weight.Shape.Elements == 1 || x.Shape.Rank < 2
            ? Prelu(x, weight.Shape.Elements == 1 ? weight.Reshape(Shape.Scalar) : weight)
            : Prelu(x, weight.Reshape(new Shape([.. x.Shape.Select((_, i) => i == 1 ? weight.Shape.Elements : 1)])));
    }

    /// <summary>x less its hyperbolic tangent.</summary>
    public static Variable Tanhshrink(Variable x) => x - Tanh(x);
}
